import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// What a verification finds, as it goes on.
struct Findings {
  /// For people, up to the limit.
  private(set) var report = VerificationReport()
  /// For a repair, all.
  private(set) var damages: Set<Damage> = []
  /// Damages for which a person was told a reason, with the reasons; for the report of a repair.
  private(set) var reasons: [(damage: Damage, problem: StoreProblem)] = []
  /// Users whose ids cannot be used.
  var lostUsers = RoaringBitmap()

  mutating func note(_ damage: Damage, _ problem: StoreProblem) {
    damages.insert(damage)
    guard report.problems.count < VerificationReport.listedProblemCountMax else {
      report.unlistedProblemCount += 1
      return
    }
    report.problems.append(problem)
    reasons.append((damage, problem))
  }

  /// Takes over what another part of the verification found.
  mutating func merge(_ other: Findings) {
    damages.formUnion(other.damages)
    lostUsers.formUnion(other.lostUsers)
    let room = VerificationReport.listedProblemCountMax - report.problems.count
    report.problems += other.report.problems.prefix(room)
    reasons += other.reasons.prefix(room)
    report.unlistedProblemCount +=
      other.report.unlistedProblemCount + max(0, other.report.problems.count - room)
    report.remarks += other.report.remarks
    count(
      files: other.report.fileCount, bytes: other.report.byteCount,
      rows: other.report.rowCount, users: other.report.userCount)
  }

  /// Notes that something cannot be used because of what was noted elsewhere.
  mutating func mark(_ damage: Damage) { damages.insert(damage) }

  mutating func remark(_ text: String) { report.remarks.append(text) }

  mutating func count(files: Int = 0, bytes: Int = 0, rows: Int = 0, users: Int = 0) {
    report.fileCount += files
    report.byteCount += bytes
    report.rowCount += rows
    report.userCount += users
  }
}

/// Where in a store a check is at.
struct CheckedPlace {
  /// What it means if something is wrong here.
  var damage: Damage
  /// The file's name within the store.
  var file: String
  var place: String?
  var byteOffset: Int?

  func problem(_ reason: String) -> StoreProblem {
    StoreProblem(file: file, place: place, byteOffset: byteOffset, reason)
  }

  /// What an error says, as a problem of this place.
  func problem(_ error: MartletError) -> StoreProblem {
    // Where it is a byte of the file, this place says so already.
    let inner = error.place.flatMap { $0.hasPrefix("byte ") ? nil : " (\($0))" }
    return problem(error.reason + (inner ?? ""))
  }

  func at(_ byteOffset: UInt64, _ place: String? = nil) -> CheckedPlace {
    var copy = self
    copy.byteOffset = Int(clamping: byteOffset)
    if let place { copy.place = place }
    return copy
  }
}

extension Findings {
  mutating func note(_ place: CheckedPlace, _ reason: String) {
    note(place.damage, place.problem(reason))
  }

  /// The result of `body`, or nil where it fails, which is noted.
  mutating func attempt<Result>(
    _ place: CheckedPlace, _ body: () throws(MartletError) -> Result
  ) -> Result? {
    do throws(MartletError) {
      return try body()
    } catch {
      note(place.damage, place.problem(error))
      return nil
    }
  }

  /// Reads every page of a column of integers; returns whether nothing is wrong.
  /// - Parameter check: says what is wrong with the values of a page; gets the place of the first.
  mutating func readIntegers(
    _ column: PagedColumn, in file: FileBytes, _ place: CheckedPlace,
    _ check: ([Int64], Int) -> String? = { _, _ in nil }
  ) -> Bool {
    var isSound = true
    for page in column.pages.indices {
      let first = page * SegmentFileFormat.pageValueCount
      let here = place.at(column.pages[page].offset, Findings.name(place, page))
      let values = attempt(here) { () throws(MartletError) in
        let block = try column.handle(ofPage: page).read(from: file, what: "the page")
        var values = [Int64](repeating: 0, count: column.count(ofPage: page))
        try IntegerPage.decode(block.bytes, count: values.count, into: &values, at: 0)
        return values
      }
      guard let values else {
        isSound = false
        continue
      }
      if let reason = check(values, first) {
        note(here, reason)
        isSound = false
      }
    }
    return isSound
  }

  /// Reads every page of a column of texts; returns whether nothing is wrong.
  mutating func readTexts(
    _ column: PagedColumn, in file: FileBytes, _ place: CheckedPlace,
    _ check: (_ arena: [UInt8], _ ends: [Int], _ first: Int) -> String?
  ) -> Bool {
    var isSound = true
    for page in column.pages.indices {
      let first = page * SegmentFileFormat.pageValueCount
      let here = place.at(column.pages[page].offset, Findings.name(place, page))
      let texts = attempt(here) { () throws(MartletError) in
        let block = try column.handle(ofPage: page).read(from: file, what: "the page")
        var (arena, ends): ([UInt8], [Int]) = ([], [])
        try TextPage.decode(
          block.bytes, count: column.count(ofPage: page), into: &arena, ends: &ends)
        return (arena, ends)
      }
      guard let texts else {
        isSound = false
        continue
      }
      if let reason = check(texts.0, texts.1, first) {
        note(here, reason)
        isSound = false
      }
    }
    return isSound
  }

  private static func name(_ place: CheckedPlace, _ page: Int) -> String {
    [place.place, "page \(page)"].compactMap { $0 }.joined(separator: ", ")
  }

  /// A stored bitmap, or nil where it is damaged, which is noted.
  mutating func readBitmap(
    _ handle: BlockHandle, in file: FileBytes, _ place: CheckedPlace
  ) -> RoaringBitmap? {
    attempt(place.at(handle.offset)) { () throws(MartletError) in
      let raw = try BlockFile.readCompressed(handle, from: file, what: "the bitmap")
      do {
        return try RoaringBitmap(serialized: raw)
      } catch {
        throw MartletError(.corrupt, "\(error)")
      }
    }
  }
}

/// Whether texts that lie one after the other are UTF-8, of so many bytes each; says which is not.
enum StoredTexts {
  static func fault(
    _ arena: [UInt8], _ ends: [Int], byteCounts: ClosedRange<Int>, what: String
  ) -> String? {
    var start = 0
    for (index, end) in ends.enumerated() {
      guard byteCounts.contains(end - start) else {
        return "\(what) \(index) of the page has \(end - start) bytes"
      }
      guard Text(validating: arena[start..<end]) != nil else {
        return "\(what) \(index) of the page is not valid UTF-8"
      }
      start = end
    }
    return nil
  }
}
