/// Users and times of the rows that several sources have of some users.
///
/// A row's *place* is its number in the batch: source after source, each in the order of its run.
struct KeyBatch {
  /// What one source contributes.
  struct Part {
    /// The rows of the users, kept or not.
    var rows: Range<Int>
    /// The place of the first kept row.
    var start: Int
    /// The rows that are kept; nil: all.
    var keptRows: [UInt32]?

    var keptCount: Int { keptRows?.count ?? rows.count }

    func row(at place: Int) -> Int {
      keptRows.map { Int($0[place - start]) } ?? rows.lowerBound + place - start
    }
  }

  var users: [UInt32] = []
  var times: [Int64] = []
  /// One a source.
  var parts: [Part] = []

  var count: Int { users.count }

  /// The source of a place.
  func part(of place: Int) -> Int {
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = (low + high) / 2
      if parts[middle].start <= place { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}
