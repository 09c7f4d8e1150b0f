import MartletModel
import MartletSegmentFile

/// How many rows each day (UTC) has.
struct DayHistogram {
  private(set) var days: [(day: Int, rowCount: Int)] = []
  private(set) var rowCount = 0

  private static let dayLength = CivilDate.millisecondsPerDay
  /// A gap this long cuts off days that hold next to nothing.
  private static let outlierGap = 366
  private static let outlierShareMax = 0.01

  init(_ counts: [Int: Int]) {
    days = counts.sorted { $0.key < $1.key }.map { (day: $0.key, rowCount: $0.value) }
    rowCount = days.reduce(0) { $0 + $1.rowCount }
  }

  /// - Complexity: O(rows): reads all times.
  init(of files: [SegmentFile]) throws(MartletError) {
    var counts: [Int: Int] = [:]
    for file in files {
      for index in file.directory.runs.indices {
        try DayHistogram.count(try file.run(at: index), into: &counts)
      }
    }
    self.init(counts)
  }

  private static func count(_ run: Run, into counts: inout [Int: Int]) throws(MartletError) {
    let step = 16 * SegmentFileFormat.pageValueCount
    for start in stride(from: 0, to: run.entry.rowCount, by: step) {
      var (day, count) = (0, 0)
      for time in try run.times(start..<min(start + step, run.entry.rowCount)) {
        guard run.timeRange.contains(time) else {
          throw run.corrupt("a time lies outside the run's range")
        }
        let next = Int(time.quotientAndRemainder(flooring: dayLength).quotient)
        if next != day, count > 0 {
          counts[day, default: 0] += count
          count = 0
        }
        day = next
        count += 1
      }
      if count > 0 { counts[day, default: 0] += count }
    }
  }

  static func start(ofDay day: Int) -> Int64 { Int64(day) * dayLength }

  /// Where far-off days end and begin, so that they do not widen the files of the others.
  var outlierBounds: [Int64] {
    var bounds: [Int64] = []
    let limit = Int(Double(rowCount) * DayHistogram.outlierShareMax)
    var seen = 0
    for (index, entry) in days.enumerated().dropLast() {
      seen += entry.rowCount
      if seen > limit { break }
      if days[index + 1].day - entry.day >= DayHistogram.outlierGap {
        bounds = [DayHistogram.start(ofDay: days[index + 1].day)]
      }
    }
    var (late, upper): (Int, Int64?) = (0, nil)
    for index in days.indices.dropFirst().reversed() {
      late += days[index].rowCount
      if late > limit { break }
      if days[index].day - days[index - 1].day >= DayHistogram.outlierGap {
        upper = DayHistogram.start(ofDay: days[index - 1].day + 1)
      }
    }
    if let upper, bounds.last.map({ $0 < upper }) ?? true { bounds.append(upper) }
    return bounds
  }

  /// Where to cut a range of time so that each part has at most `rowCountMax` rows, as far as whole
  /// days allow, and at least `dayCountMin` days.
  func cuts(of range: Range<Int64>, rowCountMax: Int, dayCountMin: Int) -> [Int64] {
    var cuts: [Int64] = []
    var (count, firstDay): (Int, Int?) = (0, nil)
    for (day, rows) in days where range.contains(DayHistogram.start(ofDay: day)) {
      if let first = firstDay, count + rows > rowCountMax, day - first >= dayCountMin {
        cuts.append(DayHistogram.start(ofDay: day))
        (count, firstDay) = (0, day)
      }
      count += rows
      firstDay = firstDay ?? day
    }
    return cuts
  }

  func rowCount(in range: Range<Int64>) -> Int {
    days.reduce(0) { range.contains(DayHistogram.start(ofDay: $1.day)) ? $0 + $1.rowCount : $0 }
  }
}
