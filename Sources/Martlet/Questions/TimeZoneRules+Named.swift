import MartletFiles
public import MartletModel

extension TimeZoneRules {
  /// The rules of a zone of the system's time zone database; `UTC` needs none.
  /// - Parameter name: the IANA name, `Europe/Berlin`.
  /// - Throws: `.usage` for a name that is none, with the nearest one that is; `.noInput` where
  ///   there is no database.
  public init(named name: String) throws(MartletError) {
    self = try TimeZoneDatabase.rules(named: name)
  }
}
