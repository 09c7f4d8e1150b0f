public import MartletModel

/// How the bytes of an import are to be understood.
public struct DecodingOptions: Sendable {
  /// The names of user, event, time and insert id in the data.
  public var fields = FieldMapping()
  /// The zone of dates and times that come without one.
  public var timeZone = TimeZoneRules.utc
  /// Kinds of CSV columns that override what the cells look like.
  public var columnTypes: [Text: ColumnType] = [:]
  /// What stands between two cells of a CSV file; nil for `,`, or a tab in a `.tsv` file.
  public var delimiter: UInt8?
  /// Bytes that a line may have; smaller in tests only.
  var lineByteCountLimit = Limits.lineByteCount

  public init() {}
}
