import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// Checks one user file.
struct UserFileCheck {
  /// What tells ids apart: equal ones have equal hashes, and no others.
  struct ID {
    var hash: SipHash128.Pair
    var ordinal: UInt32
    /// Which of the manifest's user files holds it; nil for the log.
    var file: Int?

    /// Any key does: it is the same for all ids, and nobody chooses ids against it.
    private static let key = SipHash128.Pair(low: 0x6D61_7274, high: 0x6C65_7400)

    init(_ id: RawSpan, ordinal: UInt32, file: Int?) {
      hash = SipHash128.hash(id, key: UserFileCheck.ID.key)
      (self.ordinal, self.file) = (ordinal, file)
    }
  }

  let file: UserFile
  /// Among the manifest's user files.
  let index: Int
  /// The file's name within the store.
  let name: String
  var findings = Findings()
  /// All ids that could be read.
  private(set) var ids: [ID] = []
  /// Users whose id is empty.
  private(set) var erased: [UInt32] = []
  /// nil where a page of them is damaged.
  private(set) var firstSeen: [Int64]? = []

  init(_ file: UserFile, index: Int, name: String) {
    (self.file, self.index, self.name) = (file, index, name)
  }

  mutating func check() {
    findings.count(users: file.count)
    checkIDs()
    checkTimes()
    checkLayout()
  }

  private mutating func checkIDs() {
    let place = CheckedPlace(damage: .userIDs(index), file: name, place: "user ids")
    var bad: [Range<UInt32>] = []
    var readCount = 0
    let (first, index) = (file.firstOrdinal, index)
    var (ids, erased): ([ID], [UInt32]) = ([], [])
    _ = findings.readTexts(file.ids, in: file.bytes, place) { arena, ends, position in
      // Pages before this one that could not be read.
      if readCount < position { bad.append(UInt32(first + readCount)..<UInt32(first + position)) }
      readCount = position + ends.count
      var (start, fault): (Int, String?) = (0, nil)
      for (offset, end) in ends.enumerated() {
        let ordinal = UInt32(first + position + offset)
        defer { start = end }
        guard end > start else {
          erased.append(ordinal)
          continue
        }
        let id = arena[start..<end]
        if id.count > Limits.userIDByteCount || Text(validating: id) == nil {
          fault = fault ?? "the id of user \(ordinal) is too long, or not valid UTF-8"
          bad.append(ordinal..<ordinal + 1)
          continue
        }
        ids.append(ID(arena.rawSpan.extracting(start..<end), ordinal: ordinal, file: index))
      }
      return fault
    }
    if readCount < file.count { bad.append(UInt32(first + readCount)..<UInt32(first + file.count)) }
    (self.ids, self.erased) = (ids, erased)
    for range in bad { findings.lostUsers.insert(range) }
  }

  private mutating func checkTimes() {
    let place = CheckedPlace(damage: .firstSeen, file: name, place: "first-seen times")
    let zones = file.pages.map(\.times)
    var times: [Int64] = []
    let isSound = findings.readIntegers(file.firstSeen, in: file.bytes, place) { page, first in
      times += page
      guard page.allSatisfy({ StoredTimes.range.contains($0) || $0 == UserTable.neverSeen })
      else { return "a time is none that a store accepts" }
      let zone = zones[first / SegmentFileFormat.pageValueCount]
      return page.min() == zone.lowerBound && page.max() == zone.upperBound
        ? nil : "the page's least and greatest time are not those of the directory"
    }
    firstSeen = isSound ? times : nil
  }

  /// Makes sure that each byte of the file is header, trailer or part of one block.
  private mutating func checkLayout() {
    let place = CheckedPlace(damage: .firstSeen, file: name)
    let bytes = file.bytes
    guard
      let directory = findings.attempt(
        place,
        { () throws(MartletError) in
          try BlockFile.directoryHandle(
            of: bytes, kind: .userFile, newestVersion: UserFile.version)
        })
    else { return }
    var end = UInt64(FileHeader.byteCount)
    let pages = (file.ids.pages + file.firstSeen.pages).sorted { $0.offset < $1.offset }
    for page in pages where page.offset == end { end += UInt64(page.byteCount) }
    let last = directory.offset + UInt64(directory.byteCount)
    if end != directory.offset
      || last + UInt64(BlockFile.trailerByteCount) != UInt64(bytes.count)
    {
      findings.note(place.at(end), "nothing points to the bytes from here on, or blocks overlap")
    }
  }
}
