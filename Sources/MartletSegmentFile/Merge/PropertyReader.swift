import MartletModel

/// Reads all columns of one property of a run, a range of rows after the other.
struct PropertyReader {
  let run: Run
  /// Those of row level, without lists.
  var scalars: [ColumnCursor] = []
  private(set) var lists: ColumnCursor?
  /// Those of item level; their positions count from the first item of the range's lists.
  var items: [ColumnCursor] = []
  /// Items of the lists read so far.
  private var nextItem = 0
  /// Items of the range that was read last.
  private(set) var itemCount = 0

  /// - Parameter property: its index in the file.
  init(_ property: Int, of run: Run) throws(MartletError) {
    self.run = run
    for entry in run.columns(ofProperty: property) {
      let cursor = try ColumnCursor(entry, of: run)
      if entry.isItemLevel {
        items.append(cursor)
      } else if entry.kind == .list {
        guard lists == nil else { throw run.corrupt("a property has two columns of lists") }
        lists = cursor
      } else {
        scalars.append(cursor)
      }
    }
    guard items.isEmpty || lists != nil else {
      throw run.corrupt("a property has items but no lists")
    }
  }

  var isEmpty: Bool { scalars.isEmpty && lists == nil }

  /// Reads the values of the next rows: ranges follow one another, from row 0 on.
  mutating func read(_ rows: Range<Int>) throws(MartletError) {
    for index in scalars.indices { try scalars[index].read(rows) }
    guard lists != nil else { return }
    try lists?.read(rows)
    itemCount = 0
    for count in lists?.values ?? [] {
      guard count >= 0, count <= Int64(UInt32.max) else {
        throw run.corrupt("an item count is wrong")
      }
      itemCount += Int(count)
    }
    for index in items.indices { try items[index].read(nextItem..<nextItem + itemCount) }
    // Lists may state any counts: room is made only for items that are there.
    guard items.reduce(0, { $0 + $1.count }) == itemCount else {
      throw run.corrupt("a property's items do not add up")
    }
    nextItem += itemCount
  }
}
