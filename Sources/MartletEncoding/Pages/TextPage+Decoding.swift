public import MartletModel

extension TextPage {
  /// Appends the page's strings to the arena, and where each ends in the arena to `ends`.
  /// - Parameter limit: pages of more bytes are refused before anything is allocated for them.
  /// - Throws: `.corrupt` for bytes that are no page of `count` strings; the arena and the ends
  ///   are then as before.
  public static func decode(
    _ bytes: RawSpan, count: Int, into arena: inout [UInt8], ends: inout [Int],
    limit: Int = Format.textPageByteCountMax
  ) throws(MartletError) {
    var reader = ByteReader(bytes, of: "text page")
    let schemeByte = try reader.readUInt8()
    guard let scheme = Format.TextScheme(rawValue: schemeByte) else {
      throw reader.corrupt("there is no text encoding \(schemeByte)")
    }
    guard (1...Format.pageValueCountMax).contains(count) else {
      throw reader.corrupt("a page cannot hold \(count) values")
    }
    switch scheme {
    case .plain, .frontCoded:
      try decode(
        &reader, count: count, isFrontCoded: scheme == .frontCoded, into: &arena, ends: &ends,
        limit: limit)
    case .packed:
      let texts = try PackedTexts(bytes, count: count, limit: limit)
      let start = arena.count
      try texts.decode(into: &arena)
      for index in 1...count { ends.append(start + index * texts.textByteCount) }
    }
  }

  private static func decode(
    _ reader: inout ByteReader, count: Int, isFrontCoded: Bool, into arena: inout [UInt8],
    ends: inout [Int], limit: Int
  ) throws(MartletError) {
    let byteCount = try reader.readCount(max: limit)
    let lengths = try integers(&reader, count: count)
    try check(lengths, byteCount: byteCount, reader)
    var (shared, storedByteCount): ([Int64]?, Int) = (nil, byteCount)
    if isFrontCoded {
      let counts = try integers(&reader, count: count)
      storedByteCount = try suffixByteCount(lengths, shared: counts, reader)
      shared = counts
    }
    let content = try Block.decompress(try reader.readSpan(reader.remaining), limit: byteCount)
    guard content.count == storedByteCount else {
      throw reader.corrupt("\(storedByteCount) bytes are stated, \(content.count) are stored")
    }
    if let shared {
      restore(content, lengths: lengths, shared: shared, byteCount: byteCount, into: &arena)
    } else {
      arena.append(contentsOf: content)
    }
    var end = arena.count - byteCount
    for length in lengths {
      end += Int(length)
      ends.append(end)
    }
  }

  /// An integer page behind its byte count.
  private static func integers(
    _ reader: inout ByteReader, count: Int
  ) throws(MartletError) -> [Int64] {
    let page = try reader.readSpan(try reader.readCount(max: reader.remaining))
    var values = [Int64](repeating: 0, count: count)
    try IntegerPage.decode(page, count: count, into: &values, at: 0)
    return values
  }

  private static func check(
    _ lengths: [Int64], byteCount: Int, _ reader: borrowing ByteReader
  ) throws(MartletError) {
    var left = Int64(byteCount)
    for length in lengths {
      guard length >= 0, length <= left else {
        throw reader.corrupt("a length of \(length) is not within the page's \(byteCount) bytes")
      }
      left -= length
    }
    guard left == 0 else {
      throw reader.corrupt("the lengths leave \(left) of the page's \(byteCount) bytes")
    }
  }

  /// The bytes that are stored; each string shares at most all of the one before it.
  private static func suffixByteCount(
    _ lengths: [Int64], shared: [Int64], _ reader: borrowing ByteReader
  ) throws(MartletError) -> Int {
    var previous: Int64 = 0
    var total: Int64 = 0
    for (length, count) in zip(lengths, shared) {
      guard count >= 0, count <= min(previous, length) else {
        throw reader.corrupt("a string cannot share \(count) bytes with the one before it")
      }
      total += length - count
      previous = length
    }
    return Int(total)
  }

  private static func restore(
    _ suffixes: [UInt8], lengths: [Int64], shared: [Int64], byteCount: Int,
    into arena: inout [UInt8]
  ) {
    var from = 0
    var previousStart = arena.count
    for (length, count) in zip(lengths, shared) {
      let start = arena.count
      let suffixEnd = from + Int(length - count)
      for index in previousStart..<previousStart + Int(count) { arena.append(arena[index]) }
      arena.append(contentsOf: suffixes[from..<suffixEnd])
      from = suffixEnd
      previousStart = start
    }
  }
}
