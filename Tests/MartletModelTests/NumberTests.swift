import MartletModel
import Testing

@Suite("Numbers")
struct NumberTests {
  @Test(
    "One value has one form, however it is written",
    arguments: [
      ["1", "1.0", "1e0", "+1", "0.1e1", "10e-1", "01", "1.000000000000000000000000000000000000"],
      ["120.5", "120.50", "1205e-1", "1.205E+2"], ["0", "-0", "0.0", "0e99", "-0.000"],
      ["-12.34", "-1234e-2", "-0.1234e2"], ["1000", "1e3", "10e2"],
      ["9223372036854775807", "9223372036854775807.0"],
      ["-9223372036854775808", "-9223372036854775808e0"],
      ["1e40", "10e39", "0.1e41"], ["5e-324", "0.5e-323"],
    ])
  func forms(texts: [String]) throws {
    let numbers = try texts.map { try #require(Number(parsing: $0), "\($0)") }
    for (text, number) in zip(texts, numbers) {
      #expect(number == numbers[0], "\(text) and \(texts[0])")
      #expect(number.hashValue == numbers[0].hashValue)
      #expect(Number(parsing: number.description) == number, "\(text) prints as \(number)")
    }
  }

  @Test(
    "What is no number, or too large, is nil",
    arguments: [
      "", "-", "+", ".", ".5", "e5", "1e", "1e+", "1.2.3", "1 ", " 1", "0x10", "NaN", "inf",
      "1e401",
      "1e-401", "1e99999", "1e99999999999999999999", "--1", "1_000",
      "123456789012345678901234567890123456789",
    ])
  func invalid(text: String) {
    #expect(Number(parsing: text) == nil)
  }

  @Test("Thirty-eight digits are kept exactly")
  func digits() throws {
    let text = "12345678901234567890123456789012345678"
    #expect(try #require(Number(parsing: text)).description == text)
    #expect(Number(parsing: text + "0")?.description == text + "e1")
  }

  @Test("Integers of 64 bits are integers, others are not")
  func integers() {
    #expect(Number(parsing: "9223372036854775807")?.integer == .max)
    #expect(Number(parsing: "-9223372036854775808")?.integer == .min)
    #expect(Number(parsing: "9223372036854775808")?.integer == nil)
    #expect(Number(parsing: "7e2")?.integer == 700)
    #expect(Number(parsing: "7.5")?.integer == nil)
  }

  @Test("The order is that of the values, across exponents and signs")
  func order() throws {
    let ascending = try [
      "-1e400", "-1e30", "-9223372036854775809", "-9223372036854775808", "-2", "-1.5", "-1", "-0.1",
      "-1e-400", "0", "1e-400", "1e-30", "0.099", "0.1", "1", "1.0000001", "1.5", "2", "10",
      "99.99",
      "9223372036854775807", "9223372036854775808", "1e30", "1e400",
    ].map { try #require(Number(parsing: $0)) }
    for (i, left) in ascending.enumerated() {
      for (j, right) in ascending.enumerated() {
        #expect((left < right) == (i < j), "\(left) < \(right)")
        #expect((left == right) == (i == j), "\(left) = \(right)")
      }
    }
  }

  @Test("A double is the shortest decimal that reads back as it")
  func doubles() {
    #expect(Number(Double(0.1))?.description == "0.1")
    #expect(Number(Double(1e22))?.description == "1e22")
    #expect(Number(Double(-0.0)) == 0)
    #expect(Number(Double(5e-324))?.description == "5e-324")
    #expect(Number(Double.infinity) == nil && Number(Double.nan) == nil)
  }
}
