/// Finds where a window that begins with a record can be cut.
enum RecordScanner {
  /// One record a line.
  case lines(position: Int = 0, lastBoundary: Int = 0)
  case csv(CSVScanner)

  /// The offset after the last record end found, 0 where there is none.
  var lastBoundary: Int {
    switch self {
    case .lines(_, let lastBoundary): lastBoundary
    case .csv(let scanner): scanner.lastBoundary
    }
  }

  /// Whether the window ends within a quoted cell.
  var isQuoted: Bool {
    if case .csv(let scanner) = self { scanner.isQuoted } else { false }
  }

  /// A scanner of the same kind at a record's start.
  var restarted: RecordScanner {
    switch self {
    case .lines: .lines()
    case .csv(let scanner): .csv(CSVScanner(delimiter: scanner.delimiter))
    }
  }

  /// Goes on to the end of the window.
  mutating func scan(_ window: ByteWindow, isWhole: Bool) {
    switch self {
    case .lines(let position, let lastBoundary):
      let end = window.lastOffset(of: 0x0A, in: position..<window.count)
      self = .lines(position: window.count, lastBoundary: end.map { $0 + 1 } ?? lastBoundary)
    case .csv(var scanner):
      scanner.scan(window, isWhole: isWhole)
      self = .csv(scanner)
    }
  }

  /// Whether the window's first record is longer than a line may be.
  ///
  /// For lines the decoder checks each one; a CSV record must be known here, because it can only
  /// be refused together with the decision where the next one starts.
  func firstRecordIsTooLong(_ window: ByteWindow, limit: Int) -> Bool {
    guard window.count > limit, case .csv(let scanner) = self else { return false }
    return CSVScanner.endOfRecord(window, from: 0, delimiter: scanner.delimiter) > limit
  }
}
