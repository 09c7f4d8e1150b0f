import MartletEngine
public import MartletModel
import RoaringBitmap

extension Snapshot {
  /// A user's events and trait updates, by time and arrival; nil for an unknown user.
  /// - Parameters:
  ///   - user: the id.
  ///   - asOf: rows at or after it are left out.
  /// - Throws: `.corrupt` where the store is damaged.
  /// - Complexity: O(users) to find the id, and O(rows of the pages that hold the user).
  public func timeline(
    of user: Text, before asOf: Timestamp
  ) throws -> [TimelineEntry]? {
    guard let ordinal = try engine.user(of: user) else { return nil }
    var entries: [TimelineEntry] = []
    try StoredRows(engine, before: asOf).forEachBatch(of: RoaringBitmap(sorted: [ordinal])) {
      batch in
      for row in 0..<batch.count { entries.append(TimelineEntry(row, of: batch)) }
    }
    return entries
  }
}
