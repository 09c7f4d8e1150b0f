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

  init(snapshot: Snapshot, clock: QuestionClock, universe: RoaringBitmap) {
    (self.snapshot, self.clock, self.universe) = (snapshot, clock, universe)
  }

  var userCount: Int { snapshot.users.count }
}
