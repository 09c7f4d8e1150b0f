import MartletModel
import MartletSegmentFile

/// How a store's time is divided: a file that compaction made lies within one partition.
struct Partitions {
  /// Where each partition but the first begins.
  var starts: [Int64]

  /// The partitions' times, in order; together they hold every instant.
  var ranges: [Range<Int64>] {
    let bounds = [Int64.min] + starts + [Int64.max]
    return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
  }

  /// The partition that holds an instant.
  func index(of time: Int64) -> Int { starts.count { $0 <= time } }

  /// The partitions that have rows of a file.
  /// - Complexity: O(rows) for a file whose times span several.
  func exactIndices(of file: SegmentFile) throws(MartletError) -> Set<Int> {
    let span = indices(of: file)
    guard span.count > 1 else { return Set(span) }
    return Set(
      try DayHistogram(of: [file]).days.map { index(of: DayHistogram.start(ofDay: $0.day)) })
  }

  /// The partitions that a file has rows of, or may have.
  func indices(of file: SegmentFile) -> ClosedRange<Int> {
    guard let times = file.timeRange else { return 0...0 }
    return index(of: times.lowerBound)...index(of: times.upperBound)
  }

  /// Adds bounds within partitions that are rewritten anyway.
  mutating func divide(at bounds: [Int64], max count: Int) {
    starts = Array(Set(starts).union(bounds).sorted().prefix(count))
  }
}
