/// Corrupt files that the engine does not refuse as it should; each is to be taken off these lists
/// with the repair, and `KnownDefectTests` fails where one is refused by now.
enum KnownDefects {
  /// Stop the process instead of throwing.
  static let traps: Set<String> = [
    "segment-columns-without-properties.bin", "segment-time-range.bin",
    "segment-few-positions.bin", "segment-insert-id-count.bin",
  ]
  /// Are read without a word.
  static let accepted: Set<String> = [
    "segment-flag.bin", "segment-type-twice.bin", "segment-positions.bin",
    "manifest-number-twice.bin", "manifest-number-ahead.bin", "manifest-saved-twice.bin",
  ]
  /// Are refused by an error that does not name the file.
  static let unnamed: Set<String> = ["segment-dictionary-utf8.bin", "users-id-utf8.bin"]
}
