import MartletModel
import Testing

@testable import MartletImport

@Suite struct NumberTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("0.0", "0"), ("-0.0e5", "0"), ("1", "1"), ("1.0", "1"),
    ("120.50", "1205/10^1"), ("-12.050", "-1205/10^2"), ("0.001", "1/10^3"), ("1e0", "1"),
    ("1e3", "1000"), ("2.5E+3", "2500"), ("1e-7", "1/10^7"), ("104.95", "10495/10^2"),
    ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"), ("999999999999999999", "999999999999999999"),
    ("1000000000000000000", "1000000000000000000"), ("1e18", "1000000000000000000"),
    ("0.123456789012345678", "123456789012345678/10^18"),
    ("0.1234567890123456789", "wide(1234567890123456789e-19)"),
    ("922337203685477580.7", "9223372036854775807/10^1"),
    ("922337203685477580.8", "wide(9223372036854775808e-1)"), ("1e19", "wide(1e19)"),
    ("1.7976931348623157e308", "wide(17976931348623157e292)"), ("5e-324", "wide(5e-324)"),
    ("1e-400", "wide(1e-400)"),
    ("1.00000000000000000000000000000000000000000", "1"),
    ("12345678901234567890123456789012345678.0", "wide(12345678901234567890123456789012345678e0)"),
    ("3.14159265358979", "314159265358979/10^14"),
  ])
  func numbersKeepTheirDecimals(_ written: String, _ cell: String) {
    #expect(properties("{\"n\":\(written)}") == "n=\(cell)")
    #expect(properties("{\"n\":[\(written)]}") == "n=[\(cell)]")
    // The same as the number of the model says.
    if let number = Number(parsing: written), (-18...0).contains(number.exponent),
      let significand = Int64(exactly: number.significand)
    {
      let scale = number.exponent == 0 ? "" : "/10^\(-number.exponent)"
      #expect("\(significand)\(scale)" == cell)
    }
  }

  @Test(arguments: [
    ("9223372036854775808", "integer beyond 64 bits"),
    ("-9223372036854775809", "integer beyond 64 bits"),
    ("100000000000000000000", "integer beyond 64 bits"),
    ("1e400", "number not finite: beyond the range of a double"),
    ("-1e309", "number not finite: beyond the range of a double"),
    ("1e99999999999999999999", "number not finite: beyond the range of a double"),
    ("1e-401", "number with more than 38 digits or an exponent beyond 400"),
    (
      "1.23456789012345678901234567890123456789",
      "number with more than 38 digits or an exponent beyond 400"
    ),
  ])
  func numbersOutOfBoundsAreRefused(_ written: String, _ reason: String) {
    #expect(properties("{\"n\":\(written)}") == "n: \(reason)")
  }

  @Test func plainDecimalsOfCSV() {
    func read(_ text: String) -> String {
      let buffer = sealed(Array(text.utf8))
      switch PlainDecimal(buffer.window, from: 0, to: buffer.count) {
      case .none: return "none"
      case .small(let significand, let scale): return "\(significand)/\(scale)"
      case .long(let isInteger): return isInteger ? "long integer" : "long"
      }
    }
    for (text, expected) in [
      ("0", "0/0"), ("-1", "-1/0"), ("120.50", "1205/1"), ("-0.0", "0/0"), ("0.5", "5/1"),
      ("-0", "none"), ("007", "none"), ("00", "none"), ("+1", "none"), (".5", "none"),
      ("5.", "none"), ("1e3", "none"), ("1.5e3", "none"), ("-", "none"), ("1-2", "none"),
      ("1.2.3", "none"), ("00.5", "none"), ("1 ", "none"),
      ("999999999999999999", "999999999999999999/0"), ("1234567890123456789", "long integer"),
      ("1.234567890123456789", "long"),
    ] {
      #expect(read(text) == expected, "\(text)")
    }
  }
}
