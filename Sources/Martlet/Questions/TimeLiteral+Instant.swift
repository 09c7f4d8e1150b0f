public import MartletLanguage
public import MartletModel

extension TimeLiteral {
  /// The instant that is meant; a time without a zone is one of the named zone.
  ///
  /// A local time that a clock change skips moves forward by the gap; of two instants that show the
  /// same local time it is the earlier.
  /// - Throws: `.usage` for an unknown zone, `.noInput` where there is no zone database.
  public func instant(inZone name: String) throws(MartletError) -> Timestamp {
    switch self {
    case .instant(let instant): instant
    case .local(let date, let millisecondOfDay):
      try TimeZoneRules(named: name)
        .instant(of: date, millisecondOfDay: millisecondOfDay)
    }
  }
}
