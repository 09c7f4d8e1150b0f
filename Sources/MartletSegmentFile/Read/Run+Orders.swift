package import MartletModel

extension Run {
  /// What orders each of some rows among those of its user and time: the file, then the rank in it.
  /// - Parameters:
  ///   - fileNumber: of the file, in order of arrival.
  ///   - hasTies: whether rows of other runs are among those that are put in order; rows of one
  ///     run stand in order.
  /// - Complexity: O(rows)
  package func orders(
    of rows: Range<Int>, fileNumber: Int, hasTies: Bool
  ) throws(MartletError) -> [UInt64] {
    var orders = [UInt64](repeating: UInt64(fileNumber) << 32, count: rows.count)
    guard hasTies else { return orders }
    let ties = try ties()
    for place in ties.places(of: rows) {
      orders[Int(ties.rows[place]) - rows.lowerBound] |= UInt64(ties.ranks[place])
    }
    return orders
  }
}
