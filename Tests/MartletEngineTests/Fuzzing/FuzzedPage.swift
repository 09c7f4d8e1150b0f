import MartletEncoding
import MartletModel
import MartletSegmentFile
import MartletTestSupport

/// What lies in the blocks of all files, and is decoded by code that checks no bounds again: pages
/// of integers and texts, and compressed blocks.
struct FuzzedPage: FuzzedDecoder {
  enum Form: Hashable { case integers, texts, block }

  struct Input {
    var form: Form
    /// How many values the page shall have.
    var count: Int
    var bytes: [UInt8]
  }

  let seeds: [Input]

  init() {
    var seeds: [Input] = []
    for level in [0, 1] {
      for values in PageShapes.all + [PageShapes.all[3].map { $0 % 17 }] {
        for count in [7, 40, values.count] {
          let page = IntegerPage.encode(values[..<count], compressionLevel: level)
          seeds.append(Input(form: .integers, count: count, bytes: page))
        }
      }
    }
    let texts = (0..<60).map { Array("item \($0 * 7919) \($0 % 3)".utf8) }
    let sorted = texts.sorted { $0.lexicographicallyPrecedes($1) }
    let packed = (0..<60 as Range<UInt32>).map { number in
      let digits = String(1 << 31 | number &* 0x9E37_79B1 >> 1, radix: 16)
      return Array("item-\(digits)".utf8)
    }
    let same = [[UInt8]](repeating: texts[7], count: 9)
    for texts in [texts, sorted, [[], [1], [2, 2]], packed, same] {
      let ends = texts.indices.map { texts[...$0].reduce(0) { $0 + $1.count } }
      let arena = texts.flatMap { $0 }
      let page = TextPage.encode(arena, ends: ends[...], start: 0, compressionLevel: 1)
      seeds.append(Input(form: .texts, count: texts.count, bytes: page))
      for codec in Codec.allCases {
        let block = Block.compress(arena, codec: codec, level: 1)
        seeds.append(Input(form: .block, count: arena.count, bytes: block))
      }
    }
    self.seeds = seeds
  }

  func input(_ random: inout SplitMix64) -> Input {
    var input = random.pick(seeds)
    ByteDamage.some(&input.bytes, &random)
    if random.chance(0.03) {
      input.count = random.pick([0, 1, max(0, input.count - 1), input.count + 1, 8192, 8193])
    }
    return input
  }

  func bytes(of input: Input) -> [UInt8] { input.bytes }

  func read(_ input: Input) throws -> Int {
    var hasher = Hasher()
    let bytes = input.bytes
    // Who reads a page knows the file.
    try inFile(FuzzRun.fileName) { () throws(MartletError) in
      switch input.form {
      case .integers:
        var values = [Int64](repeating: 0, count: input.count)
        try IntegerPage.decode(bytes.rawSpan, count: input.count, into: &values, at: 0)
        hasher.combine(values)
      case .texts:
        var (arena, ends): ([UInt8], [Int]) = ([], [])
        try TextPage.decode(
          bytes.rawSpan, count: input.count, into: &arena, ends: &ends, limit: 1 << 20)
        hasher.combine(arena)
        hasher.combine(ends)
        try find(arena, ends, in: bytes)
      case .block: hasher.combine(try Block.decompress(bytes.rawSpan, limit: 1 << 20))
      }
    }
    return hasher.finalize()
  }

  /// Where strings are compared in place, each must be found where it was decoded.
  private func find(_ arena: [UInt8], _ ends: [Int], in page: [UInt8]) throws(MartletError) {
    guard PackedTexts.isForm(of: page.rawSpan) else { return }
    let texts = try PackedTexts(page.rawSpan, count: ends.count, limit: 1 << 20)
    for (index, end) in ends.enumerated() {
      let text = arena.rawSpan.extracting(end - texts.textByteCount..<end)
      let place = texts.firstIndex(of: text, in: index..<ends.count)
      precondition(place == index, "string \(index) lies at \(String(describing: place))")
    }
  }
}
