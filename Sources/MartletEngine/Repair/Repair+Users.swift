import MartletFiles
import MartletModel
import MartletSegmentFile
import RoaringBitmap

extension Repair {
  /// When the rows that are kept saw each user first.
  func firstSeen(userCount: Int) throws(MartletError) -> [Int64] {
    var firstSeen = [Int64](repeating: UserTable.neverSeen, count: userCount)
    for (_, file) in kept { try file.lowerFirstSeen(&firstSeen) }
    return firstSeen
  }

  /// Writes those files anew whose corrections of first-seen times are of rows that are gone.
  mutating func dropStaleCorrections(_ firstSeen: [Int64]) throws(MartletError) {
    var identity = IdentityTable()
    for (_, file) in kept {
      try identity.add(try file.identityEdges(), userCount: firstSeen.count)
    }
    var earliest: [UInt32: Int64] = [:]
    for alias in identity.aliases {
      let user = identity.canonical(of: alias)
      earliest[user] = min(
        earliest[user] ?? firstSeen[Int(user)], firstSeen[Int(alias)])
    }
    let files = kept
    kept = []
    var partitionedCount = 0
    for (index, (file, segmentFile)) in files.enumerated() {
      // Those that cannot be read go as well: the user files know better.
      let corrections = try? segmentFile.firstSeenCorrections()
      let isStale = corrections?.contains { user, time in
        guard Int(user) < firstSeen.count else { return true }
        let canonical = identity.canonical(of: user)
        return time < earliest[canonical] ?? firstSeen[Int(canonical)]
      }
      let countBefore = kept.count
      if isStale ?? true {
        let arrival = segmentFile.directory.arrivalNumber
        try rewrite([segmentFile], SegmentFileMerge.Selection(), arrival: arrival)
      } else {
        kept.append((file, segmentFile))
      }
      // A file of nothing but corrections has no successor.
      if index < manifest.partitionedFileCount { partitionedCount += kept.count - countBefore }
    }
    manifest.partitionedFileCount = partitionedCount
  }

  /// Writes all users as one file.
  mutating func write(_ users: RepairedUsers) throws(MartletError) {
    manifest.userFiles = []
    guard users.count > 0 else { return }
    let content = UserFile.encode(
      firstOrdinal: 0, arena: users.arena, ranges: users.ranges, firstSeen: users.firstSeen,
      compressionLevel: compressionLevel)
    let file = Manifest.File(number: takeFileNumber(), byteCount: UInt64(content.byteCount))
    try write(content, to: Manifest.userFileName(file.number))
    manifest.userFiles = [file]
  }
}
