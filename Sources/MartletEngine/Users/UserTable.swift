import MartletEncoding
import MartletModel
import MartletSegmentFile

/// The writer's view of all users: id to ordinal, and when each was first seen.
package struct UserTable: Sendable {
  private(set) var ids = TextTable()
  private(set) var firstSeen: [Int64] = []
  /// Users of the committed files who turned out to have been seen earlier.
  private(set) var corrections: Set<UInt32> = []
  /// Users below this ordinal are in committed user files.
  private(set) var committedCount = 0

  package init() {}

  package var count: Int { ids.count }

  /// Adds the users of a file; files come in ordinal order.
  mutating func load(_ file: UserFile) throws(MartletError) {
    let step = 65_536
    var start = file.firstOrdinal
    while start < file.ordinals.upperBound {
      let range = start..<min(start + step, file.ordinals.upperBound)
      let (arena, ends) = try file.idBytes(range)
      var offset = 0
      for end in ends {
        guard ids.intern(arena.rawSpan.extracting(offset..<end)).isNew else {
          throw MartletError(
            .corrupt, "user \(ids.count) repeats an earlier user's id", remedy: BlockHandle.remedy
          )
        }
        offset = end
      }
      firstSeen += try file.firstSeenTimes(range)
      start = range.upperBound
    }
    committedCount = ids.count
  }

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

  /// Takes over that a user of a committed file was seen as early as `time`.
  mutating func correct(_ index: Int, _ time: Int64) {
    guard time < firstSeen[index] else { return }
    firstSeen[index] = time
    if index < committedCount { corrections.insert(UInt32(index)) }
  }

  /// Takes over a correction that a committed segment file records already.
  mutating func adopt(_ index: Int, _ time: Int64) {
    firstSeen[index] = min(firstSeen[index], time)
  }

  /// The corrections since the last call, in ordinal order.
  mutating func takeCorrections() -> [(user: UInt32, time: Int64)] {
    defer { corrections = [] }
    return corrections.sorted().map { ($0, firstSeen[Int($0)]) }
  }

  mutating func markCommitted() { committedCount = ids.count }
}
