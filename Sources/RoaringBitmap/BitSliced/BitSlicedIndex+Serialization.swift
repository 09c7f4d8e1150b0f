/// The stored form (`formats/bitsliced.md`).
extension BitSlicedIndex {
  /// The index as bytes.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public func serialized() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: BitSlicedFormat.magic)
    bytes.append(littleEndian: BitSlicedFormat.version)
    bytes.append(UInt8(scale))
    bytes.append(UInt8(slices.count))
    bytes.append(littleEndian: UInt64(bitPattern: base))
    for bitmap in [members] + slices {
      let image = bitmap.runOptimized().serialized()
      bytes.append(littleEndian: UInt32(image.count))
      bytes.append(contentsOf: image)
    }
    return bytes
  }

  /// Reads the stored form, trusting nothing.
  ///
  /// - Throws: ``BitSlicedIndexError``, saying what is wrong and at which byte.
  /// - Complexity: O(*m*), the compressed size.
  public init(serialized bytes: RawSpan) throws(BitSlicedIndexError) {
    guard bytes.byteCount >= BitSlicedFormat.headerByteCount else {
      throw BitSlicedIndexError(.truncated, at: bytes.byteCount)
    }
    let magic = Kernels.uint32(bytes, at: 0)
    guard magic == BitSlicedFormat.magic else {
      throw BitSlicedIndexError(.unknownMagic(magic), at: 0)
    }
    let version = Kernels.uint16(bytes, at: 4)
    guard version == BitSlicedFormat.version else {
      throw BitSlicedIndexError(.unknownVersion(Int(version)), at: 4)
    }
    let scale = Int(Kernels.uint8(bytes, at: 6))
    guard Self.scales.contains(scale) else {
      throw BitSlicedIndexError(.invalidScale(scale), at: 6)
    }
    let sliceCount = Int(Kernels.uint8(bytes, at: 7))
    guard sliceCount <= 64 else {
      throw BitSlicedIndexError(.invalidSliceCount(sliceCount), at: 7)
    }
    self.init(scale: scale)
    base = Int64(bitPattern: Kernels.uint64(bytes, at: 8))
    var position = BitSlicedFormat.headerByteCount
    members = try Self.bitmap(bytes, &position)
    for slice in 0..<sliceCount {
      let start = position
      let bitmap = try Self.bitmap(bytes, &position)
      guard bitmap.isSubset(of: members) else {
        throw BitSlicedIndexError(.strayMembers(slice: slice), at: start)
      }
      slices.append(bitmap)
    }
    guard position == bytes.byteCount else {
      throw BitSlicedIndexError(.trailingBytes(bytes.byteCount - position), at: position)
    }
    if slices.last?.isEmpty == true {
      throw BitSlicedIndexError(.invalidSliceCount(sliceCount), at: 7)
    }
    guard base <= 0, (largestNumber ?? 0) <= Int128(Int64.max) else {
      throw BitSlicedIndexError(.invalidBase(base), at: 8)
    }
  }

  /// Reads the stored form, as ``init(serialized:)-(RawSpan)``.
  ///
  /// - Throws: ``BitSlicedIndexError``, saying what is wrong and at which byte.
  /// - Complexity: O(*m*), the compressed size.
  public init(serialized bytes: [UInt8]) throws(BitSlicedIndexError) {
    // Safe: bytes have no padding.
    try unsafe self.init(serialized: bytes.span.bytes)
  }

  private static func bitmap(
    _ bytes: RawSpan, _ position: inout Int
  ) throws(BitSlicedIndexError) -> RoaringBitmap {
    guard position + 4 <= bytes.byteCount else {
      throw BitSlicedIndexError(.truncated, at: bytes.byteCount)
    }
    let start = position + 4
    let end = start + Int(Kernels.uint32(bytes, at: position))
    guard end <= bytes.byteCount else {
      throw BitSlicedIndexError(.truncated, at: bytes.byteCount)
    }
    position = end
    do throws(RoaringBitmapError) {
      return try RoaringBitmap(serialized: bytes.extracting(start..<end))
    } catch {
      throw BitSlicedIndexError(.invalidBitmap(error), at: start + error.byteOffset)
    }
  }
}

/// The constants of the stored form; see `formats/bitsliced.md`.
private enum BitSlicedFormat {
  /// `MBSI`, read as a little-endian number.
  static let magic: UInt32 = 0x4953_424d
  static let version: UInt16 = 1
  /// Magic, version, scale, slice count, base.
  static let headerByteCount = 16
}
