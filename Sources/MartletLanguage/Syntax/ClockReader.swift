import MartletModel

/// Reads the parts of a time, left to right.
struct ClockReader {
  var bytes: [UInt8]
  var position = 0

  static let malformed = Defect(
    "this is no date or time",
    hint: "write `2026-05-01`, `2026-05-01T09:00` or `2026-05-01T09:00:00.5Z`")

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Exactly so many digits.
  mutating func digits(_ count: Int) throws(Defect) -> Int {
    guard position + count <= bytes.count else { throw ClockReader.malformed }
    var value = 0
    for byte in bytes[position..<position + count] {
      guard byte >= 48, byte <= 57 else { throw ClockReader.malformed }
      value = value * 10 + Int(byte - 48)
    }
    position += count
    return value
  }

  mutating func date() throws(Defect) -> CivilDate {
    let year = try digits(4)
    guard skip("-") else { throw ClockReader.malformed }
    let month = try digits(2)
    guard skip("-") else { throw ClockReader.malformed }
    let day = try digits(2)
    guard year >= 1, let date = CivilDate(year: year, month: month, day: day) else {
      throw Defect("there is no such day")
    }
    return date
  }

  /// Milliseconds since midnight.
  mutating func clock() throws(Defect) -> Int64 {
    let hour = try digits(2)
    guard skip(":") else { throw ClockReader.malformed }
    let minute = try digits(2)
    var (second, millisecond) = (0, 0)
    if skip(":") {
      second = try digits(2)
      if skip(".") { millisecond = try fraction() }
    }
    guard hour < 24, minute < 60, second < 60 else {
      throw Defect("there is no such time of day", hint: "00:00:00 to 23:59:59.999")
    }
    return Int64(((hour * 60 + minute) * 60 + second) * 1000 + millisecond)
  }

  private mutating func fraction() throws(Defect) -> Int {
    let start = position
    var (value, scale) = (0, 100)
    while position < bytes.count, bytes[position] >= 48, bytes[position] <= 57 {
      let digit = Int(bytes[position] - 48)
      guard scale > 0 || digit == 0 else {
        throw Defect("a time is a whole number of milliseconds")
      }
      value += digit * scale
      scale /= 10
      position += 1
    }
    guard position > start else { throw ClockReader.malformed }
    return value
  }

  /// The zone's offset from UTC in milliseconds.
  mutating func offset() throws(Defect) -> Int64 {
    if skip("Z") || skip("z") { return 0 }
    let sign: Int64
    if skip("+") {
      sign = 1
    } else if skip("-") {
      sign = -1
    } else {
      throw ClockReader.malformed
    }
    let hours = try digits(2)
    _ = skip(":")
    let minutes = try digits(2)
    guard hours < 24, minutes < 60 else { throw Defect("there is no such offset from UTC") }
    return sign * Int64(hours * 60 + minutes) * 60_000
  }
}
