import CMartletKernels

/// Integers in bytes, little-endian, at any alignment.
///
/// Safe: each position is checked against the length before it is read or written.
extension Kernels {
  @inline(__always)
  static func uint8(_ bytes: RawSpan, at position: Int) -> UInt8 {
    precondition(position >= 0 && position &+ 1 <= bytes.byteCount)
    return unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt8.self)
  }

  @inline(__always)
  static func uint16(_ bytes: RawSpan, at position: Int) -> UInt16 {
    precondition(position >= 0 && position &+ 2 <= bytes.byteCount)
    return unsafe UInt16(
      littleEndian: bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: position, as: UInt16.self))
  }

  @inline(__always)
  static func uint32(_ bytes: RawSpan, at position: Int) -> UInt32 {
    precondition(position >= 0 && position &+ 4 <= bytes.byteCount)
    return unsafe UInt32(
      littleEndian: bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: position, as: UInt32.self))
  }

  @inline(__always)
  static func uint64(_ bytes: RawSpan, at position: Int) -> UInt64 {
    precondition(position >= 0 && position &+ 8 <= bytes.byteCount)
    return unsafe UInt64(
      littleEndian: bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: position, as: UInt64.self))
  }

  /// 32-bit numbers in a row.
  struct UInt32List: ~Escapable {
    private let bytes: RawSpan
    let count: Int

    /// `count` numbers that start at `position`.
    @_lifetime(copy bytes)
    @inline(__always)
    init(_ bytes: RawSpan, at position: Int, count: Int) {
      self.bytes = bytes.extracting(position..<(position + 4 * count))
      self.count = count
    }

    subscript(index: Int) -> UInt32 {
      @inline(__always)
      get {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such number")
        // Safe: checked just above, and `init` checked that so many are there.
        return unsafe UInt32(
          littleEndian: bytes.unsafeLoadUnaligned(
            fromUncheckedByteOffset: 4 &* index, as: UInt32.self))
      }
    }
  }

  /// Appends the headers of arrays and bitsets that follow one another from `start` on. Returns
  /// where the last ends; nil if keys do not ascend or the stated offsets are not the actual ones.
  @inline(__always)
  static func appendHeaders(
    _ descriptions: borrowing UInt32List, _ offsets: borrowing UInt32List, from start: Int,
    to headers: inout OutputSpan<UInt64>
  ) -> Int? {
    unsafe headers.withUnsafeMutableBufferPointer { buffer, filled in
      let count = descriptions.count
      precondition(
        offsets.count == count && filled &+ Block.headerWordCount &* count <= buffer.count)
      var end = start
      var previousKey = -1
      var isSound = true
      for index in 0..<count {
        let description = descriptions[index]
        let key = UInt16(truncatingIfNeeded: description)
        let cardinality = Int(description &>> 16) &+ 1
        let kind: BlockKind = cardinality <= Format.arrayCardinalityMax ? .array : .bitset
        let block = Block(
          key: key, kind: kind, cardinality: cardinality, byteOffset: end, wordCapacity: 0)
        isSound = isSound && previousKey < Int(key) && Int(offsets[index]) == end
        previousKey = Int(key)
        end &+= block.byteCount
        // Safe: the room for `count` headers was checked before the loop.
        let word = filled &+ Block.headerWordCount &* index
        unsafe buffer.baseAddress.unsafelyUnwrapped[word] = block.word0
        unsafe buffer.baseAddress.unsafelyUnwrapped[word &+ 1] = block.word1
      }
      filled &+= Block.headerWordCount &* count
      return isSound ? end : nil
    }
  }

  @inline(__always)
  static func append<T: FixedWidthInteger & BitwiseCopyable>(
    _ value: T, to out: inout OutputSpan<UInt8>
  ) {
    unsafe out.withUnsafeMutableBufferPointer { buffer, count in
      let size = MemoryLayout<T>.size
      precondition(count &+ size <= buffer.count)
      // Safe: checked just above, and the count is positive.
      let target = unsafe UnsafeMutableRawPointer(buffer.baseAddress.unsafelyUnwrapped + count)
      unsafe target.storeBytes(of: value.littleEndian, as: T.self)
      count &+= size
    }
  }

  /// Appends a block's payload as it lies.
  static func appendPayload(
    of source: borrowing BlockSource, _ index: Int, to out: inout OutputSpan<UInt8>
  ) {
    unsafe read(source, index) { block in
      let size = unsafe Int(mk_block_bytes(block))
      unsafe out.withUnsafeMutableBufferPointer { buffer, count in
        precondition(count &+ size <= buffer.count)
        // Safe: checked just above; `read` checked the source; an output overlaps no input.
        unsafe UnsafeMutableRawPointer(buffer.baseAddress.unsafelyUnwrapped + count)
          .copyMemory(from: block.data, byteCount: size)
        count &+= size
      }
    }
  }

  /// Checks a block's payload. Returns what is wrong and where in the payload, counted in bytes.
  static func check(
    _ source: borrowing BlockSource, _ index: Int
  ) -> (reason: RoaringBitmapError.Reason, byteOffset: Int)? {
    let stated = source.blocks[index].cardinality
    return unsafe read(source, index) { block -> (RoaringBitmapError.Reason, Int)? in
      var place: UInt32 = 0
      var cardinality: UInt32 = 0
      switch unsafe Int(block.kind) {
      case MK_ARRAY:
        if unsafe mk_array_is_ascending(block.data, block.cardinality, &place) { return nil }
        return (.arrayOutOfOrder, 2 &* Int(place))
      case MK_BITSET:
        cardinality = unsafe mk_words_count(block.data)
      default:
        if !(unsafe mk_runs_are_valid(block.data, UInt32(block.runs), &cardinality, &place)) {
          return (.invalidRuns, 4 &* Int(place))
        }
      }
      if Int(cardinality) == stated { return nil }
      return (.wrongCardinality(stated: stated, actual: Int(cardinality)), 0)
    }
  }
}
