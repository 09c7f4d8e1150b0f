public import MartletModel

/// `2026-03-01`, `2026-03-01T09:05`, `…:11`, `…:11.120`, with or without `Z` or `+10:30`.
public struct PlainTime: Hashable, Sendable {
  /// What the clock shows, in milliseconds since 1970-01-01T00:00 on that clock.
  public var local: Int64
  /// Milliseconds that the clock is ahead of UTC; nil where the text does not say.
  public var offset: Int64?

  /// nil where the text is none of the forms above.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    var place = 0
    func number(_ width: Int) -> Int? {
      var (value, end) = (0, place)
      while end < place + width {
        guard end < bytes.count, bytes[end] >= 0x30, bytes[end] <= 0x39 else { return nil }
        value = value * 10 + Int(bytes[end] - 0x30)
        end += 1
      }
      place = end
      return value
    }
    func take(_ character: Unicode.Scalar) -> Bool {
      guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
      place += 1
      return true
    }
    guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
      CivilDate(year: year, month: month, day: day) != nil
    else { return nil }
    local = Int64(PlainCalendar.dayNumber(year: year, month: month, day: day)) * 86_400_000
    if take("T") {
      guard let hour = number(2), take(":"), let minute = number(2) else { return nil }
      local += Int64(hour) * 3_600_000 + Int64(minute) * 60_000
      if take(":") {
        guard let second = number(2) else { return nil }
        local += Int64(second) * 1000
        if take(".") {
          var worth: Int64 = 100
          while let digit = number(1) {
            local += Int64(digit) * worth
            worth /= 10
          }
        }
      }
    }
    if take("Z") {
      offset = 0
    } else if let minute: Int64 = take("+") ? 60_000 : take("-") ? -60_000 : nil {
      guard let hours = number(2), take(":"), let minutes = number(2) else { return nil }
      offset = Int64(hours * 60 + minutes) * minute
    }
    guard place == bytes.count else { return nil }
  }

  /// The instant; a text that does not say its offset is on the zone's clocks.
  public func instant(in zone: NaiveZone) -> Timestamp {
    Timestamp(milliseconds: offset.map { local - $0 } ?? zone.instant(ofLocal: local))
  }
}
