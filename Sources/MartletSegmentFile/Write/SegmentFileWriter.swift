import MartletEncoding
package import MartletFiles
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
  ///   - edges: identity edges that became known with this file, in any order, one an ordinal.
  /// - Complexity: O(rows), run after run in parallel.
  package func encode(
    _ buffer: SegmentFileBuffer, arrivalNumber: UInt64,
    firstSeen: [(user: UInt32, time: Int64)], edges: [IdentityEdge] = []
  ) -> FileContent {
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
    let parts = SegmentFileParts(
      runs: encoded, properties: Array(zip(buffer.properties.map(\.name), texts)),
      anyBitmaps: AnyBitmaps(sorted), firstSeen: firstSeen,
      edges: edges.sorted { $0.user < $1.user }, fingerprints: buffer.insertIDFingerprints)
    return parts.encode(
      arrivalNumber: arrivalNumber, compressionLevel: compressionLevel,
      anyDayShareMax: anyDayShareMax)
  }
}
