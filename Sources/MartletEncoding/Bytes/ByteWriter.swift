public import MartletModel

/// Appends integers, texts and bytes to an array, in the store's byte order (little-endian).
public struct ByteWriter: Sendable {
  /// What was written.
  public var bytes: [UInt8]

  /// Starts with no bytes.
  public init() { bytes = [] }

  /// Bytes written so far.
  public var count: Int { bytes.count }

  /// One byte.
  public mutating func writeUInt8(_ value: UInt8) { bytes.append(value) }

  /// Two bytes, little-endian.
  public mutating func writeUInt16(_ value: UInt16) { writeFixed(value) }

  /// Four bytes, little-endian.
  public mutating func writeUInt32(_ value: UInt32) { writeFixed(value) }

  /// Eight bytes, little-endian.
  public mutating func writeUInt64(_ value: UInt64) { writeFixed(value) }

  /// One to ten bytes: groups of seven bits, lowest first, the high bit set on all but the last.
  public mutating func writeVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A signed varint: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
  public mutating func writeZigZag(_ value: Int64) { writeVarint(ZigZag.encode(value)) }

  /// The byte count as a varint, then the UTF-8 bytes.
  public mutating func writeText(_ text: Text) {
    writeVarint(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// The bytes as they are, without their count.
  public mutating func writeBytes(_ other: [UInt8]) { bytes.append(contentsOf: other) }

  private mutating func writeFixed<T: FixedWidthInteger & UnsignedInteger>(_ value: T) {
    for shift in stride(from: 0, to: T.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> T(shift)))
    }
  }
}
