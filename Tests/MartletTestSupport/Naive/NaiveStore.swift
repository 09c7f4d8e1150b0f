public import MartletModel

/// What a store holds, by the plainest reading of the rules: every row in arrival order, less the
/// events that repeat an insert id, and less what was forgotten or has expired.
///
/// Nothing here says where a row lies: a store must answer alike wherever it keeps it.
public struct NaiveStore: Sendable {
  /// An id between being forgotten twice. Admitted again, it is somebody else's.
  struct Life: Hashable {
    var id: Text
    var number: Int
  }

  /// A row, and the id that it was sent under.
  struct Entry {
    var row: ArrivalRow
    var life: Life
    /// Place among all rows that were ever taken.
    var arrival: Int
  }

  /// The same insert id for the same id, as it was sent, and type is one event.
  private struct InsertKey: Hashable {
    var life: Life
    var type: Text
    var insertID: Text
  }

  /// The rows that count, in arrival order.
  private(set) var entries: [Entry] = []
  /// What became of all that was sent.
  public internal(set) var tally = HistoryTally()
  /// Where an id's rows belong; the first such edge of an id stays.
  var targets: [Life: Life] = [:]
  /// Ids that a row or a link named.
  var known: Set<Life> = []
  private var lifeNumbers: [Text: Int] = [:]
  private var refused: Set<Text> = []
  private var expiredBefore: Timestamp?
  private var seen: Set<InsertKey> = []

  public init() {}

  public init(_ rows: some Sequence<ArrivalRow>) {
    for row in rows { append(row) }
  }

  public var rows: [ArrivalRow] { entries.map(\.row) }

  /// Adds a row behind all others, unless it repeats an insert id or must not be taken.
  public mutating func append(_ row: ArrivalRow) {
    guard !refused.contains(row.user) else {
      tally.forgottenRows += 1
      return
    }
    if case .event(let event) = row {
      if let expiredBefore, event.timestamp < expiredBefore {
        tally.expiredRows += 1
        return
      }
      if let key = key(of: event), !seen.insert(key).inserted {
        tally.duplicates += 1
        return
      }
    }
    let life = life(of: row.user)
    known.insert(life)
    entries.append(Entry(row: row, life: life, arrival: tally.taken))
    tally.taken += 1
  }

  /// The life that an id leads now.
  func life(of id: Text) -> Life { Life(id: id, number: lifeNumbers[id] ?? 0) }

  func isRefused(_ id: Text) -> Bool { refused.contains(id) }

  private func key(of event: Event) -> InsertKey? {
    event.insertID.map { InsertKey(life: life(of: event.user), type: event.type, insertID: $0) }
  }

  /// Leaves out all there is of the users whom some ids stand for, and takes none of their ids
  /// from now on.
  public mutating func forget(_ ids: [Text]) {
    var users: Set<Life> = []
    for id in ids {
      let life = life(of: id)
      if known.contains(life) {
        users.insert(root(of: life))
      } else {
        tally.unknownIDs += 1
      }
    }
    entries = entries.filter { !users.contains(root(of: $0.life)) }
    for life in known where users.contains(root(of: life)) {
      refused.insert(life.id)
      lifeNumbers[life.id] = life.number + 1
    }
    known = known.filter { !users.contains(root(of: $0)) }
  }

  /// Takes ids again.
  public mutating func admit(_ ids: [Text]) {
    for id in ids where refused.remove(id) == nil { tally.unknownIDs += 1 }
  }

  /// Drops the events before an instant, and takes none from now on. Their insert ids may come
  /// again; trait values stay.
  public mutating func expire(before instant: Timestamp) {
    expiredBefore = max(instant, expiredBefore ?? instant)
    entries.removeAll { entry in
      guard case .event(let event) = entry.row, event.timestamp < instant else { return false }
      if let insertID = event.insertID {
        seen.remove(InsertKey(life: entry.life, type: event.type, insertID: insertID))
      }
      return true
    }
  }
}
