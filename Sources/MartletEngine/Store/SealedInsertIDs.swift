import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile

/// Finds insert ids in sealed files: fingerprints name candidates, only equal bytes decide.
struct SealedInsertIDs {
  private struct Entry {
    let file: SegmentFile
    let fingerprints: [UInt64]
  }

  private var entries: [Entry] = []

  /// Adds the ids of a file.
  mutating func add(_ file: SegmentFile) throws(MartletError) {
    let fingerprints = try file.insertIDFingerprints()
    if !fingerprints.isEmpty { entries.append(Entry(file: file, fingerprints: fingerprints)) }
  }

  /// Leaves out the ids of a file that others replace.
  mutating func remove(_ file: SegmentFile) {
    entries.removeAll { $0.file.bytes.name == file.bytes.name }
  }

  /// - Parameter ordinals: those under which a row of the id may lie.
  func contains(
    _ key: InsertIDKey, insertID: RawSpan, underAnyOf ordinals: [UInt32]
  ) throws(MartletError) -> Bool {
    for entry in entries where SealedInsertIDs.has(key.fingerprint, entry.fingerprints) {
      guard let run = try entry.file.run(of: key.eventType) else { continue }
      for ordinal in ordinals
      where try run.holds(insertID: insertID, lyingUnder: ordinal, sentAs: key.user) {
        return true
      }
    }
    return false
  }

  private static func has(_ fingerprint: UInt64, _ sorted: [UInt64]) -> Bool {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < fingerprint { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == fingerprint
  }
}
