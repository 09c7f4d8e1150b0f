import MartletModel

/// Reads the records of a CSV file after its header (RFC 4180, `formats/import.md`).
final class CSVDecoder: EventDecoder {
  private var parser: CSVParser
  private let file: String

  init(header: CSVHeader, options: DecodingOptions, file: String) {
    parser = CSVParser(header: header, options: options)
    self.file = file
  }

  func decode(_ chunk: borrowing ByteBuffer) -> DecodedChunk {
    parser.decode(chunk.window, file: file)
  }
}
