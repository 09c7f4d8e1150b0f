import MartletModel

extension Window: CustomStringConvertible {
  /// `in last 30 days`, `since 2026-05-01 before 2026-06-01`, `between 45 days and 30 days ago`
  public var description: String {
    switch self {
    case .last(let span): return "in last \(span)"
    case .range(let since, let before):
      return [since.map { "since \($0)" }, before.map { "before \($0)" }]
        .compactMap { $0 }.joined(separator: " ")
    case .on(let date): return "on \(date)"
    case .ago(let from, let to): return Window.agoText(from, to)
    case .lastCalendar(let count, let unit):
      return "in last \(count) calendar \(unit.rawValue)\(count == 1 ? "" : "s")"
    case .this(let unit): return "in this \(unit.rawValue)"
    }
  }

  /// One unit for both where both are written in it, as people write it.
  private static func agoText(_ from: TimeSpan, _ to: TimeSpan) -> String {
    let fromWords = from.description.split(separator: " ")
    let toWords = to.description.split(separator: " ")
    let (fromUnit, toUnit) = (fromWords[1], toWords[1])
    let isSame = fromUnit == toUnit || fromUnit == toUnit + "s" || toUnit == fromUnit + "s"
    return isSame ? "between \(fromWords[0]) and \(to) ago" : "between \(from) and \(to) ago"
  }
}

extension TimeLiteral: CustomStringConvertible {
  /// The shortest form: `2026-05-01`, `2026-05-01T09:00`, `2026-05-01T09:00:00.500Z`.
  public var description: String {
    switch self {
    case .local(let date, let millisecondOfDay):
      return millisecondOfDay == 0
        ? "\(date)" : "\(date)T" + TimeLiteral.clockText(millisecondOfDay)
    case .instant(let instant):
      let (day, clock) = instant.milliseconds.quotientAndRemainder(
        flooring: CivilDate.millisecondsPerDay)
      return "\(CivilDate(daysSinceEpoch: Int(day)))T" + TimeLiteral.clockText(clock) + "Z"
    }
  }

  /// `09:00`, `09:00:30`, `09:00:30.005`
  private static func clockText(_ millisecondOfDay: Int64) -> String {
    func padded(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: width - digits.utf8.count) + digits
    }
    let (seconds, milliseconds) = millisecondOfDay.quotientAndRemainder(dividingBy: 1000)
    var text = padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2)
    if seconds % 60 != 0 || milliseconds != 0 { text += ":" + padded(seconds % 60, 2) }
    if milliseconds != 0 { text += "." + padded(milliseconds, 3) }
    return text
  }
}
