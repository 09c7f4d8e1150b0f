import MartletEncoding
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

@testable import MartletEngine

/// Columns of properties that pass their checksums and cannot be: the run that has one is lost,
/// and nothing else.
@Suite struct VerifyForgedColumnTests {
  private func expectLost(
    _ reason: String, _ name: Text, _ kind: ColumnKind, isItem: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (inout RunDirectory, Int, inout BlockSink) -> Void
  ) throws {
    let store = try ForgedStore()
    let file = try SegmentFile(
      try store.system.map(ForgedStore.path + "/" + (try store.segmentFileName())))
    let property = try #require(file.propertyIndex(of: name), sourceLocation: sourceLocation)
    try store.change(.a) { run, sink in
      let place = try #require(
        run.place(property, kind, isItem: isItem), sourceLocation: sourceLocation)
      change(&run, place, &sink)
    }
    let found = try Engine.verify(at: ForgedStore.path, store.system)
    let isFound = found.problems.contains {
      $0.reason.contains(reason) && $0.place?.hasPrefix("run A, property \(name)") == true
    }
    #expect(isFound, "\(found.problems)", sourceLocation: sourceLocation)
    let report = try Engine.repair(at: ForgedStore.path, store.system)
    #expect(report.remaining == [], sourceLocation: sourceLocation)
    #expect(report.losses.map(\.kind) == [.run], sourceLocation: sourceLocation)
    #expect(
      report.losses.first?.eventType == "A" && report.losses.first?.rowCount == 4,
      sourceLocation: sourceLocation)
    let left = try Engine(reading: store.system).content().rows
    #expect(left.map(\.time).sorted() == [5, 50, 60], sourceLocation: sourceLocation)
  }

  @Test func values() throws {
    try expectLost("value 0 of the page is no number", "p", .wideNumber) { run, place, sink in
      run.columns[place].values = sink.appendTexts([Array("12x".utf8)], as: .properties)
    }
    try expectLost("there is no text 2", "p", .text) { run, place, sink in
      run.columns[place].values = sink.appendColumn([2], as: .properties)
    }
    try expectLost("2 is neither true nor false", "q", .boolean) { run, place, sink in
      run.columns[place].values = sink.appendColumn([2], as: .properties)
    }
  }

  @Test func lists() throws {
    try expectLost("a list has 4097 items", "l", .list) { run, place, sink in
      run.columns[place].values = sink.appendColumn([4097], as: .properties)
    }
    try expectLost("a list has -1 items", "l", .list) { run, place, sink in
      run.columns[place].values = sink.appendColumn([-1], as: .properties)
    }
    try expectLost("the items of its lists do not add up", "l", .list) { run, place, sink in
      run.columns[place].values = sink.appendColumn([3], as: .properties)
    }
    try expectLost("the items of its lists do not add up", "l", .list) { run, place, _ in
      run.columns.remove(at: place)
    }
    try expectLost("a row or an item has two values", "l", .text, isItem: true) {
      run, place, sink in
      run.columns[place].presence = sink.append(RoaringBitmap([0] as [UInt32]), as: .properties)
    }
  }

  @Test func positions() throws {
    try expectLost("2 positions have a value, but there are 1", "p", .number) {
      run, place, sink in
      run.columns[place].presence = sink.append(
        RoaringBitmap([1, 3] as [UInt32]), as: .properties)
    }
    try expectLost("position 4 does not exist", "p", .number) { run, place, sink in
      run.columns[place].presence = sink.append(RoaringBitmap([4] as [UInt32]), as: .properties)
    }
    try expectLost("a row or an item has two values", "p", .number) { run, place, sink in
      run.columns[place].presence = sink.append(RoaringBitmap([0] as [UInt32]), as: .properties)
    }
    try expectLost("there are two columns of this kind", "p", .number) { run, place, sink in
      var second = run.columns[place]
      second.presence = sink.append(RoaringBitmap([1] as [UInt32]), as: .properties)
      run.columns.append(second)
    }
    try expectLost("an event has a null", "p", .number) { run, place, _ in
      run.columns[place].kind = .null
      run.columns[place].values = .empty
    }
  }

  /// Texts of which nearly every one is another have no dictionary.
  @Test func textsWrittenOut() throws {
    let system = try PlainTexts.store()
    #expect(try Engine.verify(at: ForgedStore.path, system).problems == [])
    let manifest = try Engine.readManifest(ForgedStore.path, system)
    let name = Manifest.segmentFileName(manifest.segmentFiles[0].number)
    let run = try SegmentFile(try system.map(ForgedStore.path + "/" + name)).run(at: 0)
    let column = try #require(run.directory.columns.first { $0.kind == .plainText })
    let page = column.values.pages[0]
    system.damage(ForgedStore.path + "/" + name) { bytes in
      var damaged = bytes
      damaged[Int(page.offset) + Int(page.byteCount) / 2] ^= 1
      return damaged
    }
    let found = try Engine.verify(at: ForgedStore.path, system)
    #expect(found.problems.map(\.byteOffset) == [Int(page.offset)])
    #expect(found.problems.first?.place == "run A, property t, plainText, page 0")
  }
}

/// A store of many texts.
private enum PlainTexts {
  static func store() throws -> SimulatedFileSystem {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    try engine.append(
      (0..<300).map { number in
        .event(
          Event(
            user: "u", type: "A", at: Timestamp(milliseconds: Int64(number)),
            ["t": .text(Text("text \(number)"))]))
      })
    try engine.flush()
    try engine.close()
    return system
  }
}
