import MartletModel

/// The order of a batch's rows: by user, time and arrival.
enum BatchOrder {
  /// Rows of one user up to which they are put in order by insertion.
  private static let insertionCountMax = 32

  /// The places of the rows, in order.
  ///
  /// Each source is in order already, and sources follow one another in order of arrival: rows of
  /// a user that stand in order of time stand in order.
  /// - Complexity: O(rows) where rows that arrived later are later, else O(rows · log rows)
  static func order(of batch: KeyBatch, _ keys: RunKeys) throws(MartletError) -> [UInt32] {
    let sources = zip(batch.parts, keys.run.sources)
    let firstMoved = sources.first { $1.origins != nil }?.0.start ?? batch.count
    guard batch.parts.count(where: { $0.keptCount > 0 }) > 1 else {
      // Even one source may lie about its order.
      var order = (0..<UInt32(batch.count)).map { $0 }
      try sortUsers(&order, batch, firstMoved: firstMoved, keys)
      return order
    }
    var order = RowOrder.stable(by: batch.users)
    try sortUsers(&order, batch, firstMoved: firstMoved, keys)
    return order
  }

  private static func sortUsers(
    _ order: inout [UInt32], _ batch: KeyBatch, firstMoved: Int, _ keys: RunKeys
  ) throws(MartletError) {
    var start = 0
    while start < order.count {
      let user = batch.users[Int(order[start])]
      var end = start + 1
      var isInOrder = true
      var hasMoved = order[start] >= firstMoved
      while end < order.count, batch.users[Int(order[end])] == user {
        if batch.times[Int(order[end])] < batch.times[Int(order[end - 1])] { isInOrder = false }
        if order[end] >= firstMoved { hasMoved = true }
        end += 1
      }
      if hasMoved {
        try sortByArrival(&order, start..<end, batch, keys)
      } else if !isInOrder {
        sortByTime(&order, start..<end, batch)
      }
      start = end
    }
  }

  private static func sortByTime(
    _ order: inout [UInt32], _ range: Range<Int>, _ batch: KeyBatch
  ) {
    guard range.count <= insertionCountMax else {
      order[range].sort { (batch.times[Int($0)], $0) < (batch.times[Int($1)], $1) }
      return
    }
    for index in range.dropFirst() {
      let place = order[index]
      let time = batch.times[Int(place)]
      var hole = index
      while hole > range.lowerBound, batch.times[Int(order[hole - 1])] > time {
        order[hole] = order[hole - 1]
        hole -= 1
      }
      order[hole] = place
    }
  }

  private static func sortByArrival(
    _ order: inout [UInt32], _ range: Range<Int>, _ batch: KeyBatch, _ keys: RunKeys
  ) throws(MartletError) {
    sortByTime(&order, range, batch)
    var start = range.lowerBound
    while start < range.upperBound {
      let time = batch.times[Int(order[start])]
      var end = start + 1
      while end < range.upperBound, batch.times[Int(order[end])] == time { end += 1 }
      if end - start > 1 {
        var rows: [(arrival: Arrival, place: UInt32)] = []
        for place in order[start..<end] {
          rows.append((try keys.arrival(of: Int(place), in: batch), place))
        }
        rows.sort { $0.arrival < $1.arrival }
        for (index, row) in rows.enumerated() { order[start + index] = row.place }
      }
      start = end
    }
  }
}
