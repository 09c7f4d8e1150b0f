import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// What is forgotten leaves no byte.
@Suite struct MergeForgettingTests {
  /// Rows of eight users whose every text says whose it is.
  private func sample(_ seed: UInt64) -> SegmentSample {
    var random = SplitMix64(seed: seed)
    var sample = SegmentSample()
    for index in 0..<900 {
      let user = UInt32(random.integer(0...7))
      let secret = "secret\(user)-"
      var properties: [Text: Value] = [
        "few": .text(Text("\(secret)few")), "many": .text(Text("\(secret)\(index)")),
        "list": .list([.text(Text("\(secret)item\(index % 3)")), 1, true]),
      ]
      if index % 5 == 0 { properties[Text("\(secret)name")] = 1 }
      let type = index % 7 == 0 ? Text("\(secret)type") : "A"
      sample.append(
        user, type, at: Int64(index) * 1_000, properties, insertID: Text("\(secret)id\(index)"))
      if index % 9 == 0 {
        let update = TraitUpdate(
          user: "u", at: Timestamp(milliseconds: Int64(index)),
          ["trait": .text(Text("\(secret)trait")), "gone": .null])
        sample.rows.append((user, .traits(update)))
      }
    }
    return sample
  }

  /// All texts that a file holds, however they are stored.
  private func texts(_ file: SegmentFile) throws -> [[UInt8]] {
    var texts: [[UInt8]] = []
    func add(_ column: PagedColumn) throws {
      texts.append(
        try column.texts(0..<column.valueCount, in: file.bytes, what: "texts").arena)
    }
    for property in file.directory.properties {
      texts.append(Array(property.name.utf8))
      try add(property.dictionary)
    }
    for index in file.directory.runs.indices {
      let run = try file.run(at: index)
      texts.append(Array((run.entry.eventType ?? "").utf8))
      try add(run.directory.insertIDs)
      for column in run.directory.columns where column.kind.isText { try add(column.values) }
    }
    return texts + [file.bytes.array()]
  }

  private func holds(_ texts: [[UInt8]], _ wanted: String) -> Bool {
    let wanted = Array(wanted.utf8)
    return texts.contains { text in
      text.indices.contains { text[$0...].starts(with: wanted) }
    }
  }

  @Test(arguments: [1, 2])
  func noTextOfADroppedUserIsLeft(_ count: Int) throws {
    let samples = (0..<count).map { sample(UInt64(80 + $0)) }
    var selection = SegmentFileMerge.Selection()
    selection.droppedUsers = [2, 5]
    selection.canonical = OrdinalMap([3: 4])
    let bytes = try #require(try MergeTests.merge(samples, selection))
    let file = try MergedContent.file(bytes)
    let texts = try texts(file)
    for user in 0..<8 {
      let isDropped = user == 2 || user == 5
      #expect(holds(texts, "secret\(user)-") == !isDropped, "user \(user)")
    }
    try MergedContent.expect(file, MergeModel(samples, selection), "\(count) files")
    // The search finds what is there.
    #expect(try holds(self.texts(samples[0].opened()), "secret2-"))
  }
}
