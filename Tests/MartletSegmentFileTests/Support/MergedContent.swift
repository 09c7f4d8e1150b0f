import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// Everything that a merged file says, held against the model.
enum MergedContent {
  static func file(_ bytes: [UInt8]) throws(MartletError) -> SegmentFile {
    try SegmentFile(FileBytes(bytes, name: "merged"))
  }

  /// Expects that a file holds what the model says.
  static func expect(_ file: SegmentFile, _ model: MergeModel, _ note: String) throws {
    let stored = try file.storedRows()
    #expect(stored == model.storedRuns, "rows, \(note)")
    guard stored.count == model.runs.count else { return }
    for run in file.directory.runs.indices {
      let opened = try file.run(at: run)
      let ties = try opened.ties()
      #expect(
        zip(ties.rows, ties.ranks).map { [Int64($0), Int64($1)] } == model.ties[run],
        "ties, \(note)")
      let sent = try opened.sentUsers()
      #expect(
        zip(sent.rows, sent.users).map { [$0, Int64($1)] } == model.sent[run],
        "sent, \(note)")
      #expect(opened.entry.earliest == stored[run].map(\.time).min(), "\(note)")
      #expect(opened.entry.latest == stored[run].map(\.time).max(), "\(note)")
      #expect(try Set(opened.users()) == Set(stored[run].map(\.user)), "users, \(note)")
    }
    #expect(try file.insertIDPrefixes() == model.insertIDPrefixes, "insert ids, \(note)")
    let fingerprints = model.fingerprints
    #expect(
      try file.candidates(among: fingerprints) == Array(fingerprints.indices), "\(note)")
    #expect(
      try Set(file.anyUsers()) == model.days.values.reduce(into: Set()) { $0.formUnion($1) },
      "any users, \(note)")
    try expectDays(file, model, note)
    try expectTexts(file, model, note)
  }

  private static func expectDays(
    _ file: SegmentFile, _ model: MergeModel, _ note: String
  ) throws {
    let days = model.days
    guard let first = days.keys.min(), let last = days.keys.max(), last - first < 16_384 else {
      #expect(file.directory.anyDays.isEmpty, "\(note)")
      return
    }
    var found: [Int: Set<UInt32>] = [:]
    for entry in file.directory.anyDays {
      found[entry.bucket] = Set(try file.bitmap(entry.users, what: "a day"))
    }
    #expect(found == days, "days, \(note)")
    var coarse: [Int: Set<UInt32>] = [:]
    for (day, users) in days {
      coarse[day.quotientAndRemainder(flooring: 32).quotient, default: []].formUnion(users)
    }
    for entry in file.directory.anyCoarse {
      #expect(
        try Set(file.bitmap(entry.users, what: "32 days")) == coarse[entry.bucket], "\(note)")
    }
    #expect(file.directory.anyCoarse.count == coarse.count, "\(note)")
  }

  /// The file has the properties that rows have, and each dictionary their texts, no other.
  private static func expectTexts(
    _ file: SegmentFile, _ model: MergeModel, _ note: String
  ) throws {
    let texts = model.texts
    #expect(Set(file.directory.properties.map(\.name)) == Set(texts.keys), "names, \(note)")
    for (index, property) in file.directory.properties.enumerated() {
      let dictionary = try file.dictionary(ofProperty: index)
      guard dictionary.count > 0 else { continue }
      let found = try (0..<dictionary.count).map { try dictionary.text(at: $0) }
      #expect(found == texts[property.name]?.sorted(), "texts of \(property.name), \(note)")
    }
  }
}
