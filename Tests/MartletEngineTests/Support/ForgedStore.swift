import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap

@testable import MartletEngine

/// A small store of one segment file and one user file, parts of which are exchanged for others
/// that pass every checksum.
struct ForgedStore {
  static let path = StoreScript.path
  /// The run of each event type, and that of trait updates.
  enum Run: Int { case a, b, traits }

  let system = SimulatedFileSystem()

  /// Users u0, u1 and u2; four events A, two events B, a trait update.
  init() throws {
    let engine = try Engine(writing: system)
    func event(
      _ user: Text, _ type: Text, _ time: Int64, _ properties: [Text: Value], id: Text? = nil
    ) -> ArrivalRow {
      .event(
        Event(
          user: user, type: type, at: Timestamp(milliseconds: time), properties, insertID: id))
    }
    try engine.append([
      event("u0", "A", 10, ["p": "red", "l": .list([1, "x"])], id: "i0"),
      event("u0", "A", 20, ["q": true]),
      event("u1", "A", 30, ["p": .number(Number(.max))], id: "i2"),
      event("u2", "A", 86_400_040, ["p": 1.5]),
      event("u0", "B", 50, ["p": "green"]), event("u1", "B", 60, [:], id: "j"),
      .traits(TraitUpdate(user: "u1", at: Timestamp(milliseconds: 5), ["plan": "free"])),
    ])
    try engine.flush()
    try engine.close()
    // Bitmaps by day cost a small file too much; here they are wanted.
    try replaceSegmentFile { file in
      var merge = SegmentFileMerge([file], compressionLevel: 1)
      merge.anyDayShareMax = .infinity
      return try merge.encode(arrivalNumber: file.directory.arrivalNumber)?.joined() ?? []
    }
  }

  func manifest() throws -> Manifest { try Engine.readManifest(Self.path, system) }

  func change(_ change: (inout Manifest) throws -> Void) throws {
    var manifest = try manifest()
    try change(&manifest)
    system.damage(Self.path + "/" + Manifest.fileName) { _ in manifest.encoded() }
  }

  func segmentFileName() throws -> String {
    Manifest.segmentFileName(try manifest().segmentFiles[0].number)
  }

  func userFileName() throws -> String {
    Manifest.userFileName(try manifest().userFiles[0].number)
  }

  func replaceSegmentFile(_ change: (SegmentFile) throws -> [UInt8]) throws {
    let path = Self.path + "/" + (try segmentFileName())
    let bytes = try change(try SegmentFile(try system.map(path)))
    system.damage(path) { _ in bytes }
    try self.change { $0.segmentFiles[0].byteCount = UInt64(bytes.count) }
  }

  /// Exchanges the directory of the segment file; what it needs is put behind the blocks.
  func changeDirectory(
    _ change: (inout SegmentFileDirectory, inout BlockSink) throws -> Void
  ) throws {
    try replaceSegmentFile { file in
      let end = Int(
        try BlockFile.directoryHandle(
          of: file.bytes, kind: .segmentFile, newestVersion: SegmentFileFormat.version
        ).offset)
      var (directory, sink) = (file.directory, BlockSink(compressionLevel: 1))
      _ = sink.append(Array(file.bytes.array()[..<end]), as: .directories)
      try change(&directory, &sink)
      var writer = ByteWriter()
      directory.write(to: &writer)
      return BlockFile.finish(sink, directory: writer.bytes).joined()
    }
  }

  /// Exchanges the directory of a run.
  func change(
    _ run: Run, _ change: (inout RunDirectory, inout BlockSink) throws -> Void
  ) throws {
    let path = Self.path + "/" + (try segmentFileName())
    var forged = try SegmentFile(try system.map(path)).run(at: run.rawValue).directory
    try changeDirectory { directory, sink in
      try change(&forged, &sink)
      var writer = ByteWriter()
      forged.write(to: &writer)
      directory.runs[run.rawValue].directory = sink.appendCompressed(
        writer.bytes, as: .directories)
    }
  }

  /// Exchanges the user file.
  func replaceUsers(
    firstOrdinal: Int = 0, _ ids: [[UInt8]] = ["u0", "u1", "u2"].map { Array($0.utf8) },
    firstSeen: [Int64] = [10, 5, 86_400_040]
  ) throws {
    var (arena, ranges): ([UInt8], [Range<Int>]) = ([], [])
    for id in ids {
      ranges.append(arena.count..<arena.count + id.count)
      arena += id
    }
    try replaceUserFile(
      UserFile.encode(
        firstOrdinal: firstOrdinal, arena: arena, ranges: ranges, firstSeen: firstSeen,
        compressionLevel: 1
      ).joined())
  }

  func replaceUserFile(_ bytes: [UInt8]) throws {
    let path = Self.path + "/" + (try userFileName())
    system.damage(path) { _ in bytes }
    try change { $0.userFiles[0].byteCount = UInt64(bytes.count) }
  }
}

extension RunDirectory {
  /// Where the column of a property and kind is.
  func place(_ property: Int, _ kind: ColumnKind, isItem: Bool = false) -> Int? {
    columns.firstIndex {
      $0.property == property && $0.kind == kind && $0.isItemLevel == isItem
    }
  }
}

extension BlockSink {
  mutating func appendTexts(_ texts: [[UInt8]], as kind: ByteKind) -> PagedColumn {
    var (arena, ranges): ([UInt8], [Range<Int>]) = ([], [])
    for text in texts {
      ranges.append(arena.count..<arena.count + text.count)
      arena += text
    }
    return appendTextColumn(arena: arena, ranges: ranges, as: kind)
  }
}
