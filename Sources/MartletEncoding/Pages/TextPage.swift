/// One page of byte strings: their lengths, and their bytes under zstd where that gains; in order,
/// each may be stored without the bytes it shares with the one before it (front coding). Strings of
/// one length that differ in hexadecimal digits only may be stored as `PackedTexts`.
public enum TextPage {
  /// The strings as a page. String `i` is `bytes[end(i - 1) ..< end(i)]`, the first from `start`.
  /// - Parameters:
  ///   - ends: 1 ... `Format.pageValueCountMax` of them, not decreasing.
  ///   - compressionLevel: zstd's, 1 (fast) ... 19 (small).
  /// - Precondition: the strings take at most `Format.textPageByteCountMax` bytes.
  /// - Complexity: O(count of bytes).
  public static func encode(
    _ bytes: [UInt8], ends: ArraySlice<Int>, start: Int, compressionLevel: Int = 3
  ) -> [UInt8] {
    precondition((1...Format.pageValueCountMax).contains(ends.count))
    let end = ends[ends.endIndex - 1]
    precondition(end - start <= Format.textPageByteCountMax)
    let lengths = lengths(ends, start: start)
    var plain = header(.plain, lengths: lengths, byteCount: end - start, compressionLevel)
    plain.writeBytes(
      Block.compress(Array(bytes[start..<end]), codec: .zstd, level: compressionLevel))
    let general =
      frontCoded(
        bytes, ends: ends, start: start, lengths: lengths, below: plain.count, compressionLevel)
      ?? plain.bytes
    guard let length = lengths.first, length > 0, lengths.allSatisfy({ $0 == length }),
      let packed = PackedTexts.encode(bytes[start..<end], count: ends.count),
      packed.count <= general.count
    else { return general }
    return packed
  }

  /// The strings front-coded, where they are in order and that takes fewer than `limit` bytes.
  private static func frontCoded(
    _ bytes: [UInt8], ends: ArraySlice<Int>, start: Int, lengths: [Int64], below limit: Int,
    _ compressionLevel: Int
  ) -> [UInt8]? {
    guard let shared = sharedPrefixes(bytes, ends: ends, start: start) else { return nil }
    let byteCount = ends[ends.endIndex - 1] - start
    var front = header(.frontCoded, lengths: lengths, byteCount: byteCount, compressionLevel)
    let prefixPage = IntegerPage.encode(shared[...], compressionLevel: compressionLevel)
    front.writeVarint(UInt64(prefixPage.count))
    front.writeBytes(prefixPage)
    var suffixes: [UInt8] = []
    var from = start
    for (index, end) in ends.enumerated() {
      suffixes.append(contentsOf: bytes[from + Int(shared[index])..<end])
      from = end
    }
    front.writeBytes(Block.compress(suffixes, codec: .zstd, level: compressionLevel))
    return front.count < limit ? front.bytes : nil
  }

  private static func header(
    _ scheme: Format.TextScheme, lengths: [Int64], byteCount: Int, _ compressionLevel: Int
  ) -> ByteWriter {
    let page = IntegerPage.encode(lengths[...], compressionLevel: compressionLevel)
    var writer = ByteWriter()
    writer.writeUInt8(scheme.rawValue)
    writer.writeVarint(UInt64(byteCount))
    writer.writeVarint(UInt64(page.count))
    writer.writeBytes(page)
    return writer
  }

  private static func lengths(_ ends: ArraySlice<Int>, start: Int) -> [Int64] {
    var from = start
    return ends.map { end in
      precondition(end >= from)
      defer { from = end }
      return Int64(end - from)
    }
  }

  /// How many bytes each string shares with the one before it; nil where they are not in order.
  private static func sharedPrefixes(
    _ bytes: [UInt8], ends: ArraySlice<Int>, start: Int
  ) -> [Int64]? {
    var shared: [Int64] = []
    shared.reserveCapacity(ends.count)
    var previous = start..<start
    for end in ends {
      let current = previous.upperBound..<end
      var count = 0
      let most = min(previous.count, current.count)
      while count < most,
        bytes[previous.lowerBound + count] == bytes[current.lowerBound + count]
      { count += 1 }
      let isOrdered =
        count == previous.count
        || count < current.count
          && bytes[previous.lowerBound + count] < bytes[current.lowerBound + count]
      guard isOrdered else { return nil }
      shared.append(Int64(count))
      previous = current
    }
    return shared
  }
}
