import MartletModel

extension JSONParser {
  // Four letters each, the first lowest; literals, because statics that are computed cost a check.
  private static let trueWord: UInt64 = 0x6575_7274
  private static let alseWord: UInt64 = 0x6573_6C61
  private static let nullWord: UInt64 = 0x6C6C_756E

  /// Reads the object whose `{` lies before `start`; its keys are children of `parent`.
  mutating func object(at start: Int, in parent: UInt32, depth: Int) -> Int {
    guard depth <= Limits.nestingDepth else {
      return fail("nested more than \(Limits.nestingDepth) deep", node: parent)
    }
    var position = input.skipSpace(start)
    if input[position] == UInt8(ascii: "}") { return position + 1 }
    stamp += 1
    let object = stamp
    let firstEntry = entries.count
    var guess = paths.nodes[Int(parent)].firstChild
    var previous = PathTable.none
    while true {
      guard input[position] == UInt8(ascii: "\"") else {
        return failSyntax("a key", at: position)
      }
      position += 1
      let child: UInt32
      if paths.isKey(guess, at: position, of: input) {
        child = guess
        position += Int(paths.nodes[Int(child)].keyCount) + 1
      } else {
        (child, position) = key(at: position, in: parent)
        guard position >= 0 else { return position }
        if previous == PathTable.none {
          paths.nodes[Int(parent)].firstChild = child
        } else {
          paths.nodes[Int(previous)].next = child
        }
      }
      if paths.nodes[Int(child)].objectStamp == object {
        dropDuplicate(child, entriesFrom: firstEntry)
      }
      paths.nodes[Int(child)].objectStamp = object
      position = input.skipSpace(position)
      guard input[position] == UInt8(ascii: ":") else { return failSyntax("':'", at: position) }
      position = value(at: input.skipSpace(position + 1), of: child, depth: depth)
      guard position >= 0 else { return position }
      position = input.skipSpace(position)
      let mark = input[position]
      if mark == UInt8(ascii: "}") { return position + 1 }
      guard mark == UInt8(ascii: ",") else { return failSyntax("',' or '}'", at: position) }
      position = input.skipSpace(position + 1)
      guess = paths.nodes[Int(child)].next
      previous = child
    }
  }

  /// Reads a key and finds its node: the way taken where the guess was wrong.
  @inline(never)
  private mutating func key(at start: Int, in parent: UInt32) -> (node: UInt32, end: Int) {
    let (end, hasEscape) = scanString(at: start)
    guard end >= 0 else { return (PathTable.none, end) }
    var (source, offset, count) = (input, start, end - 1 - start)
    let mark = arena.count
    if hasEscape {
      let copied = string(at: start)
      guard copied >= 0 else { return (PathTable.none, copied) }
      (source, offset, count) = (arena.window, mark, arena.count - mark)
      arena.setCount(mark)
    }
    guard count <= Limits.nameByteCount else {
      return (
        PathTable.none, fail("a name is longer than \(Limits.nameByteCount) bytes", node: parent)
      )
    }
    return (paths.child(of: parent, source, at: offset, count: count), end)
  }

  /// Forgets what an earlier equal key of the same object gave: the last one counts.
  @inline(never)
  private mutating func dropDuplicate(_ node: UInt32, entriesFrom firstEntry: Int) {
    // Within arrays only this object's entries count; outside, a path occurs once in a line.
    if arrayNesting > 0 {
      var kept = firstEntry
      for index in firstEntry..<entries.count where !paths.isWithin(entries[index].name, node) {
        entries[kept] = entries[index]
        kept += 1
      }
      entries.truncate(to: kept)
      return
    }
    var kept = 0
    for index in 0..<cells.count where !paths.isWithin(cells[index].name, node) {
      cells[kept] = cells[index]
      kept += 1
    }
    cells.truncate(to: kept)
    for other in paths.nodesWithRole where paths.isWithin(other, node) {
      reset(paths.nodes[Int(other)].role)
    }
  }

  private mutating func reset(_ role: FieldRole) {
    switch role {
    case .property: break
    case .user: line.user = .missing
    case .otherUser: line.otherUser = .missing
    case .anonymous: line.anonymous = .missing
    case .previous: line.previous = .missing
    case .event: line.event = .missing
    case .time: line.time = .missing
    case .insertID: line.insertID = .missing
    case .callType: line.call = .event
    case .properties: line.properties = .missing
    case .traits: line.traits = .missing
    }
  }

  /// Reads the value of a key.
  @inline(__always)
  mutating func value(at start: Int, of node: UInt32, depth: Int) -> Int {
    if paths.nodes[Int(node)].role == .property || arrayNesting > 0 {
      return propertyValue(at: start, of: node, depth: depth)
    }
    return roleValue(at: start, of: node, depth: depth)
  }

  /// Reads a value and stages its cells.
  @inline(__always)
  mutating func propertyValue(at start: Int, of node: UInt32, depth: Int) -> Int {
    switch input[start] {
    case UInt8(ascii: "{"): object(at: start + 1, in: node, depth: depth + 1)
    case UInt8(ascii: "["): array(at: start + 1, of: node, depth: depth + 1)
    default: scalar(at: start, of: node)
    }
  }

  /// Reads a string, number, boolean or null and stages its cell.
  mutating func scalar(at start: Int, of node: UInt32) -> Int {
    switch input[start] {
    case UInt8(ascii: "\""):
      let offset = arena.count
      let end = string(at: start + 1)
      guard end >= 0 else { return end }
      let count = arena.count - offset
      guard count <= Limits.textByteCount else {
        return fail("a text is longer than \(Limits.textByteCount) bytes", node: node)
      }
      return stage(.text, payload: Int64(offset) << 32 | Int64(count), of: node) ? end : Self.failed
    case UInt8(ascii: "t") where isWord(Self.trueWord, at: start):
      return stage(.boolean, payload: 1, of: node) ? start + 4 : Self.failed
    case UInt8(ascii: "f") where isWord(Self.alseWord, at: start + 1):
      return stage(.boolean, payload: 0, of: node) ? start + 5 : Self.failed
    case UInt8(ascii: "n") where isWord(Self.nullWord, at: start):
      return stage(.null, payload: 0, of: node) ? start + 4 : Self.failed
    default:
      return numberValue(at: start, of: node)
    }
  }

  /// Whether the four bytes of `word`, the first lowest, lie at `offset`.
  @inline(__always)
  private func isWord(_ word: UInt64, at offset: Int) -> Bool {
    input.word(at: offset) & 0xFFFF_FFFF == word
  }

  /// Whether the row has room for what was staged last; fails where not.
  @inline(__always)
  mutating func isWithinPropertyLimit(_ node: UInt32) -> Bool {
    if cells.count + items.count + entries.count <= Limits.propertiesPerEvent { return true }
    _ = fail("more than \(Limits.propertiesPerEvent) properties and items", node: node)
    return false
  }

  /// Puts a cell into the row, or into the list being read.
  /// - Returns: false once the row has too many.
  @inline(__always)
  mutating func stage(
    _ kind: EventBatch.CellKind, scale: UInt8 = 0, payload: Int64, of node: UInt32
  ) -> Bool {
    let cell = EventBatch.Cell(name: node, kind: kind, scale: scale, payload: payload)
    if arrayNesting == 0 {
      cells.append(cell)
    } else if kind != .null {
      entries.append(cell)
    }
    return isWithinPropertyLimit(node)
  }
}
