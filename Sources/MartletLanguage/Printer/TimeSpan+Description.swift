import MartletModel

extension LanguageLimits {
  static var longestSpan: String { TimeSpan(milliseconds: spanMilliseconds).description }
}

extension TimeSpan: CustomStringConvertible {
  /// The span as the language writes it, in the largest of days, hours, minutes, seconds and ms
  /// that divides it: `7 days`, `36 hours`, `1 minute`, `1500 ms`.
  public var description: String {
    let units: [(Int64, String)] = [
      (86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1000, "second"),
    ]
    for (size, word) in units where milliseconds % size == 0 {
      let count = milliseconds / size
      return "\(count) \(word)\(count == 1 ? "" : "s")"
    }
    return "\(milliseconds) ms"
  }
}
