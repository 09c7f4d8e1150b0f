import MartletEncoding
import MartletFiles
package import MartletModel
package import MartletSegmentFile
package import RoaringBitmap

/// The users of a snapshot.
package struct UserDirectory: Sendable {
  package let files: [UserFile]
  /// The number of users, known at whatever instant.
  package let count: Int

  init(_ files: [UserFile]) throws(MartletError) {
    var next = 0
    for file in files {
      guard file.firstOrdinal == next else {
        throw MartletError(
          .corrupt, "user files do not follow one another: ordinal \(next) is missing",
          remedy: BlockHandle.remedy)
      }
      next += file.count
    }
    (self.files, count) = (files, next)
  }

  /// The users with an event or a trait before `asOf`.
  /// - Parameter segmentFiles: their corrections count too.
  /// - Complexity: O(pages) and the values of pages that straddle `asOf`.
  package func universe(
    before asOf: Int64, segmentFiles: [SegmentFile]
  ) throws(MartletError) -> RoaringBitmap {
    var universe = RoaringBitmap()
    for file in files {
      for (ordinals, times) in file.pages {
        if times.upperBound < asOf {
          universe.insert(UInt32(ordinals.lowerBound)...UInt32(ordinals.upperBound - 1))
        } else if times.lowerBound < asOf {
          let seen = try file.firstSeenTimes(ordinals)
          let users = zip(ordinals, seen).filter { $0.1 < asOf }.map { UInt32($0.0) }
          universe.formUnion(RoaringBitmap(sorted: users))
        }
      }
    }
    for file in segmentFiles {
      let corrections = try file.firstSeenCorrections()
      if let last = corrections.last, Int(last.user) >= count {
        throw MartletError(
          .corrupt, file: file.bytes.name, "a first-seen time is of an unknown user",
          remedy: BlockHandle.remedy)
      }
      let users = corrections.filter { $0.time < asOf }.map(\.user)
      if !users.isEmpty { universe.formUnion(RoaringBitmap(sorted: users)) }
    }
    return universe
  }

  /// Calls `body` with the id of each of `users`, in ordinal order.
  package func forEachID(
    of users: RoaringBitmap, _ body: (Text) throws(MartletError) -> Void
  ) throws(MartletError) {
    var (arena, ends): ([UInt8], [Int]) = ([], [])
    var (loaded, fileName) = (0..<0, "")
    for user in users {
      let ordinal = Int(user)
      if !loaded.contains(ordinal) {
        guard let file = files.first(where: { $0.ordinals.contains(ordinal) }) else {
          throw MartletError(
            .corrupt, "ordinal \(ordinal) has no user id", remedy: BlockHandle.remedy)
        }
        let page = SegmentFileFormat.pageValueCount
        let start =
          file.firstOrdinal + (ordinal - file.firstOrdinal) / page * page
        loaded = start..<min(start + page, file.ordinals.upperBound)
        (arena, ends) = try file.idBytes(loaded)
        fileName = file.name
      }
      let index = ordinal - loaded.lowerBound
      let start = index == 0 ? 0 : ends[index - 1]
      guard let id = Text(validating: arena[start..<ends[index]]) else {
        throw MartletError(
          .corrupt, file: fileName, "the id of user \(ordinal) is not valid UTF-8",
          remedy: BlockHandle.remedy)
      }
      try body(id)
    }
  }

  /// The ordinals of a user id: at most one, but for users who were forgotten and came back.
  /// - Complexity: O(users): one pass over the stored ids.
  package func ordinals(of id: Text) throws(MartletError) -> [UInt32] {
    let wanted = Array(id.utf8)
    var found: [UInt32] = []
    for file in files {
      let page = SegmentFileFormat.pageValueCount
      for start in stride(from: file.firstOrdinal, to: file.ordinals.upperBound, by: page) {
        let range = start..<min(start + page, file.ordinals.upperBound)
        let (arena, ends) = try file.idBytes(range)
        var offset = 0
        for (index, end) in ends.enumerated() {
          let candidate = arena.rawSpan.extracting(offset..<end)
          if ByteKernels.equal(candidate, wanted.rawSpan) { found.append(UInt32(start + index)) }
          offset = end
        }
      }
    }
    return found
  }
}
