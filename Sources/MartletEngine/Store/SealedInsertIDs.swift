import MartletFiles
import MartletModel
import MartletSegmentFile

/// Finds insert ids in sealed files: their indexes name candidates, only equal bytes decide.
struct SealedInsertIDs {
  /// Those with an insert id.
  private var files: [SegmentFile] = []

  /// Adds the ids of a file.
  mutating func add(_ file: SegmentFile) {
    if file.directory.insertIDIndex.count > 0 { files.append(file) }
  }

  /// Leaves out the ids of a file that others replace.
  mutating func remove(_ file: SegmentFile) {
    files.removeAll { $0.bytes.name == file.bytes.name }
  }

  var isEmpty: Bool { files.isEmpty }

  /// Which of many ids may be in a file: their places among `fingerprints`, with repeats.
  func candidates(among fingerprints: [UInt64]) throws(MartletError) -> [Int] {
    var candidates: [Int] = []
    for file in files { candidates += try file.candidates(among: fingerprints) }
    return candidates
  }

  /// - Parameter ordinals: those under which a row of the id may lie.
  /// - Complexity: O(files)
  func contains(
    _ key: InsertIDKey, insertID: RawSpan, underAnyOf ordinals: [UInt32]
  ) throws(MartletError) -> Bool {
    for file in files where try file.mayHold(fingerprint: key.fingerprint) {
      guard let run = try file.run(of: key.eventType) else { continue }
      for ordinal in ordinals
      where try run.holds(insertID: insertID, lyingUnder: ordinal, sentAs: key.user) {
        return true
      }
    }
    return false
  }
}
