import MartletEngine
import MartletModel
import RoaringBitmap
import Synchronization

/// What all nodes of a plan share.
final class QueryContext: Sendable {
  let snapshot: Snapshot
  let clock: QuestionClock
  let universe: RoaringBitmap
  let dictionaryMatches = DictionaryMatches()

  init(snapshot: Snapshot, clock: QuestionClock) throws(MartletError) {
    (self.snapshot, self.clock) = (snapshot, clock)
    universe = try snapshot.universe(before: Timestamp(milliseconds: clock.asOf))
  }

  var userCount: Int { snapshot.users.count }
}
