import MartletFiles
import MartletModel
import MartletSegmentFile

/// Finds insert ids in sealed files: their indexes name candidates, only equal bytes decide.
struct SealedInsertIDs {
  /// An event with an insert id.
  struct Wanted {
    /// Events of one type have one number.
    var type: Int
    var eventType: Text
    /// The ordinal it was sent under.
    var sender: UInt32
    /// Those under which its row may lie.
    var users: [UInt32]
    /// Where its insert id lies in an array of bytes.
    var insertID: Range<Int>
  }

  /// Those with an insert id.
  private var files: [SegmentFile] = []

  /// Adds the ids of a file.
  mutating func add(_ file: SegmentFile) {
    if file.directory.insertIDIndex.count > 0 { files.append(file) }
  }

  /// Leaves out the ids of a file that others replace.
  mutating func remove(_ file: SegmentFile) {
    files.removeAll { $0.bytes.name == file.bytes.name }
  }

  var isEmpty: Bool { files.isEmpty }

  /// Which of many events are in a file: whether, for each of their fingerprints.
  ///
  /// All at once, since the indexes are searched several times as fast so, and a page of insert
  /// ids is decoded once for all events that may be in it.
  /// - Parameters:
  ///   - bytes: where the insert ids lie.
  ///   - wanted: the event of the fingerprint at that place.
  /// - Complexity: O(events · files), and O(values) of the pages with candidates
  func held(
    _ fingerprints: [UInt64], in bytes: [UInt8], _ wanted: (Int) -> Wanted
  ) throws(MartletError) -> [Bool] {
    var held = [Bool](repeating: false, count: fingerprints.count)
    for file in files {
      var types: [Int: [(place: Int, event: Wanted)]] = [:]
      for place in try file.candidates(among: fingerprints) where !held[place] {
        let event = wanted(place)
        types[event.type, default: []].append((place, event))
      }
      let found = try Parallel.map(Array(types.values)) { events throws(MartletError) in
        try SealedInsertIDs.held(events, in: bytes, file)
      }
      for place in found.joined() { held[place] = true }
    }
    return held
  }

  /// The places of those events, all of one type, that a file has.
  private static func held(
    _ events: [(place: Int, event: Wanted)], in bytes: [UInt8], _ file: SegmentFile
  ) throws(MartletError) -> [Int] {
    guard let run = try file.run(of: events[0].event.eventType) else { return [] }
    var rows: [(place: Int, row: Run.Wanted)] = []
    for (place, event) in events {
      for user in event.users {
        rows.append(
          (place, Run.Wanted(user: user, sender: event.sender, insertID: event.insertID)))
      }
    }
    rows.sort { $0.row.user < $1.row.user }
    return try run.held(rows.map(\.row), in: bytes).map { rows[$0].place }
  }
}
