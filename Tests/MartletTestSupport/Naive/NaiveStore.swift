public import MartletModel

/// What a store holds, by the plainest reading of the rules: every row in arrival order, less the
/// events that repeat an insert id.
public struct NaiveStore: Sendable {
  /// The same insert id for the same user and type is one event.
  private struct InsertKey: Hashable {
    var user: Text
    var type: Text
    var insertID: Text
  }

  /// The rows that count, in arrival order.
  public private(set) var rows: [ArrivalRow] = []
  /// How many events repeated an insert id and were dropped.
  public private(set) var duplicateCount = 0
  private var seen: Set<InsertKey> = []

  public init() {}

  public init(_ rows: some Sequence<ArrivalRow>) {
    for row in rows { append(row) }
  }

  /// Adds a row behind all others, unless it repeats an insert id.
  public mutating func append(_ row: ArrivalRow) {
    if case .event(let event) = row, let insertID = event.insertID {
      let key = InsertKey(user: event.user, type: event.type, insertID: insertID)
      guard seen.insert(key).inserted else {
        duplicateCount += 1
        return
      }
    }
    rows.append(row)
  }

  public mutating func append(_ event: Event) { append(.event(event)) }

  public mutating func append(_ update: TraitUpdate) { append(.traits(update)) }
}
