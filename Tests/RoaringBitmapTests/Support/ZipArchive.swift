/// The files of a zip archive, stored or deflated.
struct ZipArchive {
  let files: [(name: String, bytes: [UInt8])]

  init(_ bytes: [UInt8]) throws {
    func number(_ at: Int, _ size: Int) -> Int {
      (0..<size).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }
    // The end of the central directory: its signature, searched from the back.
    guard var at = (0...(bytes.count - 22)).last(where: { number($0, 4) == 0x0605_4b50 }) else {
      throw Inflater.Failure()
    }
    let count = number(at + 10, 2)
    at = number(at + 16, 4)
    var files: [(String, [UInt8])] = []
    for _ in 0..<count {
      let method = number(at + 10, 2)
      let packed = number(at + 20, 4)
      let nameLength = number(at + 28, 2)
      let local = number(at + 42, 4)
      let name = String(decoding: bytes[(at + 46)..<(at + 46 + nameLength)], as: UTF8.self)
      let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
      let data = bytes[start..<(start + packed)]
      if method == 0 {
        files.append((name, Array(data)))
      } else {
        var inflater = Inflater(data)
        files.append((name, try inflater.run()))
      }
      at += 46 + nameLength + number(at + 30, 2) + number(at + 32, 2)
    }
    self.files = files
  }
}

/// DEFLATE (RFC 1951), in the manner of M. Adler's `puff`: slow and small.
struct Inflater {
  struct Failure: Error {}

  private let input: [UInt8]
  private var position = 0
  private var bits = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  init(_ input: ArraySlice<UInt8>) { self.input = Array(input) }

  private struct Codes {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    init(_ lengths: ArraySlice<Int>) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      var offsets = [Int](repeating: 0, count: 16)
      for length in 1..<15 { offsets[length + 1] = offsets[length] + counts[length] }
      symbols = [Int](repeating: 0, count: lengths.count)
      for (symbol, length) in lengths.enumerated() where length != 0 {
        symbols[offsets[length]] = symbol
        offsets[length] += 1
      }
    }
  }

  mutating func run() throws -> [UInt8] {
    while true {
      let isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copyStored()
      case 1:
        let lengths =
          [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112)
          + [Int](repeating: 7, count: 24) + [Int](repeating: 8, count: 8)
        try expand(Codes(lengths[...]), Codes([Int](repeating: 5, count: 30)[...]))
      case 2: try expandDynamic()
      default: throw Failure()
      }
      if isLast { return output }
    }
  }

  private mutating func take(_ count: Int) throws -> Int {
    while bitCount < count {
      guard position < input.count else { throw Failure() }
      bits |= Int(input[position]) << bitCount
      position += 1
      bitCount += 8
    }
    defer {
      bits >>= count
      bitCount -= count
    }
    return bits & ((1 << count) - 1)
  }

  private mutating func copyStored() throws {
    bits = 0
    bitCount = 0
    let count = try take(16)
    _ = try take(16)
    output.append(contentsOf: input[position..<(position + count)])
    position += count
  }

  private mutating func symbol(_ codes: Codes) throws -> Int {
    var code = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      code |= try take(1)
      let count = codes.counts[length]
      if code - count < first { return codes.symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw Failure()
  }

  private mutating func expandDynamic() throws {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let codeCount = try take(4) + 4
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var lengths = [Int](repeating: 0, count: 19)
    for i in 0..<codeCount { lengths[order[i]] = try take(3) }
    let codes = Codes(lengths[...])
    lengths = []
    while lengths.count < literalCount + distanceCount {
      let next = try symbol(codes)
      switch next {
      case 0..<16: lengths.append(next)
      case 16:
        guard let last = lengths.last else { throw Failure() }
        for _ in 0..<(try take(2) + 3) { lengths.append(last) }
      case 17: for _ in 0..<(try take(3) + 3) { lengths.append(0) }
      default: for _ in 0..<(try take(7) + 11) { lengths.append(0) }
      }
    }
    try expand(Codes(lengths[..<literalCount]), Codes(lengths[literalCount...]))
  }

  private mutating func expand(_ literals: Codes, _ distances: Codes) throws {
    let lengthBase = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
      131, 163, 195, 227, 258,
    ]
    let distanceBase = [
      1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537,
      2_049, 3_073, 4_097, 6_145, 8_193, 12_289, 16_385, 24_577,
    ]
    while true {
      let next = try symbol(literals)
      if next < 256 {
        output.append(UInt8(next))
        continue
      }
      if next == 256 { return }
      let extra = next < 265 || next == 285 ? 0 : (next - 261) / 4
      let length = lengthBase[next - 257] + (try take(extra))
      let code = try symbol(distances)
      let distance = distanceBase[code] + (try take(code < 4 ? 0 : code / 2 - 1))
      guard distance <= output.count else { throw Failure() }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }
}
