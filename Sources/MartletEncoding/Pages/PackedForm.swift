import MartletModel

/// Frame of reference: each value as `base + divisor * packed`, packed in `width` bits.
struct PackedForm {
  var base: Int64
  var divisor: UInt64
  /// 0 (all values equal the base) ... 64.
  var width: Int
  var values: ArraySlice<Int64>

  /// The narrowest form of the values, whose least and greatest are known.
  /// - Complexity: O(count).
  init(_ values: ArraySlice<Int64>, minimum: Int64, maximum: Int64) {
    base = minimum
    divisor = BitPackingKernels.commonDivisor(values, base: minimum)
    let range = UInt64(bitPattern: maximum &- minimum) / divisor
    width = 64 - range.leadingZeroBitCount
    self.values = values
  }

  /// Bytes of the payload as stored.
  var payloadByteCount: Int {
    BitPackingKernels.byteCount(count: values.count, width: width)
  }

  /// The payload with `width` bits a value, or more.
  func payload(width: Int) -> [UInt8] {
    width == 0
      ? [] : BitPackingKernels.pack(values, base: base, divisor: divisor, width: width)
  }

  /// Base, divisor and the payload's width.
  func writeHeader(width: Int, to writer: inout ByteWriter) {
    writer.writeZigZag(base)
    writer.writeVarint(divisor)
    writer.writeUInt8(UInt8(width))
  }

  /// Widths worth trying under a byte compressor: whole bytes, and below a byte a power of two,
  /// so that equal values make equal bytes.
  var compressibleWidths: [Int] {
    guard width > 0 else { return [] }
    let bytes = (width + 7) / 8 * 8
    guard width <= 4 else { return [bytes] }
    return [width == 3 ? 4 : width, bytes]
  }
}

extension PackedForm {
  /// Reads a header and the payload that fills the rest of the reader, and writes the values to
  /// `output[position ..< position + count]`.
  static func decode(
    _ reader: inout ByteReader, compressed: Bool, count: Int, into output: inout [Int64],
    at position: Int
  ) throws(MartletError) {
    let base = try reader.readZigZag()
    let divisor = try reader.readVarint()
    let width = Int(try reader.readUInt8())
    guard divisor > 0, width <= 64 else {
      throw reader.corrupt("there is no divisor \(divisor) with a width of \(width) bits")
    }
    let size = BitPackingKernels.byteCount(count: count, width: width)
    if width == 0 {
      guard reader.isAtEnd else { throw reader.corrupt("values of no bits have a payload") }
      for index in position..<position + count { output[index] = base }
    } else if compressed {
      let frame = try reader.readSpan(reader.remaining)
      let payload = try ZstdCodec.decompress(frame, byteCount: size)
      BitPackingKernels.unpack(
        payload.rawSpan, width: width, base: base, divisor: divisor, count: count, into: &output,
        at: position)
    } else {
      guard reader.remaining == size else {
        throw reader.corrupt(
          "\(count) values of \(width) bits take \(size) bytes, not \(reader.remaining)")
      }
      let payload = try reader.readSpan(size)
      BitPackingKernels.unpack(
        payload, width: width, base: base, divisor: divisor, count: count, into: &output,
        at: position)
    }
  }
}
