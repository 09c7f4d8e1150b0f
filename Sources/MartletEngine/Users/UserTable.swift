import MartletEncoding
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// The writer's view of all users: id to ordinal, and when each was first seen.
package struct UserTable: Sendable {
  private(set) var ids = TextTable()
  private(set) var firstSeen: [Int64] = []
  /// Users of the committed files who turned out to have been seen earlier.
  private(set) var corrections: Set<UInt32> = []
  /// Users below this ordinal are in committed user files.
  private(set) var committedCount = 0
  /// Users whose id is not stored any more.
  private(set) var erased: Set<UInt32> = []

  package init() {}

  package var count: Int { ids.count }

  /// When a user without an event or a trait was first seen: not before any instant.
  static let neverSeen = Int64.max

  /// Where the id of a user lies in the arena of `ids`; empty for one that was erased.
  func storedRange(of ordinal: Int) -> Range<Int> {
    erased.contains(UInt32(ordinal)) ? 0..<0 : ids.range(of: ordinal)
  }

  /// Bytes that stand for the id of a forgotten user: no UTF-8, so nobody's id.
  private static func placeholder(_ ordinal: UInt32) -> [UInt8] {
    [0xFF] + (0..<4).map { UInt8(truncatingIfNeeded: ordinal >> (8 * $0)) }
  }

  /// Takes the ids of some users out; whoever comes with one of them is a new user.
  /// - Complexity: O(users)
  mutating func forget(_ ordinals: RoaringBitmap) {
    var kept = TextTable()
    erased.formUnion(ordinals)
    for ordinal in 0..<UInt32(ids.count) {
      if erased.contains(ordinal) {
        _ = kept.intern(UserTable.placeholder(ordinal).rawSpan)
        firstSeen[Int(ordinal)] = UserTable.neverSeen
      } else {
        _ = kept.intern(ids.arena.rawSpan.extracting(ids.range(of: Int(ordinal))))
      }
    }
    ids = kept
    corrections.subtract(ordinals)
  }

  /// Takes over when every user was first seen, as the rows that are left say.
  mutating func replaceFirstSeen(_ times: [Int64]) {
    precondition(times.count == firstSeen.count)
    (firstSeen, corrections) = (times, [])
  }

  /// Adds the users of a file; files come in ordinal order.
  /// - Parameter forgotten: ordinals whose ids are nobody's any more.
  mutating func load(_ file: UserFile, forgotten: RoaringBitmap) throws(MartletError) {
    let step = 65_536
    var start = file.firstOrdinal
    while start < file.ordinals.upperBound {
      let range = start..<min(start + step, file.ordinals.upperBound)
      let (arena, ends) = try file.idBytes(range)
      var offset = 0
      for end in ends {
        let ordinal = UInt32(ids.count)
        if offset == end || forgotten.contains(ordinal) {
          erased.insert(ordinal)
          _ = ids.intern(UserTable.placeholder(ordinal).rawSpan)
        } else {
          guard ids.intern(arena.rawSpan.extracting(offset..<end)).isNew else {
            throw MartletError(
              .corrupt, "user \(ordinal) repeats an earlier user's id", remedy: BlockHandle.remedy
            )
          }
        }
        offset = end
      }
      firstSeen += try file.firstSeenTimes(range)
      start = range.upperBound
    }
    // The file may be older than the forgetting; written again, it must not bring them back.
    for ordinal in erased { firstSeen[Int(ordinal)] = UserTable.neverSeen }
    committedCount = ids.count
  }

  /// The ids of the users from `start` on, one after the other, and where each ends.
  func ids(from start: Int) -> (arena: [UInt8], ends: [Int]) {
    guard start < ids.count else { return ([], []) }
    let base = ids.range(of: start).lowerBound
    return (Array(ids.arena[base...]), ids.ends[start...].map { $0 - base })
  }

  /// The id of a user who was not forgotten.
  func id(of ordinal: UInt32) -> [UInt8] { Array(ids.arena[ids.range(of: Int(ordinal))]) }

  func find(_ id: RawSpan) -> UInt32? { ids.find(id).map { UInt32($0) } }

  /// The ordinals of the users of a batch's rows; `UInt32.max` for those that are new.
  func findAll(_ batch: borrowing EventBatch) -> [UInt32] {
    ids.findAll(batch.users.map(\.range), in: batch.bytes)
  }

  /// The ordinal of a user who has an event or a trait at `time`.
  /// - Parameter known: the ordinal, where it is known already; otherwise `UInt32.max`.
  mutating func see(
    _ id: RawSpan, known: UInt32, at time: Int64
  ) throws(MartletError) -> UInt32 {
    if known != .max {
      correct(Int(known), time)
      return known
    }
    let (index, isNew) = ids.intern(id)
    if isNew {
      guard index < Limits.users else {
        throw MartletError(
          .limit, "the store has \(Limits.users) users, which is the limit",
          remedy: "split the users over several stores")
      }
      firstSeen.append(time)
    } else {
      correct(index, time)
    }
    return UInt32(index)
  }

  /// The ordinal of an id, which becomes a user's where it is new.
  mutating func know(_ id: RawSpan) throws(MartletError) -> UInt32 {
    try see(id, known: .max, at: UserTable.neverSeen)
  }

  /// Takes over that a user of a committed file was seen as early as `time`.
  mutating func correct(_ index: Int, _ time: Int64) {
    guard time < firstSeen[index] else { return }
    firstSeen[index] = time
    if index < committedCount { corrections.insert(UInt32(index)) }
  }

  /// Takes over a correction that a committed segment file records already.
  mutating func adopt(_ index: Int, _ time: Int64) {
    if erased.contains(UInt32(index)) { return }
    firstSeen[index] = min(firstSeen[index], time)
  }

  /// The corrections since the last call, in ordinal order.
  mutating func takeCorrections() -> [(user: UInt32, time: Int64)] {
    defer { corrections = [] }
    return corrections.sorted().map { ($0, firstSeen[Int($0)]) }
  }

  mutating func markCommitted() { committedCount = ids.count }
}
