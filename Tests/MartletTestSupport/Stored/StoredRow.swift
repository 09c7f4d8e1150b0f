public import MartletModel

/// One row as a segment file holds it, or as a list of arrivals says that it should.
public struct StoredRow: Hashable, Sendable {
  public var user: UInt32
  /// nil for a trait update.
  public var eventType: Text?
  public var time: Int64
  public var insertID: Text?
  /// Items of lists stand in a fixed order: a file keeps the items of a kind together.
  public var properties: [Text: Value]

  /// What a file must hold of an arrival.
  public init(_ row: ArrivalRow, user: UInt32) {
    self.user = user
    time = row.timestamp.milliseconds
    switch row {
    case .event(let event):
      eventType = event.type
      insertID = event.insertID
      properties = event.properties.filter { $0.value != .null }
    case .traits(let update): properties = update.traits
    }
    properties = properties.mapValues(StoredRow.normalised)
  }

  init(user: UInt32, eventType: Text?, time: Int64) {
    (self.user, self.eventType, self.time, properties) = (user, eventType, time, [:])
  }

  static func normalised(_ value: Value) -> Value {
    guard case .list(let items) = value else { return value }
    return .list(items.filter { $0 != .null }.sorted { "\($0)" < "\($1)" })
  }
}
