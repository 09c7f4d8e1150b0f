import CMartletKernels

/// Blocks from words and from numbers.
///
/// Safe: a kernel reads the whole of the span it is given and writes at most 8 KiB (checked in
/// `write`).
extension Kernels {
  /// Appends a block of what 1,024 words hold: no more than `limit` members.
  static func store(
    _ words: Span<UInt64>, key: UInt16, limit: Int = Format.blockMembers,
    to blocks: inout Int, _ out: inout OutputSpan<UInt64>
  ) {
    precondition(words.count == Format.bitsetWordCount, "a block has 1,024 words")
    let start = out.count
    let bound = Swift.min(2 &* limit, Format.bitsetByteCount)
    let result = unsafe words.withUnsafeBufferPointer { from in
      unsafe write(bound: bound, into: &out) { to in
        unsafe mk_words_store(to, from.baseAddress)
      }
    }
    append(result, key: key, at: start, to: &blocks, &out)
  }

  /// Appends a block of strictly ascending low halves.
  static func store(
    _ lows: Span<UInt16>, key: UInt16, to blocks: inout Int,
    _ out: inout OutputSpan<UInt64>
  ) {
    precondition(lows.count <= Format.blockMembers, "a block has at most 65,536 members")
    if lows.isEmpty { return }
    let start = out.count
    let bound = Swift.min(2 &* lows.count, Format.bitsetByteCount)
    let result = unsafe lows.withUnsafeBufferPointer { from in
      unsafe write(bound: bound, into: &out) { to in
        unsafe mk_lows_store(to, from.baseAddress, UInt32(truncatingIfNeeded: from.count))
      }
    }
    append(result, key: key, at: start, to: &blocks, &out)
  }

  /// Appends a block of strictly ascending numbers that share their high half.
  static func store(
    _ values: Span<UInt32>, to blocks: inout Int, _ out: inout OutputSpan<UInt64>
  ) {
    precondition(values.count <= Format.blockMembers, "a block has at most 65,536 members")
    if values.isEmpty { return }
    let start = out.count
    let key = UInt16(truncatingIfNeeded: values[0] >> 16)
    let bound = Swift.min(2 &* values.count, Format.bitsetByteCount)
    let result = unsafe values.withUnsafeBufferPointer { from in
      unsafe write(bound: bound, into: &out) { to in
        unsafe mk_values_store(to, from.baseAddress, UInt32(truncatingIfNeeded: from.count))
      }
    }
    append(result, key: key, at: start, to: &blocks, &out)
  }

  /// Length of the strictly ascending stretch at the start.
  static func sortedPrefix(_ values: Span<UInt32>) -> Int {
    unsafe values.withUnsafeBufferPointer {
      unsafe mk_sorted_prefix($0.baseAddress, $0.count)
    }
  }

  /// Of ascending values: length of the stretch that shares the first one's high half.
  static func sameHighPrefix(_ values: Span<UInt32>) -> Int {
    unsafe values.withUnsafeBufferPointer {
      unsafe mk_same_high_prefix($0.baseAddress, $0.count)
    }
  }

  /// Splits numbers by high half: how many each has, and their low halves one after another.
  static func partition(_ values: Span<UInt32>) -> (counts: [UInt32], lows: [UInt16]) {
    precondition(values.count <= Int(UInt32.max), "more numbers than there are")
    var counts = [UInt32](repeating: 0, count: Format.blockCountMax)
    unsafe values.withUnsafeBufferPointer { from in
      unsafe counts.withUnsafeMutableBufferPointer {
        // Safe: a high half is below 65,536, the number of counts.
        unsafe mk_count_highs($0.baseAddress, from.baseAddress, from.count)
      }
    }
    var places = counts
    var sum: UInt32 = 0
    for key in places.indices {
      let count = places[key]
      places[key] = sum
      sum &+= count
    }
    let lows = [UInt16](reserving: values.count) { out in
      unsafe values.withUnsafeBufferPointer { from in
        unsafe out.withUnsafeMutableBufferPointer { buffer, count in
          unsafe places.withUnsafeMutableBufferPointer {
            // Safe: the places were counted from these same values, so each is written once.
            unsafe mk_scatter_lows(buffer.baseAddress, $0.baseAddress, from.baseAddress, from.count)
          }
          count = from.count
        }
      }
    }
    return (counts, lows)
  }

  /// Appends a block of low halves in any order, repeats allowed. `scratch` is 1,024 zeros, before
  /// and after.
  static func store(
    unordered lows: Span<UInt16>, scratch: inout [UInt64], key: UInt16,
    to blocks: inout Int, _ out: inout OutputSpan<UInt64>
  ) {
    precondition(scratch.count == Format.bitsetWordCount, "a block has 1,024 words")
    let start = out.count
    let bound = Swift.min(2 &* lows.count, Format.bitsetByteCount)
    let result = unsafe lows.withUnsafeBufferPointer { from in
      unsafe scratch.withUnsafeMutableBufferPointer { words in
        unsafe write(bound: bound, into: &out) { to in
          unsafe mk_unordered_store(to, words.baseAddress, from.baseAddress, from.count)
        }
      }
    }
    append(result, key: key, at: start, to: &blocks, &out)
  }

  /// Whether low halves ascend strictly.
  static func ascends(_ lows: Span<UInt16>) -> Bool {
    unsafe lows.withUnsafeBufferPointer {
      var place: UInt32 = 0
      return unsafe mk_array_is_ascending(
        $0.baseAddress, UInt32(clamping: $0.count), &place)
    }
  }

  /// Appends a block in its smallest form.
  static func copySmallest(
    _ source: borrowing BlockSource, _ index: Int, to blocks: inout Int,
    _ out: inout OutputSpan<UInt64>
  ) {
    let block = source.blocks[index]
    let start = out.count
    let plain = Swift.min(2 &* block.cardinality, Format.bitsetByteCount)
    let bound = Swift.min(Swift.max(block.byteCount, plain), Format.bitsetByteCount)
    let result = unsafe read(source, index) { operand in
      unsafe write(bound: bound, into: &out) { to in
        unsafe mk_block_store_smallest(to, operand)
      }
    }
    append(result, key: block.key, at: start, to: &blocks, &out)
  }
}
