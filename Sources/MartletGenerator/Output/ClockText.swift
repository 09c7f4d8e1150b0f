import MartletModel

/// Writes instants as `2026-03-01T09:05:11.120Z`, remembering the last day's text.
struct ClockText {
  /// Bytes of one instant.
  static let byteCount = 24

  private var day = Int64.min
  private var dayText: [UInt8] = []

  /// - Precondition: the instant lies in years 1...9999.
  mutating func append(_ milliseconds: Int64, to output: inout OutputSpan<UInt8>) {
    let (newDay, rest) = milliseconds.quotientAndRemainder(flooring: CivilDate.millisecondsPerDay)
    if newDay != day {
      day = newDay
      dayText = Array("\(CivilDate(daysSinceEpoch: Int(newDay)))T".utf8)
    }
    output.append(dayText.span, 0..<dayText.count)
    let (seconds, thousandths) = Int(rest).quotientAndRemainder(dividingBy: 1000)
    output.append(twoDigits: seconds / 3600)
    output.append(UInt8(ascii: ":"))
    output.append(twoDigits: seconds / 60 % 60)
    output.append(UInt8(ascii: ":"))
    output.append(twoDigits: seconds % 60)
    output.append(UInt8(ascii: "."))
    output.append(UInt8(truncatingIfNeeded: thousandths / 100) + UInt8(ascii: "0"))
    output.append(twoDigits: thousandths % 100)
    output.append(UInt8(ascii: "Z"))
  }
}
