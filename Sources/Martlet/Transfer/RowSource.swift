import MartletModel
import MartletSegmentFile

/// Neighbouring rows of one run, some of which are wanted.
struct RowSource {
  let file: SegmentFile
  /// The file's place in arrival order, from 0.
  let fileNumber: Int
  let run: Run
  let rows: Range<Int>
  /// The low half of the ordinal of each row's user.
  let users: ArraySlice<UInt32>

  /// Rows closer than this are read together: their pages are decoded once.
  private static let gapMax = SegmentFileFormat.pageValueCount

  /// The rows of a run whose users are wanted, in as few ranges as is worth it.
  /// - Parameters:
  ///   - key: the upper half of the users' ordinals.
  ///   - isWanted: by the lower half.
  static func sources(
    in run: Run, of file: SegmentFile, _ fileNumber: Int, key: UInt16, isWanted: [Bool]
  ) throws(MartletError) -> [RowSource] {
    let keys = Int(key)..<Int(key) + 1
    let all = run.rows(ofKeys: keys)
    guard !all.isEmpty else { return [] }
    let users = try run.rowUsers(ofKeys: keys)
    var ranges: [Range<Int>] = []
    for (index, user) in users.enumerated() where isWanted[Int(user)] {
      if let last = ranges.last, index - last.upperBound < gapMax {
        ranges[ranges.count - 1] = last.lowerBound..<index + 1
      } else {
        ranges.append(index..<index + 1)
      }
    }
    return ranges.map { range in
      RowSource(
        file: file, fileNumber: fileNumber, run: run,
        rows: all.lowerBound + range.lowerBound..<all.lowerBound + range.upperBound,
        users: users[range])
    }
  }
}
