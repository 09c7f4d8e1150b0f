/// The rows of one run that only a rank orders among rows of their time, and their ranks.
package struct Ties: Hashable, Sendable {
  /// Ascending.
  package private(set) var rows: [UInt32] = []
  /// Among the file's events of the row's time, or its trait updates, in order of arrival.
  package private(set) var ranks: [UInt32] = []

  package init() {}

  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; `sorted` puts rows in order.
  mutating func append(row: UInt32, rank: UInt32) {
    rows.append(row)
    ranks.append(rank)
  }

  /// - Complexity: O(rows)
  func sorted() -> Ties {
    var sorted = Ties()
    for place in RowOrder.stable(by: rows) {
      sorted.append(row: rows[Int(place)], rank: ranks[Int(place)])
    }
    return sorted
  }

  /// Places in `rows` of those that lie in a range.
  /// - Complexity: O(log rows)
  package func places(of range: Range<Int>) -> Range<Int> {
    place(notBefore: range.lowerBound)..<place(notBefore: range.upperBound)
  }

  /// The rank of a row; nil where it needs none.
  /// - Complexity: O(log rows)
  package func rank(ofRow row: Int) -> UInt32? {
    let place = place(notBefore: row)
    return place < rows.count && Int(rows[place]) == row ? ranks[place] : nil
  }

  private func place(notBefore row: Int) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(rows[middle]) < row { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
