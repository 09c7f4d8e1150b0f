/// What of a record's limits is left while its parts are written or read.
struct LogBudget {
  private var rows = LogFormat.rowCountMax
  private var cells = LogFormat.cellCountMax
  private var names = LogFormat.nameCountMax

  /// Takes so many rows; false, and nothing is taken, where fewer are left.
  mutating func takeRows(_ count: Int) -> Bool { LogBudget.take(count, from: &rows) }

  /// Takes so many cells or items of lists; false where fewer are left.
  mutating func takeCells(_ count: Int) -> Bool { LogBudget.take(count, from: &cells) }

  /// Takes so many event types or property names; false where fewer are left.
  mutating func takeNames(_ count: Int) -> Bool { LogBudget.take(count, from: &names) }

  private static func take(_ count: Int, from left: inout Int) -> Bool {
    guard count <= left else { return false }
    left -= count
    return true
  }
}
