import MartletFiles
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// Holds everything in one segment file against everything else in it.
struct SegmentFileCheck {
  let file: SegmentFile
  /// Among the manifest's segment files.
  let index: Int
  /// The file's name within the store.
  let name: String
  /// Users of the store; nil where that is unknown.
  let userCount: Int?
  /// Users without an id who must not have rows.
  let erased: RoaringBitmap
  var findings = Findings()
  /// How many texts each property's dictionary has; nil where it is damaged.
  var dictionaryCounts: [Int?] = []
  /// Runs of which nothing was found wrong so far.
  var soundRuns: [Int: Run] = [:]
  /// Who had an event on which day.
  var days: [Int: RoaringBitmapBuilder] = [:]
  /// Fingerprints of the insert ids of the rows.
  var fingerprints: [UInt64] = []
  /// Earliest and latest time of each run's rows.
  var timeRanges: [Int: ClosedRange<Int64>] = [:]
  private(set) var corrections: [(user: UInt32, time: Int64)] = []
  private(set) var edges: [IdentityEdge] = []

  init(
    _ file: SegmentFile, index: Int, name: String, userCount: Int?, erased: RoaringBitmap
  ) {
    (self.file, self.index, self.name) = (file, index, name)
    (self.userCount, self.erased) = (userCount, erased)
  }

  var bytes: FileBytes { file.bytes }
  /// Whether all of the file's runs are sound.
  var isWhole: Bool { soundRuns.count == file.directory.runs.count }

  func derived(_ place: String? = nil) -> CheckedPlace {
    CheckedPlace(damage: .derived(file: index), file: name, place: place)
  }

  func place(_ run: Run, _ index: Int, _ part: String? = nil) -> CheckedPlace {
    CheckedPlace(
      damage: .run(file: self.index, run: index), file: name,
      place: part.map { "\(run.name), \($0)" } ?? run.name)
  }

  /// Checks the file.
  /// - Parameter firstSeen: the earliest time of each user's rows so far, which those of the file
  ///   lower.
  /// - Complexity: O(bytes), and O(n log n) for the rows that share their time.
  mutating func check(lowering firstSeen: inout [Int64]) {
    findings.count(rows: file.directory.runs.reduce(0) { $0 + $1.rowCount })
    checkNames()
    checkDictionaries()
    var isOpen = true
    for index in file.directory.runs.indices {
      let entry = file.directory.runs[index]
      let place = CheckedPlace(
        damage: .run(file: self.index, run: index), file: name,
        place: "the directory of run \(index)", byteOffset: Int(clamping: entry.directory.offset))
      let file = file
      guard
        let run = findings.attempt(place, { () throws(MartletError) in try file.run(at: index) })
      else {
        isOpen = false
        continue
      }
      soundRuns[index] = run
      if !checkRun(run, index) { soundRuns[index] = nil }
    }
    if isOpen { checkLayout() }
    checkRows(lowering: &firstSeen)
    checkBitmaps()
    checkFingerprints()
    checkUsersOfFile()
  }

  private mutating func checkNames() {
    let types = file.directory.runs.map(\.eventType)
    for (left, right) in zip(types, types.dropFirst()) {
      guard let left, right.map({ left < $0 }) ?? true else {
        findings.note(derived("the directory"), "the runs are out of order")
        break
      }
    }
    let names = types.compactMap { $0 } + file.directory.properties.map(\.name)
    for name in names where !(1...Limits.nameByteCount).contains(name.utf8.count) {
      findings.note(derived("the directory"), "a name has \(name.utf8.count) bytes")
    }
  }

  private mutating func checkDictionaries() {
    for property in file.directory.properties {
      var previous: [UInt8] = []
      let column = property.dictionary
      let isSound = findings.readTexts(
        column, in: bytes, derived("the texts of property \(property.name)")
      ) { arena, ends, first in
        if let fault = StoredTexts.fault(
          arena, ends, byteCounts: 0...Limits.textByteCount, what: "text")
        {
          return fault
        }
        var start = 0
        for (index, end) in ends.enumerated() {
          let text = Array(arena[start..<end])
          let isFirst = first == 0 && index == 0
          guard isFirst || previous.lexicographicallyPrecedes(text) else {
            return "text \(index) of the page is not in order"
          }
          (previous, start) = (text, end)
        }
        return nil
      }
      dictionaryCounts.append(isSound ? column.valueCount : nil)
    }
  }

  /// Corrections of first-seen times, and identity edges.
  private mutating func checkUsersOfFile() {
    let (file, limit) = (file, userCount ?? Limits.users)
    let firstSeen = CheckedPlace(
      damage: .firstSeen, file: name, place: "first-seen corrections",
      byteOffset: file.directory.firstSeenUsers.pages.first.map { Int(clamping: $0.offset) })
    if let found = findings.attempt(
      firstSeen,
      { () throws(MartletError) in
        try file.firstSeenCorrections()
      })
    {
      corrections = found
      if let last = found.last, Int(last.user) >= limit {
        findings.note(firstSeen, "user \(last.user) does not exist")
        corrections.removeAll { Int($0.user) >= limit }
      }
      if found.contains(where: { !StoredTimes.range.contains($0.time) }) {
        findings.note(firstSeen, "a time is none that a store accepts")
      }
    }
    let place = CheckedPlace(
      damage: .edges(file: index), file: name, place: "identity edges",
      byteOffset: file.directory.aliasUsers.pages.first.map { Int(clamping: $0.offset) })
    if let found = findings.attempt(
      place,
      { () throws(MartletError) in
        try file.identityEdges()
      })
    {
      edges = found
    }
  }

  private mutating func checkFingerprints() {
    let file = file
    let index = file.directory.insertIDIndex
    let place = derived("insert id index").at(index.pages.first?.offset ?? 0)
    guard
      let stored = findings.attempt(
        place,
        { () throws(MartletError) in
          try file.insertIDPrefixes()
        })
    else { return }
    guard isWhole else { return }
    let shape = InsertIDShape(count: fingerprints.count)
    if index.count != fingerprints.count || stored != fingerprints.map(shape.prefix(of:)).sorted() {
      findings.note(place, "they are not those of the insert ids")
    }
  }
}

/// Times that rows may have.
enum StoredTimes {
  static let range = Timestamp.earliest.milliseconds...Timestamp.latest.milliseconds
}
