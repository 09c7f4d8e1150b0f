import MartletModel

/// The constants of a segment file, as `formats/segment-file.md` specifies them.
package enum SegmentFileFormat {
  /// The version this build writes, and the newest it reads.
  package static let version: UInt32 = 1
  /// Values of a column in one page; the last page of a column has fewer.
  package static let pageValueCount = 8192
  /// Days of one coarse bitmap of "any event": bucket b holds days 32b ..< 32b + 32.
  package static let coarseDayCount = 32
  /// Arrival numbers are at most this, so that a manifest holds greater ones.
  static let arrivalNumberMax = 1 << 60
  /// Days since 1970-01-01 on which an event can be: whole ones at both ends.
  static let days: ClosedRange<Int> = {
    let length = CivilDate.millisecondsPerDay
    let (earliest, latest) = (Timestamp.earliest.milliseconds, Timestamp.latest.milliseconds)
    return Int(earliest / length)...Int(latest / length)
  }()
  /// Bytes that a declared length may reach before it is taken for damage.
  package static let blockByteCountMax = 1 << 30
}

/// What a block's bytes are spent on; `stats` reports bytes by kind.
public enum ByteKind: UInt8, CaseIterable, Sendable {
  /// Timestamps of rows.
  case time = 0
  /// User bitmaps of runs and rows per user.
  case users = 1
  /// Property and trait values.
  case properties = 2
  /// Texts that properties refer to.
  case dictionaries = 3
  /// User bitmaps of "any event", whole, by month and by day.
  case anyBitmaps = 4
  /// Insert ids and their fingerprints.
  case insertIDs = 5
  /// Directories, headers, ranks of ties, first-seen corrections.
  case directories = 6

  /// The name in `stats`.
  public var name: String {
    switch self {
    case .time: "time"
    case .users: "users"
    case .properties: "properties"
    case .dictionaries: "dictionaries"
    case .anyBitmaps: "any_bitmaps"
    case .insertIDs: "insert_ids"
    case .directories: "directories"
    }
  }
}
