/// Every constant of the encodings on disk, specified in `formats/encodings.md`.
public enum Format {
  /// Values in a page, at most.
  public static let pageValueCountMax = 65_536
  /// Bytes of all texts of a `TextPage` together, at most (256 MiB).
  public static let textPageByteCountMax = 1 << 28
  /// Bytes of a varint, at most: ten groups of seven bits.
  public static let varintByteCountMax = 10
  /// A compressed form is kept if it is at most this many hundredths of the plain form.
  static let compressionGainPercent = 95
  /// As above, for forms that take several times as long to decode as packed values.
  static let slowFormGainPercent = 85

  /// First byte of an `IntegerPage`.
  enum IntegerScheme: UInt8 {
    case constant = 0
    case packed = 1
    case deltas = 2
    case runs = 3
    case compressedPacked = 4
    case compressedDeltas = 5
    case dictionary = 6
    case magnitudes = 7
    case deltaMagnitudes = 8
  }

  /// First byte of a `TextPage`.
  enum TextScheme: UInt8 {
    case plain = 0
    case frontCoded = 1
    case packed = 2
  }

  /// The hexadecimal digits of a packed `TextPage`.
  enum HexadecimalDigits: UInt8 {
    case lowerCase = 0
    case upperCase = 1
  }
}
