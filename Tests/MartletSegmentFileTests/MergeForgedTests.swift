import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// Columns that pass their checksums and contradict each other: a merge says what is wrong and in
/// which file, and writes nothing.
@Suite struct MergeForgedTests {
  /// One run of event A of one user, a row for each value; nil: the row has none.
  private static func sample(_ values: [Value?]) -> SegmentSample {
    var sample = SegmentSample()
    for (index, value) in values.enumerated() {
      sample.append(0, "A", at: Int64(index), value.map { ["p": $0] } ?? [:])
    }
    return sample
  }

  private func expectRefused(
    _ reason: String, _ values: [Value?], _ kind: ColumnKind, isItem: Bool = false,
    _ selection: SegmentFileMerge.Selection = .init(),
    sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (inout RunDirectory, Int, inout BlockSink) -> Void
  ) throws {
    let bytes = try Self.sample(values).encoded()
    let whole = try SegmentFile(FileBytes(bytes, name: "whole"))
    var run = try whole.run(at: 0).directory
    let place = try #require(
      run.columns.firstIndex { $0.kind == kind && $0.isItemLevel == isItem },
      sourceLocation: sourceLocation)
    var sink = BlockSink(compressionLevel: 1)
    _ = sink.append(bytes, as: .directories)
    change(&run, place, &sink)
    var (runWriter, writer) = (ByteWriter(), ByteWriter())
    run.write(to: &runWriter)
    var directory = whole.directory
    directory.runs[0].directory = sink.appendCompressed(runWriter.bytes, as: .directories)
    directory.write(to: &writer)
    let forged = try SegmentFile(
      FileBytes(BlockFile.finish(sink, directory: writer.bytes), name: "forged"))
    for files in [[forged], [whole, forged], [forged, whole]] {
      let error = #expect(throws: MartletError.self, sourceLocation: sourceLocation) {
        try SegmentFileMerge(files, selection).encode(arrivalNumber: 2)
      }
      #expect(error?.code == .corrupt, sourceLocation: sourceLocation)
      #expect(error?.reason == reason, sourceLocation: sourceLocation)
      #expect(error?.file == "forged", sourceLocation: sourceLocation)
    }
  }

  private static func rows(_ rows: UInt32..., to sink: inout BlockSink) -> BlockHandle {
    sink.append(RoaringBitmap(rows), as: .properties)
  }

  @Test func valuesThatAreNone() throws {
    try expectRefused(
      "a wide number is no number", [.number(Number(.max)), 1.5], .wideNumber
    ) { run, place, sink in
      let text = Array("1e".utf8)
      run.columns[place].values = sink.appendTextColumn(
        arena: text, ranges: [0..<text.count], as: .properties)
    }
    for code in [1, -1, .max] as [Int64] {
      try expectRefused("a text is beyond the dictionary", ["x", "x"], .text) {
        run, place, sink in
        run.columns[place].values = sink.appendColumn([0, code], as: .properties)
      }
      // The texts of rows that go are looked at by nobody; those of rows that stay are counted.
      var selection = SegmentFileMerge.Selection()
      selection.times = [0..<2]
      try expectRefused("a text is beyond the dictionary", ["x", "x", "x"], .text, selection) {
        run, place, sink in
        run.columns[place].values = sink.appendColumn([0, code, 0], as: .properties)
      }
    }
  }

  @Test func rowsWithTwoValues() throws {
    try expectRefused("a row has two values of a property", ["x", "x", 1], .number) {
      run, place, sink in
      run.columns[place].presence = Self.rows(1, to: &sink)
    }
  }

  @Test func columnsWithFewerValuesThanRows() throws {
    try expectRefused("it has fewer values than it should", [true, nil], .boolean) {
      run, place, sink in
      run.columns[place].presence = Self.rows(0, 1, to: &sink)
    }
    try expectRefused(
      "it has fewer texts than it should", [.number(Number(.max)), 1.5, nil], .wideNumber
    ) { run, place, sink in
      run.columns[place].presence = Self.rows(0, 2, to: &sink)
    }
  }

  @Test func itemsThatContradictTheirLists() throws {
    let values: [Value?] = [.list([1, "x"]), .list([2])]
    try expectRefused("a property has items but no lists", values, .list) { run, place, _ in
      run.columns.remove(at: place)
    }
    try expectRefused("an item of a list has two values", values, .text, isItem: true) {
      run, place, sink in
      run.columns[place].presence = Self.rows(0, to: &sink)
    }
    try expectRefused("a property's items do not add up", values, .text, isItem: true) {
      run, place, sink in
      run.columns[place].presence = Self.rows(9, to: &sink)
    }
  }
}
