import MartletLanguage
import MartletModel
import MartletTestSupport
import Testing

@testable import MartletQuery

/// Tests on decimals as sets of integers at one scale, beside exact comparison of each number.
@Suite struct NumberSetTests {
  static let thresholds: [Number] = [
    0, 1, -1, 5, 10, 104, Number(significand: 104_955, exponent: -3),
    Number(significand: -104_955, exponent: -3), Number(significand: 1, exponent: -1),
    Number(significand: 1, exponent: -18), Number(significand: -1, exponent: -19),
    Number(significand: 1, exponent: -400), Number(significand: -1, exponent: -400),
    Number(significand: 1, exponent: 400), Number(significand: -1, exponent: 400),
    Number(.max), Number(.min), Number(significand: Int128(Int64.max) + 1, exponent: 0),
    Number(significand: Int128(Int64.min) - 1, exponent: 0),
    Number(significand: Int128(Int64.max), exponent: -18),
    Number(significand: 99_999_999_999_999_999_999_999_999_999_999_999_999, exponent: 0),
    Number(significand: 99_999_999_999_999_999_999_999_999_999_999_999_999, exponent: -38),
    Number(significand: -99_999_999_999_999_999_999_999_999_999_999_999_999, exponent: -37),
    Number(significand: 99_999_999_999_999_999_999_999_999_999_999_999_999, exponent: -76),
    Number(significand: 1, exponent: 19), Number(significand: 15, exponent: -1),
  ]

  /// Significands around each threshold at a scale, and the ends of the range.
  private func significands(_ scale: Int) -> [Int64] {
    var values: Set<Int64> = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
    for threshold in Self.thresholds {
      let (floor, _) = NumberSet.floor(threshold, scale: scale)
      for step in -2...2 as ClosedRange<Int128> {
        let (value, overflow) = floor.addingReportingOverflow(step)
        if !overflow, let value = Int64(exactly: value) { values.insert(value) }
      }
    }
    return values.sorted()
  }

  private func expect(_ test: ValueTest, scale: Int) {
    let set = NumberSet(test, scale: scale)
    for value in significands(scale) {
      let number = Number(significand: Int128(value), exponent: -scale)
      let passes = test.accepts(number)
      #expect(set.contains(Int128(value)) == passes, "\(test) of \(number)")
      #expect(set.int64Ranges.contains { $0.contains(value) } == passes, "\(test) of \(number)")
    }
  }

  @Test(arguments: [0, 1, 2, 3, 9, 17, 18])
  func comparisons(_ scale: Int) {
    for threshold in Self.thresholds {
      for comparison in ComparisonOperator.allCases {
        expect(.compare(comparison, .number(threshold)), scale: scale)
      }
    }
  }

  @Test(arguments: [0, 2, 18])
  func listsAndRanges(_ scale: Int) {
    var random = SplitMix64(seed: UInt64(scale))
    for _ in 0..<60 {
      let literals = (0..<random.integer(1...4)).map { _ in
        random.chance(0.2) ? Literal.text("1") : .number(random.pick(Self.thresholds))
      }
      expect(.isIn(literals), scale: scale)
      expect(.isNotIn(literals), scale: scale)
      expect(.between(literals[0], literals[literals.count - 1]), scale: scale)
    }
  }

  @Test func testsOfOtherKinds() {
    let literals: [Literal] = [.text("1"), .boolean(true)]
    for literal in literals {
      for comparison in ComparisonOperator.allCases {
        expect(.compare(comparison, literal), scale: 2)
      }
      expect(.between(literal, literal), scale: 2)
    }
    expect(.exists, scale: 2)
    expect(.contains("1"), scale: 2)
    expect(.isIn(literals), scale: 2)
    expect(.isNotIn(literals), scale: 2)
  }

  /// The exact comparison that the others rest on, against decimals of any size.
  @Test func floorsAreTheGreatestIntegersNotAbove() {
    for threshold in Self.thresholds {
      for scale in [0, 1, 5, 18] {
        let (floor, isExact) = NumberSet.floor(threshold, scale: scale)
        if floor == .min || floor == .max { continue }
        #expect(
          (Number(significand: floor, exponent: -scale) == threshold) == isExact,
          "\(threshold) at \(scale)")
        #expect(Number(significand: floor, exponent: -scale) <= threshold)
        #expect(threshold < Number(significand: floor + 1, exponent: -scale))
      }
    }
    #expect(
      NumberSet.floor(Number(significand: 104_955, exponent: -3), scale: 2) == (10_495, false))
    #expect(NumberSet.floor(Number(significand: -1, exponent: -1), scale: 0) == (-1, false))
  }
}
