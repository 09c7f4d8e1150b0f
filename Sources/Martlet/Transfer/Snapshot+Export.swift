import MartletEncoding
import MartletEngine
import MartletFiles
import MartletGenerator
import MartletModel
import RoaringBitmap

/// What an export wrote.
public struct ExportSummary: Hashable, Sendable {
  public var users = 0
  /// Events and trait updates; 0 where the format has none.
  public var rows = 0
  /// Bytes of the file.
  public var byteCount = 0
}

extension Snapshot {
  /// Writes the users of an answer, or their events, to a new file.
  ///
  /// The file appears under its name only when it is complete. Events at or after the answer's
  /// instant are left out; they come by user, time and arrival, so that an import of the file gives
  /// the same answers.
  /// - Throws: `.usage` where the name tells no format (`ExportFormat`), `.io` where the file
  ///   exists or the system refuses, `.corrupt`.
  public func export(_ answer: SegmentAnswer, to path: String) throws -> ExportSummary {
    let format = try ExportFormat(path: path)
    let files = POSIXFileSystem()
    guard !files.exists(path) else {
      throw MartletError(
        .io, file: path, "it exists already", remedy: "remove it or choose another name")
    }
    let temporary = path + ".tmp"
    if files.exists(temporary) { try files.remove(temporary) }
    let file = try files.create(temporary)
    var summary = ExportSummary(users: answer.count)
    do {
      switch format {
      case .userIDs, .csv: try writeIDs(answer, format, to: file)
      case .bitmap: try file.write(answer.matched.runOptimized().serialized())
      case .events(let format):
        summary.rows = try writeEvents(answer, compression: format.compression, to: file)
      }
      summary.byteCount = file.byteCount
      try file.sync()
      try file.close()
      try files.rename(temporary, to: path)
    } catch {
      // What was written is of no use; that it cannot be removed is the lesser news.
      try? files.remove(temporary)
      throw error
    }
    return summary
  }

  private func writeIDs(
    _ answer: SegmentAnswer, _ format: ExportFormat, to file: any WritableFile
  ) throws(MartletError) {
    let isCSV = format == .csv
    var buffer: [UInt8] = isCSV ? Array("user_id\r\n".utf8) : []
    try forEachUser(of: answer.matched) { id throws(MartletError) in
      let line = isCSV ? CSVCell.quoted(id.string) + "\r\n" : id.string + "\n"
      buffer += Array(line.utf8)
      if buffer.count >= 1 << 16 {
        try file.write(buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    try file.write(buffer)
  }

  private func writeEvents(
    _ answer: SegmentAnswer, compression: StreamFormat, to file: any WritableFile
  ) throws -> Int {
    let compressor = StreamCompressor(format: compression)
    var (writer, buffer, rows) = (NDJSONWriter(), [UInt8](), 0)
    let mayRepeatInsertIDs = !engine.identity.isEmpty
    try StoredRows(engine, before: answer.asOf).forEachBatch(of: answer.matched) { batch in
      var batch = batch
      if mayRepeatInsertIDs { batch.dropRepeatedInsertIDs() }
      buffer.removeAll(keepingCapacity: true)
      writer.write(batch, into: &buffer)
      try file.write(compressor.write(buffer))
      rows += batch.count
    }
    try file.write(compressor.finish())
    return rows
  }
}
