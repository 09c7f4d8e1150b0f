import MartletEncoding
import MartletEngine
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap

/// All that a store answers, in a form that a model gives too, however the rows are spread over
/// log and files.
struct StoreContent: Equatable {
  var duplicateCount: UInt64
  /// By ordinal; empty ones are of users who were forgotten.
  var ids: [Text]
  /// The ordinal that stands for each one's user; 0 for users who were forgotten.
  var canonicals: [UInt32]
  var savedSegments: [Text: Text]
  var expiredBefore: Int64?
  /// Those of the script's ids that the store refuses.
  var refusedIDs: [Text]
  /// The universe before each of the instants asked about.
  var universes: [[UInt32]]
  /// By user, event type and time; equal ones in arrival order, where the user has one id only.
  var rows: [StoredRow]

  init(_ model: StoreModel, universesBefore instants: [Int64]) {
    ids = model.ids
    canonicals = model.ids.indices.map {
      model.ids[$0].utf8.isEmpty ? 0 : model.canonical(of: UInt32($0))
    }
    let rows = model.rows.map { row in
      var row = row
      row.user = model.canonical(of: row.user)
      return row
    }
    self.rows = StoreContent.sorted(rows, canonicals)
    universes = instants.map { instant in
      Set(rows.filter { $0.time < instant }.map(\.user)).sorted()
    }
    (duplicateCount, savedSegments) = (model.duplicateCount, model.savedSegments)
    expiredBefore = model.expiredBefore
    refusedIDs = StoreScript.ids.filter(model.refusedIDs.contains)
  }

  /// Reads everything, as questions do.
  init(_ snapshot: Snapshot, universesBefore instants: [Int64]) throws {
    let forgotten = snapshot.manifest.forgotten
    var ids: [Text] = []
    if snapshot.users.count > 0 {
      let all = RoaringBitmap(sorted: (0..<UInt32(snapshot.users.count)).map { $0 })
      try snapshot.users.forEachID(of: all) { ids.append($0) }
    }
    for ordinal in forgotten.ordinals { ids[Int(ordinal)] = "" }
    self.ids = ids
    canonicals = ids.indices.map {
      ids[$0].utf8.isEmpty ? 0 : snapshot.identity.canonical(of: UInt32($0))
    }
    let overlay = try snapshot.identityOverlay()
    var hidden = forgotten.ordinals
    if let overlay { hidden.formUnion(overlay.replaced) }
    var rows: [StoredRow] = []
    for file in snapshot.segmentFiles {
      rows += try file.storedRows().flatMap { $0 }.filter { !hidden.contains($0.user) }
    }
    for file in overlay?.snapshot.segmentFiles ?? [] {
      rows += try file.storedRows().flatMap { $0 }
        .filter { !forgotten.ordinals.contains($0.user) }
    }
    self.rows = StoreContent.sorted(rows, canonicals)
    universes = try instants.map {
      Array(try snapshot.universe(before: Timestamp(milliseconds: $0)))
    }
    duplicateCount = snapshot.duplicateCount
    savedSegments = snapshot.manifest.savedSegments
    expiredBefore = snapshot.manifest.expiredBefore
    refusedIDs = StoreScript.ids.filter { forgotten.contains(Array($0.utf8).rawSpan) }
  }

  private static func sorted(_ rows: [StoredRow], _ canonicals: [UInt32]) -> [StoredRow] {
    // Rows of one time under two ids have no order that a file would tell.
    let shared = Set(
      canonicals.indices.filter { canonicals[$0] != UInt32($0) }.map { canonicals[$0] })
    return rows.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.user != b.user { return a.user < b.user }
      if a.eventType != b.eventType {
        guard let first = a.eventType else { return false }
        guard let second = b.eventType else { return true }
        return first < second
      }
      if a.time != b.time { return a.time < b.time }
      if shared.contains(a.user) { return a.words < b.words }
      return left.offset < right.offset
    }.map(\.element)
  }

  /// What is not as expected, in a few lines; nil where all is.
  func difference(from expected: StoreContent) -> String? {
    if self == expected { return nil }
    var lines: [String] = []
    func compare(_ name: String, _ actual: some Equatable, _ expected: some Equatable) {
      let (actual, expected) = ("\(actual)", "\(expected)")
      if actual != expected { lines.append("\(name): \(actual), expected \(expected)") }
    }
    compare("duplicates", duplicateCount, expected.duplicateCount)
    compare("ids", ids, expected.ids)
    compare("canonical ordinals", canonicals, expected.canonicals)
    compare("saved", savedSegments.keys.sorted(), expected.savedSegments.keys.sorted())
    compare("expired", "\(expiredBefore ?? -1)", "\(expected.expiredBefore ?? -1)")
    compare("refused", refusedIDs, expected.refusedIDs)
    compare("universes", universes, expected.universes)
    let (actual, wanted) = (rows.map(\.words), expected.rows.map(\.words))
    if actual != wanted {
      let change = actual.difference(from: wanted)
      lines.append(
        "rows: \(actual.count), expected \(wanted.count); missing "
          + "\(change.removals.prefix(3)), too many \(change.insertions.prefix(3))")
    }
    return lines.joined(separator: "; ")
  }
}

extension StoredRow {
  /// All of the row, in a fixed order.
  fileprivate var words: String {
    let values = properties.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let id = insertID.map { "\($0)" } ?? "-"
    return "\(user) \(eventType.map { "\($0)" } ?? "traits") \(time) \(id) "
      + values.joined(separator: ",")
  }
}

extension Engine {
  func content(universesBefore instants: [Int64] = StoreScript.instants) throws -> StoreContent {
    try StoreContent(try snapshot(), universesBefore: instants)
  }
}
