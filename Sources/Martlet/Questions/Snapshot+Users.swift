import MartletEngine
public import MartletModel
public import RoaringBitmap

extension Snapshot {
  /// Calls `body` with the ids of the first users of a set of ordinals, in order of first sight.
  /// - Parameter limit: how many at most; nil for all.
  /// - Throws: `.corrupt` where ids cannot be read, and whatever `body` throws.
  public func forEachUser(
    of users: RoaringBitmap, limit: Int?, _ body: (Text) throws(MartletError) -> Void
  ) throws(MartletError) {
    guard let limit, limit < users.count else { return try forEachUser(of: users, body) }
    try forEachUser(of: RoaringBitmap(sorted: Array(users.prefix(limit))), body)
  }

  /// The saved segments, by name in byte order, each with its canonical expression.
  public var savedSegments: [(name: Text, expression: Text)] {
    engine.manifest.savedSegments.sorted { $0.key < $1.key }
      .map { (name: $0.key, expression: $0.value) }
  }
}
