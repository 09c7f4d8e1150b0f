import CMartletKernels

/// New blocks at the end of an output: payload and header together.
extension Kernels {
  /// Appends the header of what `write` wrote at word `start`, unless it is empty.
  @inline(__always)
  static func append(
    _ result: mk_result, key: UInt16, at start: Int, to blocks: inout Int,
    _ words: inout OutputSpan<UInt64>
  ) {
    if result.cardinality == 0 { return }
    append(
      Block(
        key: key, kind: kind(of: result), cardinality: Int(result.cardinality),
        runCount: Int(result.runs), byteOffset: start &* 8,
        wordCapacity: Int(result.bytes &+ 7) / 8), to: &blocks, &words)
  }

  /// Appends a header: there is room for it at the start of the words.
  @inline(__always)
  static func append(_ block: Block, to blocks: inout Int, _ words: inout OutputSpan<UInt64>) {
    words[Block.headerWordCount &* blocks] = block.word0
    words[Block.headerWordCount &* blocks &+ 1] = block.word1
    blocks &+= 1
  }

  @inline(__always)
  static func kind(of result: mk_result) -> BlockKind {
    switch Int(result.kind) {
    case MK_ARRAY: .array
    case MK_BITSET: .bitset
    default: .run
    }
  }

  /// Copies a block as it is.
  @inline(__always)
  static func copy(
    _ source: borrowing BlockSource, _ index: Int, to blocks: inout Int,
    _ words: inout OutputSpan<UInt64>
  ) {
    let block = source.blocks[index]
    let start = words.count
    let bound = copyBound(block)
    let result = unsafe read(source, index) { operand in
      unsafe write(bound: bound, into: &words) { out in unsafe mk_block_copy(out, operand) }
    }
    append(result, key: block.key, at: start, to: &blocks, &words)
  }

  /// Appends `a op b` for two blocks of one key.
  @inline(__always)
  static func combine(
    _ a: borrowing BlockSource, _ i: Int, _ b: borrowing BlockSource, _ j: Int, bound: Int,
    _ operation: SetOperation, to blocks: inout Int,
    _ words: inout OutputSpan<UInt64>
  ) {
    let start = words.count
    let result = unsafe read(a, i, b, j) { x, y in
      unsafe write(bound: bound, into: &words) { out in
        switch operation {
        case .intersection: unsafe mk_block_and(out, x, y)
        case .union: unsafe mk_block_or(out, x, y)
        case .symmetricDifference: unsafe mk_block_xor(out, x, y)
        case .subtraction: unsafe mk_block_andnot(out, x, y)
        }
      }
    }
    append(result, key: a.blocks[i].key, at: start, to: &blocks, &words)
  }
}

/// The four operations of set algebra on two operands.
enum SetOperation {
  case intersection
  case union
  case symmetricDifference
  case subtraction
}
