/// The keys seen so far as a tree: one node for each path from the top of a line.
///
/// Lines of a file resemble each other, so each node remembers which key came first inside it and
/// which came after it. The reader compares that guess with the bytes before it looks anything up;
/// a right guess costs one or two word comparisons.
struct PathTable: ~Copyable {
  static let root: UInt32 = 0
  static let none = UInt32.max

  struct Node {
    var parent: UInt32
    /// The key's place in `keys`; a `"` follows it there.
    var keyOffset: UInt32
    var keyCount: UInt32
    /// The first bytes of key and quote, at most eight, and a mask of how many those are.
    var firstWord: UInt64
    var firstMask: UInt64
    var role: FieldRole
    /// The part of the line that it lies in: `property` (the top), `properties` or `traits`.
    var origin: FieldRole
    /// Whether the key's bytes in a line are the key itself: it needs no escapes.
    var isPlain: Bool
    var firstChild: UInt32 = PathTable.none
    var next: UInt32 = PathTable.none
    /// The object that had this key last; a second time there means a duplicate key.
    var objectStamp: UInt64 = 0
    /// The array that gave it items last, and its place in that array's tally.
    var listStamp: UInt64 = 0
    var listIndex: UInt32 = 0
    /// Its property name and its trait name in the name table, where known.
    var propertyName: UInt32 = PathTable.none
    var traitName: UInt32 = PathTable.none
  }

  var nodes = PlainArray<Node>()
  /// The nodes whose role is not `property`.
  private(set) var nodesWithRole: [UInt32] = []
  private(set) var keys = ByteBuffer(capacity: 4096)
  private var slots = [UInt32](repeating: PathTable.none, count: 256)
  private let seed: UInt64
  private let fields: FieldMapping

  init(fields: FieldMapping, seed: UInt64) {
    self.seed = seed
    self.fields = fields
    removeAll()
  }

  /// Forgets everything but the fields with a role.
  mutating func removeAll() {
    keys.setCount(0)
    slots = [UInt32](repeating: PathTable.none, count: 256)
    nodesWithRole = []
    nodes.truncate(to: 0)
    nodes.append(
      Node(
        parent: PathTable.none, keyOffset: 0, keyCount: 0, firstWord: 0, firstMask: 0,
        role: .property, origin: .property, isPlain: false))
    // A later role takes the place of an earlier one: the caller's fields come last.
    if fields.user == FieldMapping().user { assign(.otherUser, to: "userId") }
    for name in ["anonymous_id", "anonymousId"] { assign(.anonymous, to: name) }
    for name in ["previous_id", "previousId", "from_id"] { assign(.previous, to: name) }
    assign(.properties, to: "properties")
    assign(.traits, to: "traits")
    assign(.callType, to: "type")
    assign(.insertID, to: fields.insertID)
    assign(.time, to: fields.time)
    assign(.event, to: fields.event)
    assign(.user, to: fields.user)
  }

  /// Gives a role to a key of that name at the top, and to the dotted path.
  private mutating func assign(_ role: FieldRole, to name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    for path in parts.count > 1 ? [[name[...]], parts] : [parts] {
      var node = PathTable.root
      for part in path {
        var bytes = ByteBuffer()
        bytes.append(Array(part.utf8))
        node = child(of: node, bytes.window, at: 0, count: bytes.count)
      }
      nodes[Int(node)].role = role
      nodesWithRole.append(node)
    }
  }

  /// Whether the text at `offset` of the line is the node's key and the quote after it.
  @inline(__always)
  mutating func isKey(_ node: UInt32, at offset: Int, of line: ByteWindow) -> Bool {
    guard node != PathTable.none else { return false }
    let candidate = nodes[Int(node)]
    if (line.word(at: offset) ^ candidate.firstWord) & candidate.firstMask != 0 { return false }
    let length = Int(candidate.keyCount) + 1
    guard length > 8 else { return candidate.isPlain }
    return candidate.isPlain
      && line.matches(
        length - 8, at: offset + 8, keys.window, at: Int(candidate.keyOffset) + 8)
  }

  /// The node of a key inside `parent`; new keys get the next number.
  mutating func child(
    of parent: UInt32, _ source: ByteWindow, at offset: Int, count: Int
  ) -> UInt32 {
    let hash = source.hash(at: offset, count: count, seed: seed &+ UInt64(parent) &* Swar.ones)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    let own = keys.window
    while slots[slot] != PathTable.none {
      let node = nodes[Int(slots[slot])]
      if node.parent == parent, Int(node.keyCount) == count,
        source.matches(count, at: offset, own, at: Int(node.keyOffset))
      {
        return slots[slot]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return insert(in: parent, source, at: offset, count: count)
  }

  @inline(never)
  private mutating func insert(
    in parent: UInt32, _ source: ByteWindow, at offset: Int, count: Int
  ) -> UInt32 {
    let node = UInt32(nodes.count)
    let keyOffset = keys.count
    keys.append(source, offset..<offset + count)
    keys.append(UInt8(ascii: "\""))
    let isPlain = (keyOffset..<keyOffset + count).allSatisfy {
      let byte = keys.window[$0]
      return byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    let mask = Swar.lowBytes(min(count + 1, 8))
    let above = nodes[Int(parent)]
    let origin = parent == PathTable.root || above.role == .property ? above.origin : above.role
    nodes.append(
      Node(
        parent: parent, keyOffset: UInt32(keyOffset), keyCount: UInt32(count),
        firstWord: keys.window.word(at: keyOffset) & mask, firstMask: mask, role: .property,
        origin: origin == .properties || origin == .traits ? origin : .property,
        isPlain: isPlain))
    if 2 * nodes.count > slots.count {
      slots = [UInt32](repeating: PathTable.none, count: 2 * slots.count)
      for index in 1..<nodes.count { place(UInt32(index)) }
    } else {
      place(node)
    }
    return node
  }

  private mutating func place(_ node: UInt32) {
    let entry = nodes[Int(node)]
    let hash = keys.window.hash(
      at: Int(entry.keyOffset), count: Int(entry.keyCount),
      seed: seed &+ UInt64(entry.parent) &* Swar.ones)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != PathTable.none { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = node
  }
}
