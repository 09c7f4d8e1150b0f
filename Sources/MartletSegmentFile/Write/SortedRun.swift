/// A run's key columns in (user, time, arrival) order.
struct SortedRun {
  let buffer: RunBuffer
  /// Arrival position in the run of each sorted row.
  let order: [UInt32]
  let users: [UInt32]
  let times: [Int64]

  init(_ buffer: RunBuffer) {
    self.buffer = buffer
    order = RowOrder.permutation(users: buffer.users, times: buffer.times)
    users = order.map { buffer.users[Int($0)] }
    times = order.map { buffer.times[Int($0)] }
  }

  var rowCount: Int { order.count }

  /// Position in the file's arrival order.
  func arrival(ofRow row: Int) -> UInt32 { buffer.arrivals[Int(order[row])] }

  /// The sorted row of each arrival position.
  func rowsByArrival() -> [UInt32] {
    var rows = [UInt32](repeating: 0, count: order.count)
    for (row, arrival) in order.enumerated() { rows[Int(arrival)] = UInt32(row) }
    return rows
  }
}
