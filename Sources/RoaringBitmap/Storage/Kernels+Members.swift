import CMartletKernels

/// Members of a block as numbers, and blocks into words.
///
/// Safe: each kernel is told how much room the output has and writes no more.
extension Kernels {
  /// Appends the members of a block from the one with `skip` smaller ones on, as many as fit.
  @inline(__always)
  static func members(
    of source: borrowing BlockSource, _ index: Int, skipping skip: Int,
    to out: inout OutputSpan<UInt32>
  ) {
    let base = source.blocks[index].base
    unsafe read(source, index) { block in
      unsafe out.withUnsafeMutableBufferPointer { buffer, count in
        guard let start = buffer.baseAddress else { return }
        let room = UInt32(clamping: buffer.count &- count)
        count &+= unsafe Int(
          mk_block_values32(
            start + count, room, block, base, UInt32(truncatingIfNeeded: skip)))
      }
    }
  }

  /// Writes the members of a block from the one with `skip` smaller ones on, as many as fit behind
  /// the first `filled`. Returns how many.
  @inline(__always)
  static func members(
    of source: borrowing BlockSource, _ index: Int, skipping skip: Int,
    to out: inout MutableSpan<UInt32>, at filled: Int
  ) -> Int {
    let base = source.blocks[index].base
    return unsafe read(source, index) { block in
      unsafe out.withUnsafeMutableBufferPointer { buffer in
        precondition(filled >= 0 && filled < buffer.count, "no room for members")
        // Safe: checked just above, so the buffer has a base address.
        return unsafe Int(
          mk_block_values32(
            buffer.baseAddress.unsafelyUnwrapped + filled, UInt32(clamping: buffer.count &- filled),
            block, base, UInt32(truncatingIfNeeded: skip)))
      }
    }
  }

  /// The low halves of a block's members.
  static func lows(of source: borrowing BlockSource, _ index: Int) -> [UInt16] {
    [UInt16](reserving: source.blocks[index].cardinality) { out in
      unsafe read(source, index) { block in
        unsafe out.withUnsafeMutableBufferPointer { buffer, count in
          guard let start = buffer.baseAddress else { return }
          count = unsafe Int(
            mk_block_values16(start, UInt32(clamping: buffer.count), block))
        }
      }
    }
  }

  /// Combines a block into 1,024 words.
  @inline(__always)
  static func combine(
    _ source: borrowing BlockSource, _ index: Int, into words: inout MutableSpan<UInt64>,
    _ operation: SetOperation
  ) {
    precondition(words.count == Format.bitsetWordCount, "a block has 1,024 words")
    unsafe read(source, index) { block in
      unsafe words.withUnsafeMutableBufferPointer { buffer in
        switch operation {
        case .intersection: unsafe mk_words_and(buffer.baseAddress, block)
        case .union: unsafe mk_words_or(buffer.baseAddress, block)
        case .symmetricDifference: unsafe mk_words_xor(buffer.baseAddress, block)
        case .subtraction: unsafe mk_words_andnot(buffer.baseAddress, block)
        }
      }
    }
  }
}
