import Foundation

/// A time zone by Foundation's data, independent of the rules that the engine reads.
public struct NaiveZone: Sendable {
  public let identifier: String
  private let zone: TimeZone

  /// nil where Foundation does not know the IANA name.
  public init?(_ identifier: String) {
    guard let zone = TimeZone(identifier: identifier) else { return nil }
    (self.identifier, self.zone) = (identifier, zone)
  }

  public static var utc: NaiveZone {
    guard let zone = NaiveZone("UTC") else { preconditionFailure("Foundation knows UTC") }
    return zone
  }

  /// Milliseconds that the zone's clocks are ahead of UTC.
  func offset(at instant: Int64) -> Int64 {
    // Clocks change on whole seconds; rounding down keeps the last millisecond before a change.
    let second = instant >= 0 ? instant / 1000 : (instant - 999) / 1000
    let date = Date(timeIntervalSince1970: TimeInterval(second))
    return Int64(zone.secondsFromGMT(for: date)) * 1000
  }

  /// The calendar day of an instant, in days since 1970-01-01.
  func day(at instant: Int64) -> Int {
    let local = instant + offset(at: instant)
    return Int(local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000)
  }

  func startOfDay(_ day: Int) -> Int64 { instant(ofLocal: Int64(day) * 86_400_000) }

  /// The instant at which the zone's clocks show a time, given as milliseconds since 1970-01-01
  /// on those clocks. The earlier one where they show it twice; where they skip it, as far
  /// after the gap's start as the time lies in the gap.
  func instant(ofLocal local: Int64) -> Int64 {
    // No zone is more than 26 hours from UTC, so these are all offsets that could apply.
    let hours = (-26...26).map { local + Int64($0) * 3_600_000 }
    let offsets = Set(hours.map(offset(at:)))
    let fitting = offsets.map { local - $0 }.filter { $0 + offset(at: $0) == local }
    if let earliest = fitting.min() { return earliest }
    let beforeGap = offset(at: local - (offsets.max() ?? 0))
    return local - beforeGap
  }
}
