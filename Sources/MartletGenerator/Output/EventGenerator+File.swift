import MartletEncoding
public import MartletFiles
public import MartletModel

extension EventGenerator {
  /// What was written to a file.
  public struct Written: Hashable, Sendable {
    /// Events, replayed ones included, and trait updates.
    public var rows = 0
    /// Bytes of the file.
    public var bytes = 0
  }

  /// Writes all rows to a new file, in the format that its name tells.
  ///
  /// - Parameter progress: called after each slice with the rows so far.
  /// - Throws: `usage` where the name tells no format, or the format is CSV and the options have
  ///   trait updates or lists; `io` where the file exists or the system refuses.
  public func write(
    to path: String, in fileSystem: any FileSystem, progress: (Int) -> Void = { _ in }
  ) throws(MartletError) -> Written {
    let format = try EventFileFormat(path: path)
    if format.layout == .csv, options.profile == .realistic, options.traits || options.lists {
      throw MartletError(
        .usage, file: path, "CSV holds neither trait updates nor lists",
        remedy: "write NDJSON, or turn traits and lists off")
    }
    let file = try fileSystem.create(path)
    let compressor = StreamCompressor(format: format.compression)
    var ndjson = NDJSONWriter()
    var csv = CSVWriter(properties: propertyNames, insertIDs: options.insertIDs)
    var (buffer, written) = ([UInt8](), Written())
    try generate { (batch: EventBatch) throws(MartletError) in
      buffer.removeAll(keepingCapacity: true)
      switch format.layout {
      case .ndjson: ndjson.write(batch, into: &buffer)
      case .csv: try csv.write(batch, into: &buffer)
      }
      try file.write(compressor.write(buffer))
      written.rows += batch.count
      progress(written.rows)
    }
    buffer.removeAll()
    if format.layout == .csv { csv.finish(into: &buffer) }
    try file.write(compressor.write(buffer))
    try file.write(compressor.finish())
    written.bytes = file.byteCount
    try file.close()
    return written
  }
}
