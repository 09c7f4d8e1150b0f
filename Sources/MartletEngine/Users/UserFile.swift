import MartletEncoding
package import MartletFiles
package import MartletModel
import MartletSegmentFile

/// One immutable file of users: ids by ordinal, and when each was first seen.
///
/// Specified in `formats/user-file.md`.
package final class UserFile: Sendable {
  package static let version: UInt32 = 1

  let bytes: FileBytes
  /// The ordinal of the file's first user.
  package let firstOrdinal: Int
  let ids: PagedColumn
  let firstSeen: PagedColumn
  /// Earliest and latest first-seen time of each page.
  private let zones: [ClosedRange<Int64>]

  package var name: String { bytes.name }
  package var count: Int { ids.valueCount }
  package var ordinals: Range<Int> { firstOrdinal..<firstOrdinal + count }

  /// The bytes of a file of the users `ordinals` of a table.
  static func encode(
    _ ordinals: Range<Int>, of table: UserTable, compressionLevel: Int
  ) -> FileContent {
    encode(
      firstOrdinal: ordinals.lowerBound, arena: table.ids.arena,
      ranges: ordinals.map { table.storedRange(of: $0) },
      firstSeen: Array(table.firstSeen[ordinals]), compressionLevel: compressionLevel)
  }

  /// The bytes of a file of users whose ids are `arena[ranges[i]]`; an empty id is that of a user
  /// who was forgotten.
  static func encode(
    firstOrdinal: Int, arena: [UInt8], ranges: [Range<Int>], firstSeen times: [Int64],
    compressionLevel: Int
  ) -> FileContent {
    var sink = BlockFile.start(.userFile, version: version, compressionLevel: compressionLevel)
    let ids = sink.appendTextColumn(arena: arena, ranges: ranges, as: .dictionaries)
    let firstSeen = sink.appendColumn(times, as: .time)
    var writer = ByteWriter()
    writer.writeVarint(UInt64(firstOrdinal))
    ids.write(to: &writer)
    firstSeen.write(to: &writer)
    var start = 0
    while start < times.count {
      let page = times[start..<min(times.count, start + SegmentFileFormat.pageValueCount)]
      writer.writeZigZag(page.min() ?? 0)
      writer.writeZigZag(page.max() ?? 0)
      start += SegmentFileFormat.pageValueCount
    }
    return BlockFile.finish(sink, directory: writer.bytes)
  }

  /// Opens a file.
  /// - Throws: `.corrupt` or `.tooNew`, naming the file and the place.
  package init(_ bytes: FileBytes) throws(MartletError) {
    self.bytes = bytes
    let raw = try BlockFile.directory(
      of: bytes, kind: .userFile, newestVersion: UserFile.version)
    (firstOrdinal, ids, firstSeen, zones) = try inFile(bytes.name) { () throws(MartletError) in
      var reader = ByteReader(raw.rawSpan, of: bytes.name)
      let firstOrdinal = try reader.readCount(limit: Limits.users)
      let ids = try PagedColumn(from: &reader, valueCountMax: Limits.users - firstOrdinal)
      let firstSeen = try PagedColumn(from: &reader, valueCountMax: ids.valueCount)
      var zones: [ClosedRange<Int64>] = []
      for _ in firstSeen.pages {
        let (earliest, latest) = (try reader.readZigZag(), try reader.readZigZag())
        guard earliest <= latest else {
          throw MartletError(.corrupt, "a page's time range is empty", remedy: BlockHandle.remedy)
        }
        zones.append(earliest...latest)
      }
      guard firstSeen.valueCount == ids.valueCount, reader.isAtEnd else {
        throw MartletError(
          .corrupt, "the directory contradicts itself", remedy: BlockHandle.remedy)
      }
      return (firstOrdinal, ids, firstSeen, zones)
    }
  }

  /// The ids of some users of this file: their bytes one after the other, and where each ends.
  package func idBytes(
    _ ordinals: Range<Int>
  ) throws(MartletError) -> (arena: [UInt8], ends: [Int]) {
    let range = ordinals.lowerBound - firstOrdinal..<ordinals.upperBound - firstOrdinal
    return try ids.texts(range, in: bytes, what: "user ids")
  }

  package func firstSeenTimes(_ ordinals: Range<Int>) throws(MartletError) -> [Int64] {
    let range = ordinals.lowerBound - firstOrdinal..<ordinals.upperBound - firstOrdinal
    return try firstSeen.integers(range, in: bytes, what: "first-seen times")
  }

  /// Ranges of ordinals, with the range of first-seen times of each.
  package var pages: [(ordinals: Range<Int>, times: ClosedRange<Int64>)] {
    zones.enumerated().map { page, times in
      let start = firstOrdinal + page * SegmentFileFormat.pageValueCount
      return (start..<start + firstSeen.count(ofPage: page), times)
    }
  }

  /// Bytes of ids and of first-seen times.
  package var byteCounts: (ids: Int, firstSeen: Int) { (ids.byteCount, firstSeen.byteCount) }
}
