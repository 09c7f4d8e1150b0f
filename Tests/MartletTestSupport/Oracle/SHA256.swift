public import MartletModel

/// SHA-256, as FIPS 180-4 spells it out.
public enum SHA256 {
  /// Fractional parts of the cube roots of the first 64 primes.
  private static let roundConstants = primes(64).map { fractionBits(ofRoot: 3, of: $0) }
  /// Fractional parts of the square roots of the first 8 primes.
  private static let initialState = primes(8).map { fractionBits(ofRoot: 2, of: $0) }

  /// Hexadecimal digest of the ids, sorted by UTF-8 bytes, each followed by a newline.
  public static func ofLines(_ ids: some Sequence<Text>) -> String {
    let sorted = ids.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    return hexadecimal(sorted.flatMap { $0 + [10] })
  }

  /// Digest of the bytes, in lowercase hexadecimal.
  public static func hexadecimal(_ message: [UInt8]) -> String {
    var padded = message + [0x80]
    padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
    padded += (0..<8).reversed().map { UInt8(truncatingIfNeeded: (message.count * 8) >> ($0 * 8)) }
    var state = initialState
    for start in stride(from: 0, to: padded.count, by: 64) {
      let block = mix(padded[start..<start + 64], state)
      state = zip(state, block).map { $0 &+ $1 }
    }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }.joined()
  }

  private static func mix(_ block: ArraySlice<UInt8>, _ state: [UInt32]) -> [UInt32] {
    var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { place in
      block[place..<place + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    for place in 16..<64 {
      let (near, far) = (words[place - 2], words[place - 15])
      let low = turn(far, 7) ^ turn(far, 18) ^ far >> 3
      let high = turn(near, 17) ^ turn(near, 19) ^ near >> 10
      words.append(words[place - 16] &+ low &+ words[place - 7] &+ high)
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for place in 0..<64 {
      let choice = (e & f) ^ (~e & g)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      let first =
        h &+ (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) &+ choice &+ roundConstants[place]
        &+ words[place]
      let second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) &+ majority
      (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
    }
    return [a, b, c, d, e, f, g, h]
  }

  private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  private static func primes(_ count: Int) -> [UInt64] {
    var found: [UInt64] = []
    var candidate: UInt64 = 2
    while found.count < count {
      if !found.contains(where: { candidate % $0 == 0 }) { found.append(candidate) }
      candidate += 1
    }
    return found
  }

  /// The first 32 fraction bits of a square or cube root: the largest `r` with
  /// `r^degree <= value × 2^(32 × degree)`, by bisection.
  private static func fractionBits(ofRoot degree: Int, of value: UInt64) -> UInt32 {
    let target = UInt128(value) << UInt128(32 * degree)
    var (low, high): (UInt128, UInt128) = (0, 1 << 37)
    while high - low > 1 {
      let middle = (low + high) / 2
      let power = degree == 2 ? middle * middle : middle * middle * middle
      if power <= target { low = middle } else { high = middle }
    }
    return UInt32(truncatingIfNeeded: low)
  }
}
