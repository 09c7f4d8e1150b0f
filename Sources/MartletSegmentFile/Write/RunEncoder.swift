import MartletModel
import RoaringBitmap

/// One run as bytes, with a directory whose offsets count from the start of those bytes.
struct EncodedRun {
  var eventType: Text?
  var sink: BlockSink
  var directory: RunDirectory
  var users: RoaringBitmap
  var earliest: Int64
  var latest: Int64
}

/// Turns a sorted run into bytes.
struct RunEncoder {
  let run: SortedRun
  let ties: Ties
  let texts: [EncodedTexts]
  let wideNumbers: [Number]
  let insertIDArena: [UInt8]
  var sink: BlockSink

  mutating func encode() -> EncodedRun {
    let (distinct, counts, blocks) = usersAndCounts()
    let users = RoaringBitmap(sorted: distinct)
    let columns = encodeColumns()
    let (insertIDPresence, insertIDs, sentRows, sentUsers) = encodeInsertIDs()
    let directory = RunDirectory(
      rowCount: run.rowCount, users: sink.append(users, as: .users), userCount: distinct.count,
      blocks: blocks, rowsPerUser: sink.appendColumn(counts, as: .users),
      times: sink.appendColumn(run.times, as: .time),
      tieRows: sink.appendColumn(ties.rows.map(Int64.init), as: .directories),
      tieRanks: sink.appendColumn(ties.ranks.map(Int64.init), as: .directories),
      sentRows: sink.appendColumn(sentRows, as: .directories),
      sentUsers: sink.appendColumn(sentUsers, as: .directories),
      insertIDPresence: insertIDPresence, insertIDs: insertIDs, columns: columns)
    return EncodedRun(
      eventType: run.buffer.eventType, sink: sink, directory: directory, users: users,
      earliest: run.times.min() ?? 0, latest: run.times.max() ?? 0)
  }

  private func usersAndCounts() -> ([UInt32], [Int64], [RunDirectory.Block]) {
    var (distinct, counts, blocks): ([UInt32], [Int64], [RunDirectory.Block]) = ([], [], [])
    for (row, user) in run.users.enumerated() {
      if user == distinct.last {
        counts[counts.count - 1] += 1
        continue
      }
      let key = UInt16(user >> 16)
      if blocks.last?.key != key { blocks.append(RunDirectory.Block(key: key, firstRow: row)) }
      distinct.append(user)
      counts.append(1)
    }
    return (distinct, counts, blocks)
  }

  private mutating func encodeInsertIDs() -> (
    presence: BlockHandle?, ids: PagedColumn, sentRows: [Int64], sentUsers: [Int64]
  ) {
    let buffer = run.buffer
    guard !buffer.insertIDRows.isEmpty else { return (nil, .empty, [], []) }
    let rows = run.rowsByArrival()
    let (positions, order) = sortedPositions(buffer.insertIDRows.map { rows[Int($0)] })
    let isDense = positions.count == run.rowCount
    let presence =
      isDense ? nil : sink.append(RoaringBitmap(sorted: positions), as: .insertIDs)
    let ranges = order.map { buffer.insertIDRanges[$0] }
    let column = sink.appendTextColumn(arena: insertIDArena, ranges: ranges, as: .insertIDs)
    var (sentRows, sentUsers): ([Int64], [Int64]) = ([], [])
    for (row, index) in zip(positions, order)
    where buffer.insertIDSenders[index] != run.users[Int(row)] {
      sentRows.append(Int64(row))
      sentUsers.append(Int64(buffer.insertIDSenders[index]))
    }
    return (presence, column, sentRows, sentUsers)
  }

  /// Positions in ascending order, and where each stood before.
  private func sortedPositions(_ positions: [UInt32]) -> ([UInt32], [Int]) {
    var holder = [Int32](repeating: -1, count: Int(positions.max() ?? 0) + 1)
    for (index, position) in positions.enumerated() { holder[Int(position)] = Int32(index) }
    var (sorted, order): ([UInt32], [Int]) = ([], [])
    sorted.reserveCapacity(positions.count)
    order.reserveCapacity(positions.count)
    for (position, index) in holder.enumerated() where index >= 0 {
      sorted.append(UInt32(position))
      order.append(Int(index))
    }
    return (sorted, order)
  }

  private mutating func encodeColumns() -> [ColumnEntry] {
    let rows = run.rowsByArrival()
    var entries: [ColumnEntry] = []
    for column in run.buffer.columns.sorted(by: RunEncoder.columnOrder) {
      let count =
        column.isItemLevel ? run.buffer.itemCount(ofProperty: column.property) : run.rowCount
      let newPositions: [UInt32]
      if column.isItemLevel {
        let items = itemsByArrival(ofProperty: column.property, rows: rows)
        newPositions = (0..<column.count).map { items[column.position(of: $0)] }
      } else if column.isDense(positionCount: count) {
        newPositions = rows
      } else {
        newPositions = (0..<column.count).map { rows[column.position(of: $0)] }
      }
      let (positions, order) = sortedPositions(newPositions)
      entries += encode(column, positions: positions, order: order, positionCount: count)
    }
    return entries
  }

  private static func columnOrder(_ left: ColumnBuffer, _ right: ColumnBuffer) -> Bool {
    (left.property, left.isItemLevel ? 1 : 0, left.kind.rawValue)
      < (right.property, right.isItemLevel ? 1 : 0, right.kind.rawValue)
  }

  /// The position after sorting of each item of a property's lists.
  private func itemsByArrival(ofProperty property: Int, rows: [UInt32]) -> [UInt32] {
    guard
      let lists = run.buffer.columns.first(where: {
        $0.property == property && $0.kind == .list
      })
    else { preconditionFailure("items without a list") }
    var firstItems = [Int](repeating: 0, count: lists.count)
    var next = 0
    for index in 0..<lists.count {
      firstItems[index] = next
      next += Int(lists.values[index])
    }
    var items = [UInt32](repeating: 0, count: next)
    let (_, order) = sortedPositions((0..<lists.count).map { rows[lists.position(of: $0)] })
    var position: UInt32 = 0
    for index in order {
      for offset in 0..<Int(lists.values[index]) {
        items[firstItems[index] + offset] = position
        position += 1
      }
    }
    return items
  }
}
