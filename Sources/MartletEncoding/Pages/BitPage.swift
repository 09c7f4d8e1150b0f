public import MartletModel

/// One page of a column of booleans: all equal, packed bits, or packed bits under zstd.
///
/// In memory bit `i` of the page is bit `i % 64` of word `i / 64`.
public enum BitPage {
  /// The values as a page.
  /// - Parameters:
  ///   - values: 1 ... `Format.pageValueCountMax` of them.
  ///   - compressionLevel: zstd's, 1 (fast) ... 19 (small).
  public static func encode(_ values: ArraySlice<Bool>, compressionLevel: Int = 3) -> [UInt8] {
    var words = [UInt64](repeating: 0, count: (values.count + 63) / 64)
    var index = 0
    for value in values {
      if value { words[index / 64] |= 1 << UInt64(index % 64) }
      index += 1
    }
    return encode(words: words, count: values.count, compressionLevel: compressionLevel)
  }

  /// The first `count` bits of the words as a page; the rest must be zero.
  /// - Precondition: the words are as many as the bits need.
  public static func encode(
    words: [UInt64], count: Int, compressionLevel: Int = 3
  ) -> [UInt8] {
    precondition((1...Format.pageValueCountMax).contains(count))
    precondition(words.count == (count + 63) / 64)
    precondition(count % 64 == 0 || words[count / 64] >> UInt64(count % 64) == 0)
    let trueCount = words.reduce(0) { $0 + $1.nonzeroBitCount }
    if trueCount == 0 { return [Format.BitScheme.allFalse.rawValue] }
    if trueCount == count { return [Format.BitScheme.allTrue.rawValue] }
    var packed = ByteWriter()
    for word in words { packed.writeUInt64(word) }
    packed.bytes.removeLast(packed.count - (count + 7) / 8)
    guard compressionLevel > 0 else {
      return [Format.BitScheme.stored.rawValue] + packed.bytes
    }
    let entropyOnly = ZstdCodec.compress(packed.bytes.rawSpan, .entropyOnly)
    let matched = ZstdCodec.compress(packed.bytes.rawSpan, .level(compressionLevel))
    let compressed = entropyOnly.count <= matched.count ? entropyOnly : matched
    return compressed.count * 100 <= packed.count * Format.compressionGainPercent
      ? [Format.BitScheme.compressed.rawValue] + compressed
      : [Format.BitScheme.stored.rawValue] + packed.bytes
  }

  /// The page's bits as words; bits from `count` on are zero.
  /// - Throws: `.corrupt` for bytes that are no page of `count` values.
  public static func decode(_ bytes: RawSpan, count: Int) throws(MartletError) -> [UInt64] {
    var reader = ByteReader(bytes, of: "bit page")
    let schemeByte = try reader.readUInt8()
    guard let scheme = Format.BitScheme(rawValue: schemeByte) else {
      throw reader.corrupt("there is no bit encoding \(schemeByte)")
    }
    guard (1...Format.pageValueCountMax).contains(count) else {
      throw reader.corrupt("a page cannot hold \(count) values")
    }
    let byteCount = (count + 7) / 8
    let payload = try reader.readSpan(reader.remaining)
    switch scheme {
    case .allFalse, .allTrue:
      guard payload.isEmpty else { throw reader.corrupt("bytes follow a constant") }
      return constantWords(scheme == .allTrue, count: count)
    case .stored:
      guard payload.byteCount == byteCount else {
        throw reader.corrupt("\(count) bits take \(byteCount) bytes, not \(payload.byteCount)")
      }
      return try words(payload, count: count)
    case .compressed:
      let packed = try ZstdCodec.decompress(payload, byteCount: byteCount)
      return try words(packed.rawSpan, count: count)
    }
  }

  private static func constantWords(_ value: Bool, count: Int) -> [UInt64] {
    var words = [UInt64](repeating: value ? .max : 0, count: (count + 63) / 64)
    if value && count % 64 != 0 { words[count / 64] >>= UInt64(64 - count % 64) }
    return words
  }

  private static func words(_ packed: RawSpan, count: Int) throws(MartletError) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity((count + 63) / 64)
    for index in 0..<packed.byteCount / 8 {
      words.append(packed.integer(at: index * 8, as: UInt64.self))
    }
    if packed.byteCount % 8 > 0 {
      var last: UInt64 = 0
      for index in packed.byteCount / 8 * 8..<packed.byteCount {
        last |= UInt64(packed.byte(at: index)) << UInt64(index % 8 * 8)
      }
      words.append(last)
    }
    guard count % 64 == 0 || words[count / 64] >> UInt64(count % 64) == 0 else {
      throw MartletError(.corrupt, place: "bit page", "bits are set beyond the \(count) values")
    }
    return words
  }
}
