/// The constants of the portable Roaring format and of blocks in memory; see `formats/bitmap.md`.
enum Format {
  /// First 32 bits of a bitmap without run blocks.
  static let cookieWithoutRuns: UInt32 = 12_346
  /// First 16 bits of a bitmap with run blocks.
  static let cookieWithRuns: UInt32 = 12_347
  /// From this many blocks on, a bitmap with run blocks has an offset header too.
  static let offsetThreshold = 4

  /// Members beyond which a bitset is smaller than an array.
  static let arrayCardinalityMax = 4_096
  /// Runs beyond which a bitset is smaller than runs.
  static let runCountMax = 2_047
  /// Words of a bitset.
  static let bitsetWordCount = 1_024
  static let bitsetByteCount = 8_192
  /// Members that a block can have; block count that a bitmap can have.
  static let blockMembers = 65_536
  static let blockCountMax = 65_536
  /// What vector stores may scribble past a payload, in words.
  static let slackWordCount = 8
}
