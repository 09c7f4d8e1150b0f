import MartletModel

extension TimestampParser {
  /// The first millisecond of the day written `YYYY-MM-DD` at `start`, or nil.
  static func day(_ text: ByteWindow, at start: Int) -> Int64? {
    guard let century = twoDigits(text, at: start), let rest = twoDigits(text, at: start + 2),
      text[start + 4] == UInt8(ascii: "-"), let month = twoDigits(text, at: start + 5),
      text[start + 7] == UInt8(ascii: "-"), let day = twoDigits(text, at: start + 8),
      let date = CivilDate(year: century * 100 + rest, month: month, day: day)
    else { return nil }
    return Int64(date.daysSinceEpoch) * CivilDate.millisecondsPerDay
  }

  /// The milliseconds of `HH:MM[:SS[.fraction]]`, and the offset after it, or nil.
  ///
  /// A fraction of 1 to 9 digits is cut to milliseconds. A leap second, `:60`, is the last
  /// millisecond of its minute: timestamps count no leap seconds.
  @inline(__always)
  static func timeOfDay(
    _ text: ByteWindow, from start: Int, to end: Int
  ) -> (milliseconds: Int64, end: Int)? {
    guard end - start >= 8 else { return shortTimeOfDay(text, from: start, to: end) }
    // `HH:MM:SS` in one word: each digit becomes its value, each colon 0.
    let digits = text.word(at: start) ^ 0x3030_3A30_303A_3030
    let tooLarge = ((digits &+ Swar.repeated(0x76)) | digits) & Swar.highs
    guard tooLarge == 0, digits & 0x0000_FF00_00FF_0000 == 0 else {
      return shortTimeOfDay(text, from: start, to: end)
    }
    let hour = Int64(digits & 0xF) * 10 + Int64(digits >> 8 & 0xF)
    let minute = Int64(digits >> 24 & 0xF) * 10 + Int64(digits >> 32 & 0xF)
    let second = Int64(digits >> 48 & 0xF) * 10 + Int64(digits >> 56 & 0xF)
    guard hour < 24, minute < 60, second <= 60 else { return nil }
    let whole = hour * 3_600_000 + minute * 60_000 + second * 1000
    guard text[start + 8] == UInt8(ascii: "."), start + 8 < end else {
      return (second == 60 ? whole - 1 : whole, start + 8)
    }
    guard let (fraction, afterFraction) = fraction(text, from: start + 9, to: end) else {
      return nil
    }
    return (second == 60 ? whole - 1 : whole + fraction, afterFraction)
  }

  /// `HH:MM`, the rest following at once.
  @inline(never)
  private static func shortTimeOfDay(
    _ text: ByteWindow, from start: Int, to end: Int
  ) -> (milliseconds: Int64, end: Int)? {
    guard end - start >= 5, let hour = twoDigits(text, at: start),
      text[start + 2] == UInt8(ascii: ":"), let minute = twoDigits(text, at: start + 3),
      hour < 24, minute < 60
    else { return nil }
    return (Int64(hour) * 3_600_000 + Int64(minute) * 60_000, start + 5)
  }

  private static func fraction(
    _ text: ByteWindow, from start: Int, to end: Int
  ) -> (milliseconds: Int64, end: Int)? {
    var (position, milliseconds, unit) = (start, Int64(0), Int64(100))
    while position < end, position - start <= 9 {
      let digit = text[position] &- UInt8(ascii: "0")
      if digit > 9 { break }
      milliseconds += Int64(digit) * unit
      unit /= 10
      position += 1
    }
    let digitCount = position - start
    return (1...9).contains(digitCount) ? (milliseconds, position) : nil
  }

  /// The milliseconds that a zone lies east of UTC: `Z`, `+10:30`, `+1030`, `+10`.
  static func zoneOffset(_ text: ByteWindow, from start: Int, to end: Int) -> Int64? {
    let sign = text[start]
    if sign | 0x20 == UInt8(ascii: "z") { return end - start == 1 ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), end - start >= 3,
      let hours = twoDigits(text, at: start + 1), hours < 24
    else { return nil }
    var minutes = 0
    switch end - start {
    case 3: break
    case 5:
      guard let value = twoDigits(text, at: start + 3) else { return nil }
      minutes = value
    case 6:
      guard text[start + 3] == UInt8(ascii: ":"), let value = twoDigits(text, at: start + 4)
      else { return nil }
      minutes = value
    default: return nil
    }
    guard minutes < 60 else { return nil }
    let offset = Int64(hours * 60 + minutes) * 60_000
    return sign == UInt8(ascii: "-") ? -offset : offset
  }

  @inline(__always)
  private static func twoDigits(_ text: ByteWindow, at offset: Int) -> Int? {
    let (tens, ones) = (text[offset] &- 48, text[offset + 1] &- 48)
    return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
  }
}
