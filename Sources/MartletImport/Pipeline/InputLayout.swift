import MartletModel

/// How a source is to be read: its format, found in its first bytes, and its header.
enum InputLayout: Sendable {
  case ndjson
  case csv(CSVHeader)

  /// Bytes looked at to tell the format.
  private static let peekByteCount = 1 << 16

  /// Finds the layout, and drops the byte order mark and the header from the reader.
  /// - Returns: the layout and the number of lines dropped, or nil for an empty source.
  /// - Throws: `.badData` for bytes that are none of the formats, or an unusable header.
  static func find(
    in reader: inout ChunkReader, options: ImportOptions
  ) throws -> (layout: InputLayout, droppedLineCount: Int)? {
    var window = try reader.peek(peekByteCount)
    let file = reader.input.name
    try ForeignFormat.refuseKnown(window.bytes(0..<min(window.count, 16)), file: file)
    if window.count >= 3, window[0] == 0xEF, window[1] == 0xBB, window[2] == 0xBF {
      reader.drop(3)
      window = try reader.peek(peekByteCount)
    }
    guard window.count > 0 else { return nil }
    // Text has no zero bytes; UTF-16 without a mark has many.
    if window.firstOffset(of: 0, from: 0) < window.count {
      throw ForeignFormat.unrecognised(file)
    }
    let name = FileName(file)
    switch options.format {
    case .ndjson:
      return (.ndjson, 0)
    case .csv:
      return try csv(in: &reader, options: options)
    case .auto:
      switch window[firstVisible(window)] {
      case UInt8(ascii: "{"):
        return (.ndjson, 0)
      case UInt8(ascii: "["):
        throw MartletError(
          .badData, file: file, "this is a JSON array, not one object a line",
          remedy: "convert it: jq -c '.[]'")
      default: break
      }
      if name.isCSV || delimiter(of: window, options: options, name: name) != nil {
        return try csv(in: &reader, options: options)
      }
      if name.isJSON || firstVisible(window) == window.count { return (.ndjson, 0) }
      throw ForeignFormat.unrecognised(file)
    }
  }

  private static func firstVisible(_ window: ByteWindow) -> Int {
    var position = 0
    while position < window.count, window[position] <= 0x20 { position += 1 }
    return position
  }

  /// The delimiter with which the first record names the columns that every row needs.
  private static func delimiter(
    of window: ByteWindow, options: ImportOptions, name: FileName
  ) -> UInt8? {
    let fields = options.decoding.fields
    let required = [Text(fields.user), Text(fields.event), Text(fields.time)]
    let candidates =
      options.decoding.delimiter.map { [$0] }
      ?? [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    return candidates.first { delimiter in
      guard let (cells, _) = CSVHeader.firstRecord(of: window, delimiter: delimiter) else {
        return false
      }
      return required.allSatisfy { cells.contains($0) }
    }
  }

  private static func csv(
    in reader: inout ChunkReader, options: ImportOptions
  ) throws -> (layout: InputLayout, droppedLineCount: Int) {
    let file = reader.input.name
    // A header may be longer than the first look.
    var total = peekByteCount
    while true {
      let window = try reader.peek(total)
      let fallback = FileName(file).isTabSeparated ? UInt8(ascii: "\t") : UInt8(ascii: ",")
      let separator =
        options.decoding.delimiter
        ?? delimiter(of: window, options: options, name: FileName(file)) ?? fallback
      guard let (cells, end) = CSVHeader.firstRecord(of: window, delimiter: separator),
        end < window.count || reader.isWhole
      else {
        guard !reader.isWhole, total < Limits.lineByteCount else {
          throw MartletError(.badData, file: file, place: "line 1", "the header is malformed")
        }
        total *= 4
        continue
      }
      let header = try CSVHeader(
        cells: cells, delimiter: separator, options: options.decoding, file: file)
      let lineCount = max(1, window.count(of: 0x0A, in: 0..<end))
      reader.drop(end)
      reader.cutRecords(with: .csv(CSVScanner(delimiter: separator)))
      return (.csv(header), lineCount)
    }
  }

  /// A decoder for one thread.
  func makeDecoder(options: DecodingOptions, file: String) -> any EventDecoder {
    switch self {
    case .ndjson: NDJSONDecoder(options: options, file: file)
    case .csv(let header): CSVDecoder(header: header, options: options, file: file)
    }
  }
}
