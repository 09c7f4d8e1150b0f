/// The portable 64-bit form (`formats/bitmap.md`): the number of parts, then each part's high half
/// and its 32-bit bitmap.
extension RoaringBitmap64 {
  /// The portable form, as CRoaring's `Roaring64Map` and `roaring64` write it.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public func serialized() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(8) { $0 + 4 + $1.members.serializedByteCount })
    bytes.append(littleEndian: UInt64(parts.count))
    for part in parts {
      bytes.append(littleEndian: part.high)
      bytes.append(contentsOf: part.members.serialized())
    }
    return bytes
  }

  /// Reads the portable form, trusting nothing.
  ///
  /// - Throws: ``RoaringBitmapError``, saying what is wrong and at which byte.
  /// - Complexity: O(*m*), the compressed size.
  public init(serialized bytes: RawSpan) throws(RoaringBitmapError) {
    guard bytes.byteCount >= 8 else {
      throw RoaringBitmapError(
        .truncated(missingByteCount: 8 - bytes.byteCount), at: bytes.byteCount)
    }
    let partCount = Kernels.uint64(bytes, at: 0)
    // The smallest part is a high half and the headers of one member: 4 + 8 + 4 + 4 + 2.
    guard partCount <= UInt64(bytes.byteCount / 22) else {
      throw RoaringBitmapError(.tooManyParts(partCount), at: 0)
    }
    var parts: [Part] = []
    parts.reserveCapacity(Int(partCount))
    var position = 8
    for _ in 0..<partCount {
      guard position + 4 <= bytes.byteCount else {
        throw RoaringBitmapError(
          .truncated(missingByteCount: position + 4 - bytes.byteCount), at: position)
      }
      let high = Kernels.uint32(bytes, at: position)
      if let last = parts.last, last.high >= high {
        throw RoaringBitmapError(.keysOutOfOrder, at: position)
      }
      position += 4
      let rest = bytes.extracting(position..<bytes.byteCount)
      do throws(RoaringBitmapError) {
        let (members, byteCount) = try RoaringBitmap.reading(rest)
        if members.isEmpty { throw RoaringBitmapError(.emptyPart, at: 0) }
        parts.append(Part(high: high, members: members))
        position += byteCount
      } catch {
        throw RoaringBitmapError(
          error.reason, at: position + error.byteOffset, block: error.blockIndex)
      }
    }
    guard position == bytes.byteCount else {
      throw RoaringBitmapError(.trailingBytes(bytes.byteCount - position), at: position)
    }
    self.init(parts: parts)
  }

  /// Reads the portable form, as ``init(serialized:)-(RawSpan)``.
  ///
  /// - Throws: ``RoaringBitmapError``, saying what is wrong and at which byte.
  /// - Complexity: O(*m*), the compressed size.
  public init(serialized bytes: [UInt8]) throws(RoaringBitmapError) {
    // Safe: bytes have no padding.
    try unsafe self.init(serialized: bytes.span.bytes)
  }
}

extension [UInt8] {
  mutating func append<T: FixedWidthInteger>(littleEndian value: T) {
    for shift in stride(from: 0, to: T.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> T(shift)))
    }
  }
}
