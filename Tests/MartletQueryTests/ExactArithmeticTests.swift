import MartletLanguage
import MartletModel
import MartletTestSupport
import Testing

@testable import MartletQuery

/// Integers of any size and exact quotients.
@Suite struct ExactArithmeticTests {
  private static let samples: [Int128] = {
    var samples: [Int128] = [
      0, 1, -1, 9, 10, -10, Int128(Int64.max), Int128(Int64.min), Int128(UInt32.max),
      Int128(UInt32.max) + 1, Int128(UInt64.max), Int128(UInt64.max) + 1, .max, .min, .max / 3,
      .min / 7, -Int128(UInt64.max),
    ]
    var random = SplitMix64(seed: 77)
    for bits in stride(from: 1, to: 127, by: 9) {
      let value = Int128(truncatingIfNeeded: random.next()) << 64 | Int128(random.next())
      samples += [value >> Int128(127 - bits), -(value >> Int128(127 - bits))]
    }
    return samples
  }()

  @Test func additionAndOrderAgreeWithInt128() {
    for a in Self.samples {
      for b in Self.samples {
        let (left, right) = (BigInteger(a), BigInteger(b))
        #expect((left < right) == (a < b), "\(a) < \(b)")
        #expect((left == right) == (a == b), "\(a) == \(b)")
        let (sum, overflow) = a.addingReportingOverflow(b)
        if !overflow { #expect(left + right == BigInteger(sum), "\(a) + \(b)") }
        // Sums beyond 128 bits: taking b away again gives a.
        if b != .min { #expect(left + right + BigInteger(-b) == left, "\(a) + \(b) - \(b)") }
      }
    }
  }

  @Test func productsAgreeWithInt128() {
    let factors: [UInt64] = [0, 1, 2, 10, 0xFFFF_FFFF, 0x1_0000_0000, 0x1_0000_0001, .max]
    for a in Self.samples {
      for factor in factors {
        let product = BigInteger(a).multiplied(by: factor)
        let (expected, overflow) = a.multipliedReportingOverflow(by: Int128(factor))
        if !overflow { #expect(product == BigInteger(expected), "\(a) × \(factor)") }
        // Distributive, whatever the size.
        let less = BigInteger(a).multiplied(by: factor / 2)
        let rest = BigInteger(a).multiplied(by: factor - factor / 2)
        #expect(less + rest == product, "\(a) × \(factor)")
      }
    }
  }

  @Test func powersOfTenAreRepeatedTens() {
    for a in Self.samples {
      var expected = BigInteger(a)
      for power in 0...40 {
        #expect(BigInteger(a).multiplied(byPowerOfTen: power) == expected, "\(a) × 10^\(power)")
        expected = expected.multiplied(by: UInt32(10))
      }
    }
  }

  private func ratio(_ text: String) throws -> ExactRatio {
    ExactRatio(try #require(Number(parsing: text)))
  }

  private func expectEqual(_ left: ExactRatio, _ right: ExactRatio, _ what: String) {
    #expect(left.compares(.equal, to: right), "\(what)")
    #expect(!left.compares(.less, to: right) && !left.compares(.greater, to: right), "\(what)")
  }

  @Test func sumsOfDecimalsAreExact() throws {
    var sum = ExactRatio.zero
    for _ in 0..<10 { sum.add(Number(significand: 1, exponent: -1)) }
    expectEqual(sum, try ratio("1"), "10 × 0.1")
    var mixed = try ratio("1e400")
    mixed.add(try #require(Number(parsing: "1e-400")))
    mixed.add(try #require(Number(parsing: "-1e400")))
    expectEqual(mixed, try ratio("1e-400"), "1e400 + 1e-400 - 1e400")
    var large = ExactRatio.zero
    for _ in 0..<1000 { large.add(Number(significand: .max, exponent: 0)) }
    #expect(large.compares(.greater, to: ExactRatio(significand: .max, exponent: 0)))
    for _ in 0..<1000 { large.add(Number(significand: -.max, exponent: 0)) }
    expectEqual(large, .zero, "1000 × max - 1000 × max")
  }

  @Test func quotientsCompareExactly() throws {
    let third = try ratio("1").divided(by: 3)
    #expect(third.compares(.greater, to: try ratio("0.33333333333333333333333333333333333333")))
    #expect(third.compares(.less, to: try ratio("0.33333333333333333333333333333333333334")))
    expectEqual(try ratio("2").divided(by: 6), third, "2/6")
    expectEqual(try ratio("-10.5").divided(by: 3), try ratio("-3.5"), "-10.5/3")
    #expect(try ratio("-1").divided(by: 3).compares(.less, to: .zero))
    expectEqual(try ratio("0").divided(by: 7), .zero, "0/7")
  }

  @Test func everyOperatorMeansWhatItSays() throws {
    let values = try ["-2", "0", "0.5", "2"].map(ratio)
    for (i, left) in values.enumerated() {
      for (j, right) in values.enumerated() {
        #expect(left.compares(.less, to: right) == (i < j))
        #expect(left.compares(.lessOrEqual, to: right) == (i <= j))
        #expect(left.compares(.equal, to: right) == (i == j))
        #expect(left.compares(.notEqual, to: right) == (i != j))
        #expect(left.compares(.greater, to: right) == (i > j))
        #expect(left.compares(.greaterOrEqual, to: right) == (i >= j))
      }
    }
  }
}
