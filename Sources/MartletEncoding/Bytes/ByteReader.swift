public import MartletModel

/// Reads what `ByteWriter` wrote. Never reads outside the span; what is missing or malformed is a
/// `MartletError` of code `.corrupt` that says what was read and at which byte.
public struct ByteReader: ~Escapable {
  private let bytes: RawSpan
  private let what: String
  /// Bytes read so far.
  public private(set) var offset = 0

  /// Starts at the span's first byte; `what` names the structure in errors.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan, of what: String) {
    self.bytes = bytes
    self.what = what
  }

  /// Bytes not read yet.
  public var remaining: Int { bytes.byteCount - offset }

  /// Whether every byte was read.
  public var isAtEnd: Bool { remaining == 0 }

  /// One byte.
  @_lifetime(self: copy self)
  public mutating func readUInt8() throws(MartletError) -> UInt8 { try readFixed("a byte") }

  /// Two bytes, little-endian.
  @_lifetime(self: copy self)
  public mutating func readUInt16() throws(MartletError) -> UInt16 {
    try readFixed("a 2-byte integer")
  }

  /// Four bytes, little-endian.
  @_lifetime(self: copy self)
  public mutating func readUInt32() throws(MartletError) -> UInt32 {
    try readFixed("a 4-byte integer")
  }

  /// Eight bytes, little-endian.
  @_lifetime(self: copy self)
  public mutating func readUInt64() throws(MartletError) -> UInt64 {
    try readFixed("an 8-byte integer")
  }

  /// An unsigned integer of up to ten bytes; a form longer than needed is an error.
  @_lifetime(self: copy self)
  public mutating func readVarint() throws(MartletError) -> UInt64 {
    let end = min(bytes.byteCount, offset + Format.varintByteCountMax)
    var value: UInt64 = 0
    var shift: UInt64 = 0
    var position = offset
    while position < end {
      let byte = bytes.byte(at: position)
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 {
        if byte == 0 && shift > 0 { throw corrupt("a variable-length integer has a padding byte") }
        if shift == 63 && byte > 1 { throw corrupt("a variable-length integer exceeds 64 bits") }
        offset = position
        return value
      }
      shift += 7
    }
    throw corrupt(
      shift >= 70
        ? "a variable-length integer exceeds 64 bits" : "a variable-length integer is cut off")
  }

  /// A signed integer written by `writeZigZag`.
  @_lifetime(self: copy self)
  public mutating func readZigZag() throws(MartletError) -> Int64 {
    ZigZag.decode(try readVarint())
  }

  /// A byte count and that many bytes of valid UTF-8.
  @_lifetime(self: copy self)
  public mutating func readText() throws(MartletError) -> Text {
    let start = offset
    let count = try readCount(max: remaining)
    guard let text = Text(validating: try readBytes(count)) else {
      offset = start
      throw corrupt("a text is not valid UTF-8")
    }
    return text
  }

  /// The next `count` bytes, copied.
  @_lifetime(self: copy self)
  public mutating func readBytes(_ count: Int) throws(MartletError) -> [UInt8] {
    try require(count)
    let result = bytes.extracting(offset..<offset + count).array()
    offset += count
    return result
  }

  /// The next `count` bytes, in place.
  @_lifetime(copy self)
  @_lifetime(self: copy self)
  public mutating func readSpan(_ count: Int) throws(MartletError) -> RawSpan {
    try require(count)
    let result = bytes.extracting(offset..<offset + count)
    offset += count
    return result
  }

  /// A varint that counts something and must not exceed `max`.
  @_lifetime(self: copy self)
  public mutating func readCount(max: Int) throws(MartletError) -> Int {
    let start = offset
    let value = try readVarint()
    guard let count = Int(exactly: value), count <= max else {
      offset = start
      throw corrupt("a count is \(value), but at most \(max) is possible")
    }
    return count
  }

  /// The error for something wrong at the current byte.
  public func corrupt(_ reason: String) -> MartletError {
    MartletError(.corrupt, place: "\(what), byte \(offset)", reason)
  }

  private func require(_ count: Int) throws(MartletError) {
    guard count >= 0, count <= remaining else {
      throw corrupt("\(count) bytes are needed, but only \(remaining) are left")
    }
  }

  @_lifetime(self: copy self)
  private mutating func readFixed<T: FixedWidthInteger & BitwiseCopyable>(
    _ name: String
  ) throws(MartletError) -> T {
    let size = MemoryLayout<T>.size
    guard size <= remaining else {
      throw corrupt("\(name) is needed, but only \(remaining) bytes are left")
    }
    defer { offset += size }
    return bytes.integer(at: offset, as: T.self)
  }
}
