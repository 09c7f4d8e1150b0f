/// Knows where the records of a CSV file end (RFC 4180).
///
/// A quote opens a quoted cell only at the start of a cell; within one, a doubled quote is a
/// character, and any other closes it. Elsewhere a quote is an ordinary character. So what a
/// careless writer left in the middle of a cell (`5" pipe`) cannot swallow the lines after it.
struct CSVScanner {
  let delimiter: UInt8
  /// Where the scan goes on.
  private(set) var position = 0
  /// Whether `position` lies within a quoted cell.
  private(set) var isQuoted = false
  /// The offset after the last record end found; 0 where there is none.
  private(set) var lastBoundary = 0

  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Goes on to the end of the window, which starts at a record's start and has grown since.
  mutating func scan(_ window: ByteWindow, isWhole: Bool) {
    while position < window.count {
      let quote = window.firstOffset(of: UInt8(ascii: "\""), from: position)
      if isQuoted {
        guard quote < window.count else {
          position = quote
          return
        }
        // The next byte decides whether the quote is doubled.
        if quote + 1 == window.count, !isWhole {
          position = quote
          return
        }
        if window[quote + 1] == UInt8(ascii: "\""), quote + 1 < window.count {
          position = quote + 2
        } else {
          isQuoted = false
          position = quote + 1
        }
      } else {
        if let end = window.lastOffset(of: 0x0A, in: position..<quote) { lastBoundary = end + 1 }
        isQuoted = quote < window.count && opensCell(window, at: quote)
        position = min(quote + 1, window.count)
      }
    }
  }

  private func opensCell(_ window: ByteWindow, at quote: Int) -> Bool {
    quote == 0 || window[quote - 1] == delimiter || window[quote - 1] == 0x0A
  }

  /// The offset of the end of the record whose unquoted part goes on at `start`: of its line end,
  /// or the window's end.
  static func endOfRecord(_ window: ByteWindow, from start: Int, delimiter: UInt8) -> Int {
    var position = start
    while position < window.count {
      let end = window.firstOffset(of: 0x0A, from: position)
      let quote = window.firstOffset(of: UInt8(ascii: "\""), from: position, to: end)
      if quote == end { return end }
      position = quote + 1
      guard quote == 0 || window[quote - 1] == delimiter || window[quote - 1] == 0x0A else {
        continue
      }
      while true {
        let closing = window.firstOffset(of: UInt8(ascii: "\""), from: position)
        if closing >= window.count { return window.count }
        position = closing + 1
        if window[position] != UInt8(ascii: "\"") || position >= window.count { break }
        position += 1
      }
    }
    return window.count
  }
}
