/// The entries of one user, apart by the value of the `same` property.
enum KeyGroups {
  /// Calls `body` with the entries of each value, in stream order; with all entries where there is
  /// no `same` clause. Entries without a value are left out. Stops where `body` returns false.
  /// - Complexity: O(n), or O(n log n) with a `same` clause.
  static func forEach(
    of stream: EventStream, _ entries: Range<Int>, _ body: ([Int]) -> Bool
  ) {
    guard !stream.keys.isEmpty else {
      _ = body(Array(entries))
      return
    }
    let valued = entries.filter { stream.keys[$0] != .missing }
    let sorted = valued.sorted { (stream.keys[$0], $0) < (stream.keys[$1], $1) }
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, stream.keys[sorted[end]] == stream.keys[sorted[start]] { end += 1 }
      guard body(Array(sorted[start..<end])) else { return }
      start = end
    }
  }
}
