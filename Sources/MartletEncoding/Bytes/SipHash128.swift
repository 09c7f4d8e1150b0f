/// A keyed 128-bit hash: who does not know the key cannot make texts of equal hash.
///
/// SipHash-2-4 with its 128-bit output (Aumasson and Bernstein, "SipHash: a fast short-input PRF",
/// INDOCRYPT 2012, and the authors' reference code).
public struct SipHash128: Hashable, Sendable {
  /// The two halves of a key, or of a hash.
  public struct Pair: Hashable, Sendable, Comparable {
    public var low: UInt64
    public var high: UInt64

    public init(low: UInt64, high: UInt64) { (self.low, self.high) = (low, high) }

    public static func < (left: Pair, right: Pair) -> Bool {
      (left.high, left.low) < (right.high, right.low)
    }
  }

  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64

  private init(key: Pair) {
    v0 = 0x736f_6d65_7073_6575 ^ key.low
    v1 = 0x646f_7261_6e64_6f6d ^ key.high ^ 0xee
    v2 = 0x6c79_6765_6e65_7261 ^ key.low
    v3 = 0x7465_6462_7974_6573 ^ key.high
  }

  /// The hash of some bytes.
  /// - Complexity: O(bytes)
  public static func hash(_ bytes: RawSpan, key: Pair) -> Pair {
    var state = SipHash128(key: key)
    let count = bytes.byteCount
    var position = 0
    while position + 8 <= count {
      state.absorb(word(bytes, position, 8))
      position += 8
    }
    state.absorb(word(bytes, position, count - position) | UInt64(count & 0xff) << 56)
    state.v2 ^= 0xee
    state.rounds(4)
    let low = state.v0 ^ state.v1 ^ state.v2 ^ state.v3
    state.v1 ^= 0xdd
    state.rounds(4)
    return Pair(low: low, high: state.v0 ^ state.v1 ^ state.v2 ^ state.v3)
  }

  private static func word(_ bytes: RawSpan, _ position: Int, _ count: Int) -> UInt64 {
    var word: UInt64 = 0
    for offset in 0..<count {
      word |= UInt64(bytes.byte(at: position + offset)) << UInt64(8 * offset)
    }
    return word
  }

  private mutating func absorb(_ word: UInt64) {
    v3 ^= word
    rounds(2)
    v0 ^= word
  }

  private mutating func rounds(_ count: Int) {
    func rotate(_ value: UInt64, _ by: UInt64) -> UInt64 { value << by | value >> (64 - by) }
    for _ in 0..<count {
      v0 &+= v1
      v1 = rotate(v1, 13) ^ v0
      v0 = rotate(v0, 32)
      v2 &+= v3
      v3 = rotate(v3, 16) ^ v2
      v0 &+= v3
      v3 = rotate(v3, 21) ^ v0
      v2 &+= v1
      v1 = rotate(v1, 17) ^ v2
      v2 = rotate(v2, 32)
    }
  }
}
