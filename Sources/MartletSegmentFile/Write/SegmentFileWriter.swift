import MartletEncoding
import MartletModel
import RoaringBitmap

/// Makes the bytes of a segment file.
package struct SegmentFileWriter {
  /// zstd level of pages and blocks.
  package var compressionLevel = 3
  /// The day bitmaps of "any event" are kept while they cost at most this share of the other bytes.
  package var anyDayShareMax = 0.3

  package init() {}

  /// The file's bytes.
  /// - Parameters:
  ///   - arrivalNumber: the file's place in arrival order.
  ///   - firstSeen: users whom this file saw earlier than the user files say, in ordinal order.
  /// - Complexity: O(rows), run after run in parallel.
  package func encode(
    _ buffer: SegmentFileBuffer, arrivalNumber: UInt64,
    firstSeen: [(user: UInt32, time: Int64)]
  ) -> [UInt8] {
    let filled = buffer.runs.filter { $0.rowCount > 0 }
    let sorted = Parallel.map(filled) { SortedRun($0) }
    let texts = Parallel.map(buffer.properties) { EncodedTexts($0) }
    let ties = TieRanks.compute(sorted)
    let encoded = Parallel.map(Array(zip(sorted, ties))) { run, ties in
      var encoder = RunEncoder(
        run: run, ties: ties, texts: texts, wideNumbers: buffer.wideNumbers,
        insertIDArena: buffer.insertIDArena,
        sink: BlockSink(compressionLevel: compressionLevel))
      return encoder.encode()
    }
    var sink = BlockFile.start(
      .segmentFile, version: SegmentFileFormat.version, compressionLevel: compressionLevel)
    var directory = SegmentFileDirectory(
      arrivalNumber: arrivalNumber, properties: [], runs: [], anyUsers: nil, anyCoarse: [],
      anyDays: [], firstSeenUsers: .empty, firstSeenTimes: .empty, insertIDFingerprints: .empty,
      byteCounts: [])
    for run in encoded.sorted(by: SegmentFileWriter.runOrder) {
      directory.runs.append(append(run, to: &sink))
    }
    directory.properties = zip(buffer.properties, texts).map { property, texts in
      let ranges = texts.sorted.map { texts.range(of: Int($0)) }
      let pages = sink.appendTextColumn(arena: texts.arena, ranges: ranges, as: .dictionaries)
      return SegmentFileDirectory.Property(name: property.name, dictionary: pages)
    }
    appendAnyBitmaps(sorted, encoded, to: &sink, &directory)
    directory.firstSeenUsers = sink.appendColumn(
      firstSeen.map { Int64($0.user) }, as: .directories)
    directory.firstSeenTimes = sink.appendColumn(firstSeen.map(\.time), as: .directories)
    let fingerprints = buffer.insertIDFingerprints.sorted()
    directory.insertIDFingerprints = sink.appendColumn(
      fingerprints.map { Int64($0) }, as: .insertIDs)
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

  private func appendAnyBitmaps(
    _ sorted: [SortedRun], _ encoded: [EncodedRun], to sink: inout BlockSink,
    _ directory: inout SegmentFileDirectory
  ) {
    let eventRuns = encoded.filter { $0.eventType != nil }
    guard !eventRuns.isEmpty else { return }
    let otherByteCount = sink.bytes.count
    directory.anyUsers = sink.append(
      RoaringBitmap.union(of: eventRuns.map(\.users)), as: .anyBitmaps)
    let bitmaps = AnyBitmaps(sorted)
    var days = BlockSink(compressionLevel: compressionLevel)
    let dayHandles = bitmaps.days.map {
      ($0.day, $0.users.count, days.append($0.users, as: .anyBitmaps))
    }
    guard Double(days.bytes.count) <= Double(otherByteCount) * anyDayShareMax else { return }
    directory.anyCoarse = bitmaps.coarse.map {
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
