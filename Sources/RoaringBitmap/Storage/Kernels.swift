import CMartletKernels

/// The one door to the C kernels for reading blocks and writing new ones.
///
/// Safe: a kernel reads the payload that a block announces, and nothing else; `operand` checks
/// that it lies within the source's bytes. A kernel writes at most the bound stated for it plus
/// `Format.slackWordCount` words; `write` checks that the output has that room. The pointers do
/// not outlive the call. The kernels need no alignment of what they read, and the output is an
/// array of `UInt64`.
enum Kernels {
  typealias Binary =
    @convention(c) (UnsafeMutableRawPointer?, mk_block, mk_block) -> mk_result

  /// A block without its payload: what the bounds need.
  @inline(__always)
  static func shape(_ block: Block) -> mk_block {
    unsafe mk_block(
      data: nil, cardinality: UInt32(truncatingIfNeeded: block.cardinality),
      runs: UInt16(truncatingIfNeeded: block.runCount), kind: UInt16(block.kind.rawValue))
  }

  @inline(__always)
  static func operand(_ block: Block, _ bytes: UnsafeRawBufferPointer) -> mk_block {
    let start = block.byteOffset
    precondition(start &+ block.byteCount <= bytes.count, "a block lies outside its buffer")
    // Safe: checked just above; the buffer has a base address, for no block is empty.
    return unsafe mk_block(
      data: bytes.baseAddress.unsafelyUnwrapped + start,
      cardinality: UInt32(truncatingIfNeeded: block.cardinality),
      runs: UInt16(truncatingIfNeeded: block.runCount), kind: UInt16(block.kind.rawValue))
  }

  /// Calls `body` with block `index` of `source`.
  @inline(__always)
  static func read<R>(
    _ source: borrowing BlockSource, _ index: Int, _ body: (mk_block) -> R
  ) -> R {
    let block = source.blocks[index]
    return unsafe source.bytes.withUnsafeBytes { bytes in
      unsafe body(operand(block, bytes))
    }
  }

  /// Calls `body` with a block of each source.
  @inline(__always)
  static func read<R>(
    _ a: borrowing BlockSource, _ i: Int, _ b: borrowing BlockSource, _ j: Int,
    _ body: (mk_block, mk_block) -> R
  ) -> R {
    let x = a.blocks[i]
    let y = b.blocks[j]
    return unsafe a.bytes.withUnsafeBytes { inA in
      unsafe b.bytes.withUnsafeBytes { inB in
        unsafe body(operand(x, inA), operand(y, inB))
      }
    }
  }

  /// Lets a kernel write a block of at most `bound` bytes at the end of `words`. Returns what it
  /// wrote; an empty result leaves `words` as it was.
  @inline(__always)
  static func write(
    bound: Int, into words: inout OutputSpan<UInt64>,
    _ body: (UnsafeMutableRawPointer) -> mk_result
  ) -> mk_result {
    unsafe words.withUnsafeMutableBufferPointer { buffer, count in
      let room = buffer.count &- count
      precondition(
        (bound &+ 7) / 8 &+ Format.slackWordCount <= room, "a block outgrows its buffer")
      // Safe: there is room, so the buffer has a base address, and `count` is within it.
      let start = unsafe UnsafeMutableRawPointer(
        buffer.baseAddress.unsafelyUnwrapped + count)
      let result = unsafe body(start)
      unsafe mk_pad(start, result.bytes)
      count &+= Int(result.bytes &+ 7) / 8
      return result
    }
  }

  /// Appends words unchanged.
  static func copyWords(_ words: Span<UInt64>, to out: inout OutputSpan<UInt64>) {
    unsafe words.withUnsafeBufferPointer { from in
      unsafe out.withUnsafeMutableBufferPointer { buffer, count in
        precondition(from.count <= buffer.count &- count)
        // Safe: checked just above, and an output overlaps no input.
        if let source = from.baseAddress, let target = buffer.baseAddress {
          unsafe (target + count).update(from: source, count: from.count)
        }
        count &+= from.count
      }
    }
  }
}
