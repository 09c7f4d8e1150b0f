import MartletModel
import MartletTestSupport

/// What a store must hold, kept as plain lists.
struct StoreModel {
  /// A row, under the ordinal that it was stored under, and that of its id as it was sent.
  struct Entry {
    var row: StoredRow
    var sentAs: UInt32
  }

  /// What becomes of a row.
  enum Fate: Equatable {
    case appended, duplicate
    case refused(AppendSummary.Refusal.Reason)
  }

  private struct InsertID: Hashable {
    var user: UInt32
    var eventType: Text
    var insertID: Text
  }

  /// User ids by ordinal; empty ones are of users who were forgotten.
  private(set) var ids: [Text] = []
  /// In arrival order.
  private(set) var entries: [Entry] = []
  private(set) var duplicateCount: UInt64 = 0
  private(set) var refusedIDs: Set<Text> = []
  private(set) var expiredBefore: Int64?
  var savedSegments: [Text: Text] = [:]
  private var ordinals: [Text: UInt32] = [:]
  private var insertIDs: Set<InsertID> = []
  /// Whose user an ordinal became.
  private var targets: [UInt32: UInt32] = [:]

  var rows: [StoredRow] { entries.map(\.row) }

  @discardableResult
  mutating func append(_ row: ArrivalRow) -> Fate {
    if refusedIDs.contains(row.user), ordinals[row.user] == nil { return .refused(.forgottenUser) }
    if case .event(let event) = row {
      if let limit = expiredBefore, event.timestamp.milliseconds < limit {
        return .refused(.expired)
      }
      if let id = event.insertID {
        let key = InsertID(
          user: ordinals[event.user] ?? UInt32(ids.count), eventType: event.type, insertID: id)
        guard insertIDs.insert(key).inserted else {
          duplicateCount += 1
          return .duplicate
        }
      }
    }
    let sent = know(row.user)
    entries.append(Entry(row: StoredRow(row, user: canonical(of: sent)), sentAs: sent))
    return .appended
  }

  /// Takes over that two ids are one user's; false where that changes nothing.
  mutating func link(_ link: StoreScript.Link) -> Bool {
    if refusedIDs.contains(link.from) || refusedIDs.contains(link.to) { return false }
    let (from, user) = (know(link.from), canonical(of: know(link.to)))
    var source = from
    switch link.kind {
    case .alias: if targets[from] != nil || targets.values.contains(from) { return false }
    case .merge: source = canonical(of: from)
    }
    guard source != user else { return false }
    targets[source] = user
    return true
  }

  private mutating func know(_ id: Text) -> UInt32 {
    if let known = ordinals[id] { return known }
    let ordinal = UInt32(ids.count)
    ordinals[id] = ordinal
    ids.append(id)
    return ordinal
  }

  func canonical(of ordinal: UInt32) -> UInt32 {
    var ordinal = ordinal
    while let target = targets[ordinal] { ordinal = target }
    return ordinal
  }

  /// Forgets users; returns the ids that no user has.
  mutating func forget(_ forgotten: [Text]) -> [Text] {
    let users = Set(forgotten.compactMap { ordinals[$0] }.map { canonical(of: $0) })
    let kept = entries.filter { !users.contains(canonical(of: $0.sentAs)) }
    let unknown = forgotten.filter { ordinals[$0] == nil }
    for ordinal in ids.indices where users.contains(canonical(of: UInt32(ordinal))) {
      if ids[ordinal].utf8.isEmpty { continue }
      refusedIDs.insert(ids[ordinal])
      ordinals[ids[ordinal]] = nil
      ids[ordinal] = ""
    }
    // Nobody comes with one of the ordinals again, so that insert ids may stay.
    entries = kept
    return unknown
  }

  /// Takes ids again; returns those that were not forgotten.
  mutating func admit(_ admitted: [Text]) -> [Text] {
    admitted.filter { refusedIDs.remove($0) == nil }
  }

  /// Drops events; returns how many.
  mutating func expire(before limit: Int64) -> Int {
    if let old = expiredBefore, old >= limit { return 0 }
    expiredBefore = limit
    let gone = entries.filter { $0.row.eventType != nil && $0.row.time < limit }
    entries = entries.filter { $0.row.eventType == nil || $0.row.time >= limit }
    for entry in gone {
      guard let type = entry.row.eventType, let id = entry.row.insertID else { continue }
      insertIDs.remove(InsertID(user: entry.sentAs, eventType: type, insertID: id))
    }
    return gone.count
  }
}
