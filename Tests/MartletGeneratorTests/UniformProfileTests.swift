import MartletGenerator
import MartletModel
import Testing

@Suite("The uniform profile")
struct UniformProfileTests {
  let rows: [Row]

  /// Made once for all tests.
  private static let shared = Result {
    try Generated.rows(
      GeneratorOptions(users: 2000, events: 80_000, seed: 11, profile: .uniform))
  }

  init() throws { rows = try UniformProfileTests.shared.get() }

  @Test("Types have their documented shares")
  func shares() {
    #expect(EventKind.all.count == 64)
    #expect(EventKind.all.map(\.share).reduce(0, +) == 10_000)
    let counts = Dictionary(grouping: rows, by: { $0.type ?? "" }).mapValues(\.count)
    for kind in EventKind.all {
      let expected = Double(rows.count * kind.share) / 10_000
      // Five standard deviations of a Poisson count.
      let tolerance = 5 * expected.squareRoot()
      #expect(abs(Double(counts[kind.name.string] ?? 0) - expected) < tolerance, "\(kind.name)")
    }
  }

  @Test("Country and plan are fixed per user, platform is not")
  func fixed() {
    let users = Dictionary(grouping: rows, by: \.user)
    for events in users.values {
      #expect(Set(events.map { $0.cells["country"] }).count == 1)
      #expect(Set(events.map { $0.cells["plan"] }).count == 1)
    }
    let platforms = Dictionary(grouping: rows, by: { $0.cells["platform"] ?? "" })
    #expect(Set(platforms.keys) == ["ios", "android", "web", "desktop"])
    #expect(platforms.values.allSatisfy { abs($0.count - 20_000) < 600 })
    #expect(users.values.contains { Set($0.map { $0.cells["platform"] }).count == 4 })
    #expect(Set(rows.map { $0.cells["country"] }).count == 40)
    #expect(Set(rows.map { $0.cells["plan"] }).count == 4)
  }

  @Test("Amounts stand on the types that have one, with cents")
  func amounts() {
    let withAmount = Set(EventKind.all.filter(\.hasAmount).map(\.name.string))
    #expect(withAmount.contains("Purchase"))
    #expect(rows.allSatisfy { ($0.cells["amount"] != nil) == withAmount.contains($0.type ?? "") })
    let scales = Set(rows.compactMap { $0.cells["amount"]?.last })
    #expect(scales == ["0", "1", "2"])
    #expect(rows.allSatisfy { $0.cells["duration_ms"]?.hasSuffix("e-0") == true })
  }

  @Test("Activity is log-normal with sigma 1: the mean is 1.65 medians")
  func activity() {
    let counts = Dictionary(grouping: rows, by: \.user).values.map(\.count).sorted()
    let (median, mean) = (Double(counts[1000]), Double(rows.count) / 2000)
    #expect((1.5...1.8).contains(mean / median))
    #expect(counts.last.map { $0 > 300 } == true)
  }

  @Test("Times are uniform: each tenth of the range has a tenth of the events")
  func times() {
    let start = GeneratorOptions.defaultStart.milliseconds
    let tenths = Dictionary(grouping: rows) { ($0.milliseconds - start) / (18 * 86_400_000) }
    #expect(tenths.count == 10)
    #expect(tenths.values.allSatisfy { abs($0.count - 8000) < 400 })
  }
}
