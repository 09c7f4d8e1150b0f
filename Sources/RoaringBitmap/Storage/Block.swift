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
/// high 16 bits. Its header is two words, decoded and encoded here.
///
/// ```
/// word 0: key 16 bits, cardinality - 1 16 bits, byte offset 32 bits
/// word 1: number of runs 16 bits, capacity in words 16 bits, kind 8 bits
/// ```
struct Block: Sendable {
  /// Words of a header.
  static let headerWordCount = 2

  private(set) var word0: UInt64
  private(set) var word1: UInt64

  @inline(__always)
  init(word0: UInt64, word1: UInt64) {
    self.word0 = word0
    self.word1 = word1
  }

  @inline(__always)
  init(
    key: UInt16, kind: BlockKind, cardinality: Int, runCount: Int = 0, byteOffset: Int,
    wordCapacity: Int
  ) {
    word0 =
      UInt64(key) | (UInt64(truncatingIfNeeded: cardinality &- 1) & 0xffff) &<< 16
      | UInt64(truncatingIfNeeded: byteOffset) &<< 32
    word1 =
      UInt64(truncatingIfNeeded: runCount) | UInt64(truncatingIfNeeded: wordCapacity) &<< 16
      | UInt64(kind.rawValue) &<< 32
  }

  /// The high 16 bits of every member.
  var key: UInt16 { UInt16(truncatingIfNeeded: word0) }

  /// Number of members, 1...65,536.
  var cardinality: Int {
    get { Int(truncatingIfNeeded: word0 &>> 16 & 0xffff) &+ 1 }
    set {
      word0 = word0 & ~(0xffff << 16) | (UInt64(truncatingIfNeeded: newValue &- 1) & 0xffff) &<< 16
    }
  }

  /// Where the payload starts, in bytes from the start of the buffer.
  var byteOffset: Int {
    get { Int(truncatingIfNeeded: word0 &>> 32) }
    set { word0 = word0 & 0xffff_ffff | UInt64(truncatingIfNeeded: newValue) &<< 32 }
  }

  /// Where the payload starts in a bitmap's own buffer.
  var wordOffset: Int { byteOffset / 8 }

  /// The number of runs; 0 in the other forms.
  var runCount: Int { Int(truncatingIfNeeded: word1 & 0xffff) }

  /// How many words the payload may grow to in place; 0 in a view.
  var wordCapacity: Int {
    get { Int(truncatingIfNeeded: word1 &>> 16 & 0xffff) }
    set { word1 = word1 & ~(0xffff << 16) | UInt64(truncatingIfNeeded: newValue) &<< 16 }
  }

  var kind: BlockKind {
    switch word1 &>> 32 {
    case 0: .array
    case 1: .bitset
    default: .run
    }
  }

  /// Length of the payload, in bytes.
  var byteCount: Int {
    switch kind {
    case .array: 2 &* cardinality
    case .bitset: Format.bitsetByteCount
    case .run: 4 &* runCount
    }
  }

  /// The smallest member's value if its low half were 0.
  var base: UInt32 { UInt32(key) << 16 }
}
