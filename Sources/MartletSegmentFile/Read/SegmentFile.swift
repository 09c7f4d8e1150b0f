import MartletEncoding
package import MartletFiles
package import MartletModel
package import RoaringBitmap
import Synchronization

/// One immutable file of events, open for reading.
///
/// Opening reads the trailer and the directory; runs, dictionaries and bitmaps are read when they
/// are first asked for, and kept. Safe to use from several threads.
package final class SegmentFile: Sendable {
  package let directory: SegmentFileDirectory
  package let bytes: FileBytes
  private let runsByType: [Text: Int]
  private let propertiesByName: [Text: Int]
  private let insertIDs: InsertIDReader
  private let cache: Mutex<Cache>

  private struct Cache {
    var runs: [Int: Run] = [:]
    var dictionaries: [Int: TextDictionary] = [:]
    var bitmaps: [UInt64: RoaringBitmap] = [:]
  }

  /// Opens a file.
  /// - Throws: `.corrupt` or `.tooNew`, naming the file and the place.
  package init(_ bytes: FileBytes) throws(MartletError) {
    self.bytes = bytes
    let raw = try BlockFile.directory(
      of: bytes, kind: .segmentFile, newestVersion: SegmentFileFormat.version)
    let directory = try inFile(bytes.name) { () throws(MartletError) in
      var reader = ByteReader(raw.rawSpan, of: bytes.name)
      return try SegmentFileDirectory(from: &reader)
    }
    guard directory.byteCounts.allSatisfy({ $0 <= UInt64(bytes.count) }) else {
      throw MartletError(
        .corrupt, file: bytes.name, "the directory counts more bytes than the file has",
        remedy: BlockHandle.remedy)
    }
    var (runs, properties): ([Text: Int], [Text: Int]) = ([:], [:])
    for (index, run) in directory.runs.enumerated() {
      if let eventType = run.eventType { runs[eventType] = index }
    }
    for (index, property) in directory.properties.enumerated() {
      properties[property.name] = index
    }
    self.directory = directory
    (runsByType, propertiesByName) = (runs, properties)
    insertIDs = InsertIDReader(directory.insertIDIndex, in: bytes)
    cache = Mutex(Cache())
  }

  /// The run of an event type, where the file has one.
  package func run(of eventType: Text) throws(MartletError) -> Run? {
    guard let index = runsByType[eventType] else { return nil }
    return try run(at: index)
  }

  /// The run of trait updates, where the file has one.
  package func traitRun() throws(MartletError) -> Run? {
    guard let index = directory.runs.lastIndex(where: { $0.eventType == nil }) else { return nil }
    return try run(at: index)
  }

  package func run(at index: Int) throws(MartletError) -> Run {
    if let run = cache.withLock({ $0.runs[index] }) { return run }
    let run = try Run(file: self, index: index)
    return cache.withLock { cache in
      if let first = cache.runs[index] { return first }
      cache.runs[index] = run
      return run
    }
  }

  package func propertyIndex(of name: Text) -> Int? { propertiesByName[name] }

  /// The sorted texts of a property.
  package func dictionary(ofProperty index: Int) throws(MartletError) -> TextDictionary {
    if let dictionary = cache.withLock({ $0.dictionaries[index] }) { return dictionary }
    let dictionary = try TextDictionary(directory.properties[index].dictionary, in: bytes)
    return cache.withLock { cache in
      if let first = cache.dictionaries[index] { return first }
      cache.dictionaries[index] = dictionary
      return dictionary
    }
  }

  /// A stored bitmap, validated.
  package func bitmap(
    _ handle: BlockHandle, what: @autoclosure () -> String
  ) throws(MartletError) -> RoaringBitmap {
    if let bitmap = cache.withLock({ $0.bitmaps[handle.offset] }) { return bitmap }
    let raw = try BlockFile.readCompressed(handle, from: bytes, what: what())
    let bitmap: RoaringBitmap
    do {
      bitmap = try RoaringBitmap(serialized: raw)
    } catch {
      throw MartletError(
        .corrupt, file: bytes.name, place: "byte \(handle.offset)", "\(what()): \(error)",
        remedy: BlockHandle.remedy)
    }
    cache.withLock { $0.bitmaps[handle.offset] = bitmap }
    return bitmap
  }

  /// Users with any event in the file.
  package func anyUsers() throws(MartletError) -> RoaringBitmap {
    guard let handle = directory.anyUsers else { return RoaringBitmap() }
    return try bitmap(handle, what: "the bitmap of all users")
  }

  /// Earliest and latest time of any event or trait update; nil for a file without rows.
  package var timeRange: ClosedRange<Int64>? {
    guard let earliest = directory.runs.map(\.earliest).min(),
      let latest = directory.runs.map(\.latest).max()
    else { return nil }
    return earliest...latest
  }
}

extension SegmentFile {
  /// Users whom this file saw earlier than the user files say, in ordinal order.
  package func firstSeenCorrections() throws(MartletError) -> [(user: UInt32, time: Int64)] {
    let range = 0..<directory.firstSeenUsers.valueCount
    guard !range.isEmpty else { return [] }
    let users = try directory.firstSeenUsers.integers(range, in: bytes, what: "first-seen users")
    let times = try directory.firstSeenTimes.integers(range, in: bytes, what: "first-seen times")
    var corrections: [(user: UInt32, time: Int64)] = []
    for (user, time) in zip(users, times) {
      guard let user = UInt32(exactly: user), corrections.last.map({ $0.user < user }) ?? true
      else {
        throw MartletError(
          .corrupt, file: bytes.name, "first-seen users are out of order",
          remedy: BlockHandle.remedy)
      }
      corrections.append((user, time))
    }
    return corrections
  }

  /// Ordinals that lead to another user's, in ordinal order.
  package func identityEdges() throws(MartletError) -> [IdentityEdge] {
    let range = 0..<directory.aliasUsers.valueCount
    guard !range.isEmpty else { return [] }
    let users = try directory.aliasUsers.integers(range, in: bytes, what: "alias users")
    let targets = try directory.aliasTargets.integers(range, in: bytes, what: "alias targets")
    var edges: [IdentityEdge] = []
    for (user, target) in zip(users, targets) {
      guard let user = UInt32(exactly: user), let target = UInt32(exactly: target),
        user != target, edges.last.map({ $0.user < user }) ?? true
      else {
        throw MartletError(
          .corrupt, file: bytes.name, "identity edges are out of order or lead nowhere",
          remedy: BlockHandle.remedy)
      }
      edges.append(IdentityEdge(user: user, target: target))
    }
    return edges
  }

  /// Which of many insert ids may be in the file: their places among `fingerprints`, ascending.
  /// Only the runs of their event types know for certain.
  /// - Complexity: O(fingerprints); the first search of a page verifies its checksum
  package func candidates(among fingerprints: [UInt64]) throws(MartletError) -> [Int] {
    try insertIDs.candidates(among: fingerprints)
  }

  /// The leading bits of the fingerprints of all insert ids, in ascending order.
  /// - Complexity: O(insert ids)
  package func insertIDPrefixes() throws(MartletError) -> [UInt64] { try insertIDs.prefixes() }
}
