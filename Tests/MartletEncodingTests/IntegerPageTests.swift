import MartletEncoding
import MartletModel
import Testing

@Suite("Integer pages")
struct IntegerPageTests {
  static let seed: UInt64 = 20_260_301

  static func decode(_ page: [UInt8], count: Int) throws(MartletError) -> [Int64] {
    var values = [Int64](repeating: -1, count: count)
    try IntegerPage.decode(page.rawSpan, count: count, into: &values, at: 0)
    return values
  }

  @Test(
    "What goes in comes out, for every shape and size",
    arguments: [1, 2, 3, 7, 8, 9, 63, 64, 65, 1000, 4097, 8192])
  func roundTrip(count: Int) throws {
    for sample in IntegerSample.all(count: count, seed: Self.seed) {
      let page = IntegerPage.encode(sample.values[...])
      let decoded = try Self.decode(page, count: count)
      #expect(decoded == sample.values, "\(sample.testDescription), seed \(Self.seed)")
    }
  }

  @Test("The largest page")
  func largest() throws {
    let samples = IntegerSample.all(count: Format.pageValueCountMax, seed: Self.seed)
    for sample in samples where !sample.name.hasSuffix("bits") {
      let decoded = try Self.decode(
        IntegerPage.encode(sample.values[...]), count: Format.pageValueCountMax)
      #expect(decoded == sample.values, "\(sample.testDescription), seed \(Self.seed)")
    }
  }

  @Test("Level 0 does without zstd")
  func uncompressed() throws {
    for sample in IntegerSample.all(count: 3000, seed: Self.seed) {
      let page = IntegerPage.encode(sample.values[...], compressionLevel: 0)
      #expect(![4, 5, 7, 8].contains(page[0]))
      #expect(try Self.decode(page, count: 3000) == sample.values)
    }
  }

  @Test("A page of a slice, decoded to the middle of an array, touches nothing else")
  func slices() throws {
    let values = (0..<100).map { Int64($0 * $0) }
    let page = IntegerPage.encode(values[20..<70])
    var output = [Int64](repeating: -1, count: 60)
    try IntegerPage.decode(page.rawSpan, count: 50, into: &output, at: 6)
    #expect(output == Array(repeating: -1, count: 6) + values[20..<70] + [-1, -1, -1, -1])
  }

  @Test("No page is much larger than packed values would be")
  func sizes() {
    for sample in IntegerSample.all(count: 8192, seed: Self.seed) {
      let low = sample.values.min() ?? 0
      let high = sample.values.max() ?? 0
      let width = 64 - UInt64(bitPattern: high &- low).leadingZeroBitCount
      let page = IntegerPage.encode(sample.values[...])
      #expect(page.count <= 8192 / 8 * width + 22, "\(sample.testDescription), \(page.count)")
    }
  }

  @Test(
    "Each shape gets the form that suits it",
    arguments: [
      ("constant", 3), ("arithmetic", 8), ("days", 8210), ("seconds", 24_600),
      ("skewed bits", 400), ("long runs", 80), ("repeated pattern", 100), ("one outlier", 40),
      ("ordinals", 5400), ("powers", 16_000), ("bursts", 22_000),
    ])
  func forms(name: String, byteCountMax: Int) throws {
    let samples = IntegerSample.all(count: 8192, seed: Self.seed)
    let sample = try #require(samples.first { $0.name == name })
    #expect(IntegerPage.encode(sample.values[...]).count <= byteCountMax)
  }

  @Test("The first byte of every scheme occurs")
  func schemes() {
    let samples = IntegerSample.all(count: 8192, seed: Self.seed)
    let schemes = Set(samples.map { IntegerPage.encode($0.values[...])[0] })
    #expect(schemes == Set(0...8))
  }

  @Test("The same values give the same bytes")
  func determinism() {
    for sample in IntegerSample.all(count: 5000, seed: Self.seed) {
      #expect(IntegerPage.encode(sample.values[...]) == IntegerPage.encode(sample.values[...]))
    }
  }

  @Test("Damage never traps and never reads out of bounds", arguments: [1, 2, 9, 40, 300])
  func damage(count: Int) {
    for sample in IntegerSample.all(count: count, seed: Self.seed)
    where sample.values.count < 300 || !sample.name.hasSuffix("bits") {
      let page = IntegerPage.encode(sample.values[...])
      expectDamageIsHarmless(page, "\(sample.testDescription), seed \(Self.seed)") { damaged in
        let decoded = try Self.decode(damaged, count: count)
        #expect(decoded.count == count)
      }
    }
  }

  @Test("A page of another count is refused, or constant")
  func wrongCount() throws {
    for sample in IntegerSample.all(count: 100, seed: Self.seed) {
      let page = IntegerPage.encode(sample.values[...])
      if page[0] == 0 { continue }
      // Runs that are all equally long fit any multiple; width 0 fits any count.
      for count in [1, 50, 92, 108, 200, 65_536] where page[0] != 2 || page.last != 0 {
        let error = error(of: { _ = try Self.decode(page, count: count) })
        #expect(error?.code == .corrupt, "\(sample.testDescription) as \(count)")
      }
      let error = error(of: { _ = try Self.decode(page, count: 65_537) })
      #expect(error?.reason == "a page cannot hold 65537 values")
    }
  }
}
