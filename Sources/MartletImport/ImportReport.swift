/// What an import did.
public struct ImportReport: Hashable, Sendable {
  public var rows = 0
  /// Links of two ids that lines gave, beside rows or alone.
  public var links = 0
  public var rejects = 0
  /// How timestamps were understood.
  public var readings = TimestampReadings()
  /// What the caller should be told, one sentence each: `x.ndjson: the file is empty`.
  public var remarks: [String] = []

  public init() {}
}
