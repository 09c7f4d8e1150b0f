import MartletEngine
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap

/// All that a store answers, in a form that a model gives too.
struct StoreContent: Equatable {
  var ids: [Text]
  /// By user, event type and time; equal ones in arrival order.
  var rows: [StoredRow]
  /// The universe before each of the instants asked about.
  var universes: [[UInt32]]
  var duplicateCount: UInt64
  var savedSegments: [Text: Text]

  init(_ model: StoreModel, universesBefore instants: [Int64]) {
    ids = model.ids
    rows = StoreContent.sorted(model.rows)
    universes = instants.map { instant in
      model.ids.indices.filter { model.firstSeen[$0] < instant }.map { UInt32($0) }
    }
    (duplicateCount, savedSegments) = (model.duplicateCount, model.savedSegments)
  }

  init(_ snapshot: Snapshot, universesBefore instants: [Int64]) throws {
    var ids: [Text] = []
    if snapshot.users.count > 0 {
      let all = RoaringBitmap(sorted: (0..<UInt32(snapshot.users.count)).map { $0 })
      try snapshot.users.forEachID(of: all) { ids.append($0) }
    }
    self.ids = ids
    var rows: [StoredRow] = []
    for file in snapshot.segmentFiles { rows += try file.storedRows().flatMap { $0 } }
    self.rows = StoreContent.sorted(rows)
    universes = try instants.map {
      Array(try snapshot.universe(before: Timestamp(milliseconds: $0)))
    }
    duplicateCount = snapshot.duplicateCount
    savedSegments = snapshot.manifest.savedSegments
  }

  private static func sorted(_ rows: [StoredRow]) -> [StoredRow] {
    rows.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.user != b.user { return a.user < b.user }
      if a.eventType != b.eventType {
        guard let first = a.eventType else { return false }
        guard let second = b.eventType else { return true }
        return first < second
      }
      return (a.time, left.offset) < (b.time, right.offset)
    }.map(\.element)
  }
}
