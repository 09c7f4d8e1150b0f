import MartletModel

/// Each value as `base + divisor * number`, the number's sign and bit length apart from its bits.
///
/// Times between events, amounts and counts spread over many powers of two, most of them small:
/// the lengths take little under entropy coding, and small numbers few bits.
struct MagnitudeForm {
  var base: Int64
  var divisor: UInt64
  var values: ArraySlice<Int64>
  /// One a value.
  var classes: [UInt8]
  /// Bits of all numbers below their highest.
  var bitCount: Int

  /// - Parameter divisor: divides every value's distance from the base.
  /// - Complexity: O(count).
  init(_ values: ArraySlice<Int64>, base: Int64, divisor: UInt64) {
    (self.base, self.divisor, self.values) = (base, divisor, values)
    (classes, bitCount) = BitPackingKernels.magnitudeClasses(
      values, base: base, divisor: divisor)
  }

  /// Bytes that the page will take, by a sample of the classes; nil where it cannot be below
  /// `limit`.
  func expectedByteCount(below limit: Int) -> Int? {
    // A class takes about two bits of a uniform distribution, less of a narrow one.
    guard bitCount + classes.count < limit * 8 else { return nil }
    let frame = ZstdCodec.compress(sample.rawSpan, .entropyOnly)
    let expected = bitCount / 8 + frame.count * classes.count / sample.count
    return expected < limit ? expected : nil
  }

  /// Classes that stand for all in the choice of how to compress them.
  private var sample: [UInt8] {
    let start = classes.count / 4
    return Array(classes[start..<min(classes.count, start + 2048)])
  }

  /// The classes, by repetition where that is promising and by entropy coding alone where not,
  /// then the bits.
  func write(to writer: inout ByteWriter, level: Int) {
    let sample = sample
    let repeats =
      ZstdCodec.compress(sample.rawSpan, .level(1)).count
      < ZstdCodec.compress(sample.rawSpan, .entropyOnly).count
    let frame = ZstdCodec.compress(classes.rawSpan, repeats ? .level(level) : .entropyOnly)
    writer.writeZigZag(base)
    writer.writeVarint(divisor)
    writer.writeVarint(UInt64(frame.count))
    writer.writeBytes(frame)
    writer.writeBytes(
      BitPackingKernels.packMagnitudes(
        values, base: base, divisor: divisor, bitCount: bitCount))
  }

  /// Reads what `write` wrote, to the reader's end, and writes the values to
  /// `output[position ..< position + count]`.
  static func decode(
    _ reader: inout ByteReader, count: Int, into output: inout [Int64], at position: Int
  ) throws(MartletError) {
    let base = try reader.readZigZag()
    let divisor = try reader.readVarint()
    guard divisor > 0 else { throw reader.corrupt("there is no divisor 0") }
    let frame = try reader.readSpan(try reader.readCount(max: reader.remaining))
    let classes = try ZstdCodec.decompress(frame, byteCount: count)
    guard let bitCount = BitPackingKernels.magnitudeBitCount(classes) else {
      throw reader.corrupt("a number has no such bit length")
    }
    guard reader.remaining == (bitCount + 7) / 8 else {
      throw reader.corrupt("\(bitCount) bits do not take \(reader.remaining) bytes")
    }
    let bits = try reader.readSpan(reader.remaining)
    BitPackingKernels.unpackMagnitudes(
      classes, bits, base: base, divisor: divisor, into: &output, at: position)
  }
}
