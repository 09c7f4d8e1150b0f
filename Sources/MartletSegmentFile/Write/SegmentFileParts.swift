import MartletEncoding
import MartletFiles
import MartletModel
import RoaringBitmap

/// All that a segment file is put together from.
struct SegmentFileParts {
  var runs: [EncodedRun]
  /// Names and dictionaries; the columns of the runs refer to their places in the list.
  var properties: [(name: Text, texts: EncodedTexts?)]
  var anyBitmaps: AnyBitmaps
  /// In ordinal order.
  var firstSeen: [(user: UInt32, time: Int64)]
  /// In ordinal order, at most one an ordinal.
  var edges: [IdentityEdge]
  /// In any order.
  var fingerprints: [UInt64]

  /// The file's bytes.
  /// - Parameter anyDayShareMax: what share of the other bytes the bitmaps by day may cost.
  func encode(
    arrivalNumber: UInt64, compressionLevel: Int, anyDayShareMax: Double
  ) -> FileContent {
    var sink = BlockFile.start(
      .segmentFile, version: SegmentFileFormat.version, compressionLevel: compressionLevel)
    var directory = SegmentFileDirectory(
      arrivalNumber: arrivalNumber, properties: [], runs: [], anyUsers: nil, anyCoarse: [],
      anyDays: [], firstSeenUsers: .empty, firstSeenTimes: .empty, aliasUsers: .empty,
      aliasTargets: .empty, insertIDIndex: .empty, byteCounts: [])
    for run in runs.sorted(by: SegmentFileParts.runOrder) {
      directory.runs.append(append(run, to: &sink))
    }
    directory.properties = properties.map { property in
      SegmentFileDirectory.Property(
        name: property.name,
        dictionary: property.texts.map { append($0, to: &sink) } ?? .empty)
    }
    appendAnyBitmaps(anyDayShareMax, to: &sink, &directory)
    directory.firstSeenUsers = sink.appendColumn(
      firstSeen.map { Int64($0.user) }, as: .directories)
    directory.firstSeenTimes = sink.appendColumn(firstSeen.map(\.time), as: .directories)
    directory.aliasUsers = sink.appendColumn(edges.map { Int64($0.user) }, as: .directories)
    directory.aliasTargets = sink.appendColumn(edges.map { Int64($0.target) }, as: .directories)
    directory.insertIDIndex = InsertIDIndex.append(fingerprints, to: &sink)
    directory.byteCounts = sink.byteCounts
    var writer = ByteWriter()
    directory.write(to: &writer)
    return BlockFile.finish(sink, directory: writer.bytes)
  }

  /// Event types in byte order, trait updates last.
  private static func runOrder(_ left: EncodedRun, _ right: EncodedRun) -> Bool {
    guard let leftType = left.eventType else { return false }
    guard let rightType = right.eventType else { return true }
    return leftType < rightType
  }

  private func append(_ run: EncodedRun, to sink: inout BlockSink)
    -> SegmentFileDirectory.RunEntry
  {
    let distance = sink.append(run.sink)
    var writer = ByteWriter()
    run.directory.shifted(by: distance).write(to: &writer)
    let handle = sink.appendCompressed(writer.bytes, as: .directories)
    return SegmentFileDirectory.RunEntry(
      eventType: run.eventType, rowCount: run.directory.rowCount,
      userCount: run.directory.userCount, earliest: run.earliest, latest: run.latest,
      directory: handle)
  }

  private func append(_ texts: EncodedTexts, to sink: inout BlockSink) -> PagedColumn {
    let ranges = texts.sorted.map { texts.range(of: Int($0)) }
    return sink.appendTextColumn(arena: texts.arena, ranges: ranges, as: .dictionaries)
  }

  private func appendAnyBitmaps(
    _ anyDayShareMax: Double, to sink: inout BlockSink,
    _ directory: inout SegmentFileDirectory
  ) {
    let eventRuns = runs.filter { $0.eventType != nil }
    guard !eventRuns.isEmpty else { return }
    let otherByteCount = sink.content.byteCount
    directory.anyUsers = sink.append(
      RoaringBitmap.union(of: eventRuns.map(\.users)), as: .anyBitmaps)
    var days = BlockSink(compressionLevel: sink.compressionLevel)
    let dayHandles = anyBitmaps.days.map {
      ($0.day, $0.users.count, days.append($0.users, as: .anyBitmaps))
    }
    guard Double(days.content.byteCount) <= Double(otherByteCount) * anyDayShareMax else { return }
    directory.anyCoarse = anyBitmaps.coarse.map {
      SegmentFileDirectory.AnyBitmap(
        bucket: $0.bucket, userCount: Int($0.users.count),
        users: sink.append($0.users, as: .anyBitmaps))
    }
    let distance = sink.append(days)
    directory.anyDays = dayHandles.map { day, count, handle in
      var moved = handle
      moved.offset += distance
      return SegmentFileDirectory.AnyBitmap(bucket: day, userCount: Int(count), users: moved)
    }
  }
}
