import MartletModel

/// The rows of one event type (or of trait updates), in arrival order.
struct RunBuffer {
  /// nil for trait updates.
  let eventType: Text?
  private(set) var users: [UInt32] = []
  private(set) var times: [Int64] = []
  /// Position in the arrival order of the whole file.
  private(set) var arrivals: [UInt32] = []
  var columns: [ColumnBuffer] = []
  /// Rows with an insert id, and where its bytes lie in the file buffer's arena.
  var insertIDRows: [UInt32] = []
  var insertIDRanges: [Range<Int>] = []
  /// The ordinals under which those rows were sent.
  var insertIDSenders: [UInt32] = []
  /// `(property << 4 | item level << 3 | kind)` to index into `columns`; -1 where there is none.
  private var columnIndex: [Int32] = []
  /// Items so far, by property, for list columns.
  private var itemCounts: [Int: Int] = [:]

  init(eventType: Text?) { self.eventType = eventType }

  var rowCount: Int { users.count }

  mutating func appendRow(user: UInt32, time: Int64, arrival: UInt32) {
    users.append(user)
    times.append(time)
    arrivals.append(arrival)
  }

  /// Rows lie under other ordinals from now on.
  mutating func remapUsers(_ canonical: OrdinalMap) {
    for row in users.indices {
      if let target = canonical.target(of: users[row]) { users[row] = target }
    }
  }

  /// Adds a value to the row that was appended last.
  mutating func append(_ value: Int64, property: Int, kind: ColumnKind, scale: UInt8 = 0) {
    let column = index(property: property, kind: kind, isItemLevel: false)
    columns[column].append(value, at: users.count - 1, scale: scale)
  }

  /// Starts a list of `count` items in the row that was appended last; its items follow by
  /// `appendItem`. Returns the position of the first.
  mutating func appendList(property: Int, count: Int) -> Int {
    append(Int64(count), property: property, kind: .list)
    let first = itemCounts[property, default: 0]
    itemCounts[property] = first + count
    return first
  }

  mutating func appendItem(
    _ value: Int64, property: Int, kind: ColumnKind, position: Int, scale: UInt8 = 0
  ) {
    let column = index(property: property, kind: kind, isItemLevel: true)
    columns[column].append(value, at: position, scale: scale)
  }

  func itemCount(ofProperty property: Int) -> Int { itemCounts[property, default: 0] }

  private mutating func index(property: Int, kind: ColumnKind, isItemLevel: Bool) -> Int {
    let key = property << 4 | (isItemLevel ? 8 : 0) | Int(kind.rawValue)
    if key < columnIndex.count, columnIndex[key] >= 0 { return Int(columnIndex[key]) }
    while columnIndex.count <= key { columnIndex.append(-1) }
    columnIndex[key] = Int32(columns.count)
    columns.append(ColumnBuffer(property: property, kind: kind, isItemLevel: isItemLevel))
    return columns.count - 1
  }
}
