import MartletEngine
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// The stored events and trait updates of some users, put back into batches.
///
/// Rows come by user (those of several ids first), then time, then arrival: imported in that order
/// into an empty store they give the same answers. Only the items of a list of mixed kinds come
/// sorted by kind.
struct StoredRows {
  private let snapshot: MartletEngine.Snapshot
  private let asOf: Int64
  private let propertyNames: [Text]
  private let nameIndex: [Text: UInt32]

  /// Users of one batch: few enough for memory, enough to read pages together.
  private static let userCountMax = 4096

  /// - Parameter asOf: rows at or after it are left out.
  init(_ snapshot: MartletEngine.Snapshot, before asOf: Timestamp) {
    self.snapshot = snapshot
    self.asOf = asOf.milliseconds
    let names = snapshot.propertyNames
    propertyNames = names
    nameIndex = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($0.element, UInt32($0.offset)) })
  }

  /// Calls `body` with batch after batch.
  /// - Throws: `.corrupt` where the store cannot be read, and whatever `body` throws.
  /// - Complexity: O(rows of the runs' blocks that hold the users).
  func forEachBatch(
    of users: RoaringBitmap, _ body: (EventBatch) throws -> Void
  ) throws {
    var users = users
    if let overlay = try snapshot.identityOverlay() {
      try StoredRows(overlay.snapshot, before: Timestamp(milliseconds: asOf))
        .forEachBatch(of: users.intersection(overlay.users), body)
      users.subtract(overlay.replaced)
    }
    for key in users.keys {
      let lows = users.lowValues(ofKey: key)
      for start in stride(from: 0, to: lows.count, by: StoredRows.userCountMax) {
        let end = min(start + StoredRows.userCountMax, lows.count)
        let batch = try batch(ofKey: key, Array(lows[start..<end]))
        if batch.count > 0 { try body(batch) }
      }
    }
  }

  private func batch(ofKey key: UInt16, _ lows: [UInt16]) throws(MartletError) -> EventBatch {
    var isWanted = [Bool](repeating: false, count: 1 << 16)
    for low in lows { isWanted[Int(low)] = true }
    var assembly = try BatchAssembly(
      users: try ids(ofKey: key, lows), propertyNames: propertyNames, nameIndex: nameIndex)
    for (number, file) in snapshot.segmentFiles.enumerated() {
      for index in file.directory.runs.indices where file.directory.runs[index].earliest < asOf {
        let run = try file.run(at: index)
        for source in try RowSource.sources(
          in: run, of: file, number, key: key, isWanted: isWanted)
        {
          try assembly.add(source, isWanted: isWanted, before: asOf)
        }
      }
    }
    return try assembly.finish()
  }

  private func ids(
    ofKey key: UInt16, _ lows: [UInt16]
  ) throws(MartletError) -> [(low: UInt16, id: Text)] {
    let ordinals = RoaringBitmap(sorted: lows.map { UInt32(key) << 16 | UInt32($0) })
    var ids: [(low: UInt16, id: Text)] = []
    try snapshot.users.forEachID(of: ordinals) { id throws(MartletError) in
      ids.append((lows[ids.count], id))
    }
    return ids
  }
}
