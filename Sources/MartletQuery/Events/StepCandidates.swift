import MartletLanguage
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// Users who have an event for every step: only their rows can match.
enum StepCandidates {
  /// nil where nobody has. Bitmaps alone decide; windows and filters are not looked at.
  static func users(
    of selections: [BoundSelection], within candidates: RoaringBitmap?, _ context: QueryContext
  ) throws(MartletError) -> RoaringBitmap? {
    var users = candidates ?? context.universe
    for selection in selections where selection.event != .any {
      var bitmaps: [RoaringBitmap] = []
      for part in selection.parts { bitmaps.append(try part.run.users()) }
      users.formIntersection(RoaringBitmap.union(of: bitmaps))
      if users.isEmpty { return nil }
    }
    return users
  }
}
