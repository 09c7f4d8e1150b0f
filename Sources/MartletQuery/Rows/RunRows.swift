import MartletModel
import MartletSegmentFile

/// The rows of one run whose users lie in a span.
struct RunRows: Sendable {
  let file: SegmentFile
  /// The file's place in arrival order, from 0.
  let fileNumber: Int
  let run: Run
  let rows: Range<Int>
  /// The user of each row, as the distance from the span's first ordinal.
  let users: [UInt32]

  init(_ part: RunPart, span: UserSpan) throws(MartletError) {
    (file, fileNumber, run) = (part.file, part.fileNumber, part.run)
    rows = run.rows(ofKeys: span.keys)
    users = rows.isEmpty ? [] : try run.rowUsers(ofKeys: span.keys)
  }

  var count: Int { rows.count }

  func times() throws(MartletError) -> [Int64] { try run.times(rows) }
}

/// A run that a question reads.
struct RunPart: Sendable {
  let file: SegmentFile
  let fileNumber: Int
  let run: Run
}

/// Users whose ordinals share a few neighbouring upper halves: the unit of parallel work.
struct UserSpan: Hashable, Sendable {
  /// Upper 16 bits of the ordinals.
  let keys: Range<Int>

  var firstOrdinal: UInt32 { UInt32(keys.lowerBound << 16) }
  /// Ordinals in the span.
  var width: Int { keys.count << 16 }

  /// Spans that cover `userCount` ordinals, so that each holds a cache-sized share of `rowCount`
  /// rows and every thread has work.
  static func cover(userCount: Int, rowCount: Int) -> [UserSpan] {
    let keyCount = max(1, (userCount + 65_535) >> 16)
    let rowsPerSpan = 131_072
    let spanCount = max(Parallel.threadCount * 2, rowCount / rowsPerSpan)
    let keysPerSpan = min(16, max(1, keyCount / max(1, spanCount)))
    return stride(from: 0, to: keyCount, by: keysPerSpan).map {
      UserSpan(keys: $0..<min($0 + keysPerSpan, keyCount))
    }
  }
}
