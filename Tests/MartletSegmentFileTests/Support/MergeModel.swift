import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport

/// What a merge of samples must hold, the slow way: row by row.
struct MergeModel {
  /// A row that is kept, with all that decides its place.
  struct Row {
    var stored: StoredRow
    var sender: UInt32
    var file: Int
    var rank: Int
    var storedUser: UInt32
    /// In its run of its file.
    var row: Int

    var key: (UInt32, Int64, Int, Int, UInt32, Int) {
      (stored.user, stored.time, file, rank, storedUser, row)
    }

    var arrival: (Int, Int, UInt32, Int) { (file, rank, storedUser, row) }
    /// Rows of equal ones may need ranks.
    var moment: [AnyHashable] { [stored.eventType == nil, stored.time] }

    /// Whether rows of one time, in order of arrival, need ranks.
    static func needRanks(_ rows: [Row]) -> Bool {
      zip(rows, rows.dropFirst()).contains { earlier, later in
        earlier.stored.user > later.stored.user
          || earlier.stored.user == later.stored.user
            && earlier.stored.eventType != later.stored.eventType
      }
    }
  }

  private(set) var rows: [Row] = []

  init(_ samples: [SegmentSample], _ selection: SegmentFileMerge.Selection) {
    for (file, sample) in samples.enumerated() {
      rows += MergeModel.rows(of: sample, file: file).filter {
        MergeModel.keeps($0, selection)
      }
    }
    for index in rows.indices {
      rows[index].stored.user = selection.canonical.canonical(rows[index].storedUser)
    }
    rows.sort { $0.key < $1.key }
  }

  private static func keeps(_ row: Row, _ selection: SegmentFileMerge.Selection) -> Bool {
    let times = row.stored.eventType == nil ? selection.traitTimes : selection.times
    return times?.contains { $0.contains(row.stored.time) } ?? true
      && selection.users?.contains(row.storedUser) ?? true
      && !selection.droppedUsers.contains(row.storedUser)
  }

  /// All rows of a file, with their places and ranks in it.
  private static func rows(of sample: SegmentSample, file: Int) -> [Row] {
    var rows = sample.rows.enumerated().map { index, pair in
      Row(
        stored: StoredRow(pair.row, user: pair.user),
        sender: sample.senders[index] ?? pair.user, file: file, rank: 0,
        storedUser: pair.user, row: 0)
    }
    func group(_ key: (Int) -> [AnyHashable]) -> [[Int]] {
      var groups: [[AnyHashable]: [Int]] = [:]
      for index in rows.indices { groups[key(index), default: []].append(index) }
      return Array(groups.values)
    }
    for run in group({ [rows[$0].stored.eventType] }) {
      let sorted = run.sorted {
        (rows[$0].storedUser, rows[$0].stored.time, $0)
          < (rows[$1].storedUser, rows[$1].stored.time, $1)
      }
      for (number, index) in sorted.enumerated() { rows[index].row = number }
    }
    for tied in group({ rows[$0].moment }) where Row.needRanks(tied.map({ rows[$0] })) {
      for (rank, index) in tied.enumerated() { rows[index].rank = rank }
    }
    return rows
  }

  /// By run: event types in byte order, then trait updates.
  var runs: [[Row]] {
    let types = Set(rows.compactMap(\.stored.eventType)).sorted()
    let runs = types.map { type in rows.filter { $0.stored.eventType == type } }
    return (runs + [rows.filter { $0.stored.eventType == nil }]).filter { !$0.isEmpty }
  }

  var storedRuns: [[StoredRow]] { runs.map { $0.map(\.stored) } }

  /// By run, the rows that need a rank, and their ranks.
  var ties: [[[Int64]]] {
    var groups: [[AnyHashable]: [(run: Int, number: Int, row: Row)]] = [:]
    for (run, rows) in runs.enumerated() {
      for (number, row) in rows.enumerated() {
        groups[row.moment, default: []].append((run, number, row))
      }
    }
    var ties = runs.map { _ in [[Int64]]() }
    for group in groups.values {
      let sorted = group.sorted { $0.row.arrival < $1.row.arrival }
      guard Row.needRanks(sorted.map(\.row)) else { continue }
      for (rank, place) in sorted.enumerated() {
        ties[place.run].append([Int64(place.number), Int64(rank)])
      }
    }
    return ties.map { $0.sorted { $0[0] < $1[0] } }
  }

  /// By run, the rows with an insert id that were sent as another user, and as whom.
  var sent: [[[Int64]]] {
    runs.map { rows in
      rows.enumerated().filter {
        $0.element.stored.insertID != nil && $0.element.sender != $0.element.stored.user
      }.map { [Int64($0.offset), Int64($0.element.sender)] }
    }
  }

  var fingerprints: [UInt64] {
    rows.compactMap { row in
      guard let id = row.stored.insertID, let type = row.stored.eventType else { return nil }
      return InsertIDKey(user: row.sender, eventType: type, id).fingerprint
    }
  }

  /// What an index stores of the fingerprints.
  var insertIDPrefixes: [UInt64] { InsertIDIndex.prefixes(of: fingerprints) }

  /// The users with an event, by day.
  var days: [Int: Set<UInt32>] {
    var days: [Int: Set<UInt32>] = [:]
    for row in rows where row.stored.eventType != nil {
      let day = row.stored.time.quotientAndRemainder(flooring: CivilDate.millisecondsPerDay)
      days[Int(day.quotient), default: []].insert(row.stored.user)
    }
    return days
  }

  /// The properties that rows have, and the texts of each.
  var texts: [Text: Set<Text>] {
    var texts: [Text: Set<Text>] = [:]
    func note(_ value: Value, _ name: Text) {
      texts[name, default: []].formUnion([])
      switch value {
      case .text(let text): texts[name, default: []].insert(text)
      case .list(let items): for item in items { note(item, name) }
      default: break
      }
    }
    for row in rows { for (name, value) in row.stored.properties { note(value, name) } }
    return texts
  }
}
