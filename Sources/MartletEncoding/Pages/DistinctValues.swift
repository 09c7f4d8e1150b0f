/// The distinct values of a column, and each value's place among them.
struct DistinctValues {
  /// In ascending order.
  let sorted: [Int64]
  /// One a value of the column: its index in `sorted`.
  let codes: [Int64]

  /// Nil where there are more than `most` distinct values.
  /// - Complexity: O(count), and O(`most`) where there are too many.
  init?(_ values: ArraySlice<Int64>, most: Int) {
    guard let (distinct, positions) = BitPackingKernels.distinct(values, most: most)
    else { return nil }
    let order = distinct.indices.sorted { distinct[$0] < distinct[$1] }
    var rank = [Int64](repeating: 0, count: distinct.count)
    for (index, position) in order.enumerated() { rank[position] = Int64(index) }
    sorted = order.map { distinct[$0] }
    codes = positions.map { rank[Int($0)] }
  }
}
