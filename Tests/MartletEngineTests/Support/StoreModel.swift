import MartletModel
import MartletTestSupport

/// What a store must hold, kept as plain lists.
struct StoreModel {
  private struct InsertID: Hashable {
    var user: UInt32
    var eventType: Text
    var insertID: Text
  }

  /// User ids by ordinal.
  private(set) var ids: [Text] = []
  /// When each user was first seen.
  private(set) var firstSeen: [Int64] = []
  /// In arrival order.
  private(set) var rows: [StoredRow] = []
  private(set) var duplicateCount: UInt64 = 0
  var savedSegments: [Text: Text] = [:]
  private var ordinals: [Text: UInt32] = [:]
  private var insertIDs: Set<InsertID> = []

  mutating func append(_ row: ArrivalRow) {
    let known = ordinals[row.user]
    let ordinal = known ?? UInt32(ids.count)
    let stored = StoredRow(row, user: ordinal)
    if let type = stored.eventType, let id = stored.insertID {
      let isNew = insertIDs.insert(
        InsertID(user: ordinal, eventType: type, insertID: id)
      ).inserted
      guard isNew else {
        duplicateCount += 1
        return
      }
    }
    if known == nil {
      ordinals[row.user] = ordinal
      ids.append(row.user)
      firstSeen.append(stored.time)
    }
    firstSeen[Int(ordinal)] = min(firstSeen[Int(ordinal)], stored.time)
    rows.append(stored)
  }
}
