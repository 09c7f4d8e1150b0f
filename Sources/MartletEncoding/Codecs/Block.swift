public import MartletModel

/// Any bytes, compressed where it gains: one byte codec, varint byte count, payload.
public enum Block {
  /// Compresses the bytes; stores them as they are where that saves less than 5 %.
  /// - Parameter level: zstd's, 1 (fast) ... 19 (small); LZ4 has none.
  /// - Complexity: O(count).
  public static func compress(_ bytes: [UInt8], codec: Codec, level: Int = 3) -> [UInt8] {
    var writer = ByteWriter()
    if let payload = payload(bytes, codec: codec, level: level),
      payload.count * 100 <= bytes.count * Format.compressionGainPercent
    {
      writer.writeUInt8(codec.rawValue)
      writer.writeVarint(UInt64(bytes.count))
      writer.writeBytes(payload)
    } else {
      writer.writeUInt8(Codec.stored.rawValue)
      writer.writeVarint(UInt64(bytes.count))
      writer.writeBytes(bytes)
    }
    return writer.bytes
  }

  /// The bytes that went in.
  /// - Parameter limit: more bytes than this are refused before anything is allocated.
  /// - Throws: `.corrupt` for anything that `compress` does not produce.
  public static func decompress(_ bytes: RawSpan, limit: Int) throws(MartletError) -> [UInt8] {
    var reader = ByteReader(bytes, of: "block")
    let codecByte = try reader.readUInt8()
    guard let codec = Codec(rawValue: codecByte) else {
      throw reader.corrupt("there is no codec \(codecByte)")
    }
    let byteCount = try reader.readCount(max: limit)
    let payload = try reader.readSpan(reader.remaining)
    switch codec {
    case .stored:
      guard payload.byteCount == byteCount else {
        throw reader.corrupt("\(byteCount) bytes are stated, \(payload.byteCount) are stored")
      }
      return payload.array()
    case .zstd: return try ZstdCodec.decompress(payload, byteCount: byteCount)
    case .lz4: return try LZ4Codec.decompress(payload, byteCount: byteCount)
    }
  }

  private static func payload(_ bytes: [UInt8], codec: Codec, level: Int) -> [UInt8]? {
    guard !bytes.isEmpty else { return nil }
    switch codec {
    case .stored: return nil
    case .zstd: return ZstdCodec.compress(bytes.rawSpan, .level(level))
    case .lz4: return LZ4Codec.compress(bytes.rawSpan)
    }
  }
}
