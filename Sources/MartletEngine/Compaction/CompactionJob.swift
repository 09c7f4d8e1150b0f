import MartletModel
import MartletSegmentFile

/// Committed files that others are to replace.
struct CompactionJob {
  /// A committed file, open.
  struct Input {
    var file: Manifest.File
    var segmentFile: SegmentFile
    /// Whether compaction made it.
    var isPartitioned: Bool
  }

  var inputs: [Input]
  var partitions: Partitions

  /// Fresh files that make a job, and files of a partition that do.
  static let fanOut = 8
  /// Fresh files at which commits wait for compaction.
  static let freshCountMax = 32
  private static let partitionFanOut = 4
  /// Files of a longer time are looked through for far-off times (3,660 days, in milliseconds).
  private static let usualSpan = 3660 * CivilDate.millisecondsPerDay

  /// What compaction should do next so that files do not pile up; nil where it need not.
  ///
  /// Fresh files are gathered, `fanOut` at a time, and divided by partition. Within a partition the
  /// last files are merged while the one before is not much larger than they are together: each
  /// row is rewritten O(log files) times.
  static func next(_ files: [Input], _ partitions: Partitions) -> CompactionJob? {
    let fresh = files.filter { !$0.isPartitioned }
    if fresh.count >= fanOut { return CompactionJob(inputs: fresh, partitions: partitions) }
    let made = files.filter(\.isPartitioned)
    for index in partitions.ranges.indices {
      let members = made.filter { partitions.indices(of: $0.segmentFile).contains(index) }
      let tail = tailToMerge(members)
      if tail.count >= partitionFanOut {
        return CompactionJob(inputs: tail, partitions: partitions)
      }
    }
    return nil
  }

  private static func tailToMerge(_ members: [Input]) -> [Input] {
    var tail: [Input] = []
    var byteCount: UInt64 = 0
    for member in members.reversed() {
      guard tail.isEmpty || member.file.byteCount <= 2 * byteCount else { break }
      tail.insert(member, at: 0)
      byteCount += member.file.byteCount
    }
    return tail
  }

  /// All work there is: one file a partition, no fresh files, and nothing that must not be there.
  /// - Parameter isDirty: whether a file must be rewritten, alone or not.
  static func full(
    _ files: [Input], _ partitions: Partitions,
    isDirty: (SegmentFile) throws(MartletError) -> Bool
  ) throws(MartletError) -> CompactionJob? {
    var members = [Int](repeating: 0, count: partitions.ranges.count)
    var wanted: Set<Int> = []
    for input in files {
      let indices = try partitions.exactIndices(of: input.segmentFile)
      for index in indices { members[index] += 1 }
      var isWanted = !input.isPartitioned
      if !isWanted { isWanted = try isDirty(input.segmentFile) }
      if isWanted { wanted.formUnion(indices) }
    }
    wanted.formUnion(members.indices.filter { members[$0] > 1 })
    let inputs = files.filter { input in
      !input.isPartitioned
        || partitions.indices(of: input.segmentFile).contains(where: wanted.contains)
    }
    return inputs.isEmpty ? nil : CompactionJob(inputs: inputs, partitions: partitions)
  }

  /// Divides partitions all of whose files are rewritten, where they have become too large, and
  /// cuts far-off times from the rest.
  mutating func divide(_ all: [Input], byteCountMax: Int, dayCountMin: Int) throws(MartletError) {
    let numbers = Set(inputs.map(\.file.number))
    let byteCount = inputs.reduce(0) { $0 + Int($1.file.byteCount) }
    let spread = inputs.compactMap(\.segmentFile.timeRange)
    guard let earliest = spread.map(\.lowerBound).min(),
      let latest = spread.map(\.upperBound).max()
    else { return }
    let isSpread = latest - earliest > CompactionJob.usualSpan
    guard byteCount > byteCountMax || isSpread else { return }
    let histogram = try DayHistogram(of: inputs.map(\.segmentFile))
    guard histogram.rowCount > 0 else { return }
    let rowCountMax = max(
      1, Int(Double(byteCountMax) * Double(histogram.rowCount) / Double(max(1, byteCount))))
    var bounds: [Int64] = []
    for (index, range) in partitions.ranges.enumerated() {
      let isWhole = all.allSatisfy { input in
        numbers.contains(input.file.number) || !input.isPartitioned
          || !partitions.indices(of: input.segmentFile).contains(index)
      }
      guard isWhole else { continue }
      bounds += histogram.outlierBounds.filter(range.contains)
      if histogram.rowCount(in: range) > rowCountMax {
        bounds += histogram.cuts(of: range, rowCountMax: rowCountMax, dayCountMin: dayCountMin)
      }
    }
    partitions.divide(at: bounds, max: Limits.partitions)
  }
}
