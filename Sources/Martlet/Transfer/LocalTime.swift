import MartletFiles
import MartletImport
import MartletModel

/// What timestamps without a zone mean.
enum LocalTime {
  /// The rule of a zone, nil for UTC.
  /// - Throws: `.usage` for an unknown zone, `.noInput` where there is no zone database.
  static func rule(inZone name: String) throws(MartletError) -> LocalTimeRule? {
    let zone = try TimeZoneDatabase.rules(named: name)
    if zone.name == TimeZoneRules.utc.name { return nil }
    return { local in
      let (day, rest) = local.quotientAndRemainder(flooring: CivilDate.millisecondsPerDay)
      return zone.instant(of: CivilDate(daysSinceEpoch: Int(day)), millisecondOfDay: rest)
        .milliseconds
    }
  }
}
