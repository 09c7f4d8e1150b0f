/// The form in which a block's members are stored. Raw values are the kernels' own.
enum BlockKind: UInt8, Sendable {
  /// Members as ascending 16-bit numbers, at most 4,096 of them.
  case array = 0
  /// 1,024 words of 64 bits.
  case bitset = 1
  /// Pairs of 16-bit numbers: first member, length - 1.
  case run = 2
}

/// Where one block (Roaring's "container") lies and what it holds: the members that share their
/// high 16 bits.
///
/// All payloads of a bitmap share one buffer; a block only points into it. So a bitmap is two
/// allocations however many blocks it has, and copying one is two reference counts.
struct Block: Sendable {
  /// The high 16 bits of every member.
  var key: UInt16
  /// Cardinality - 1, since a block has 1...65,536 members.
  private var cardinalityLessOne: UInt16
  /// Where the payload starts, in bytes from the start of the buffer.
  var byteOffset: UInt32
  /// The number of runs; 0 in the other forms.
  var runCount: UInt16
  /// How many 8-byte words the payload may grow to in place; 0 in a view.
  var wordCapacity: UInt16
  var kind: BlockKind

  init(
    key: UInt16, kind: BlockKind, cardinality: Int, runCount: Int = 0, byteOffset: Int,
    wordCapacity: Int
  ) {
    self.key = key
    self.cardinalityLessOne = UInt16(truncatingIfNeeded: cardinality &- 1)
    self.byteOffset = UInt32(truncatingIfNeeded: byteOffset)
    self.runCount = UInt16(truncatingIfNeeded: runCount)
    self.wordCapacity = UInt16(truncatingIfNeeded: wordCapacity)
    self.kind = kind
  }

  /// Number of members, 1...65,536.
  var cardinality: Int {
    get { Int(cardinalityLessOne) &+ 1 }
    set { cardinalityLessOne = UInt16(truncatingIfNeeded: newValue &- 1) }
  }

  /// Length of the payload, in bytes.
  var byteCount: Int {
    switch kind {
    case .array: 2 &* cardinality
    case .bitset: Format.bitsetByteCount
    case .run: 4 &* Int(runCount)
    }
  }

  /// Where the payload starts in a bitmap's own buffer.
  var wordOffset: Int { Int(byteOffset / 8) }

  /// The smallest member's value if its low half were 0.
  var base: UInt32 { UInt32(key) << 16 }
}
