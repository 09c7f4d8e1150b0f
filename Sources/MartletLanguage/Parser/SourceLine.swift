/// The line of a source that holds a place, ready for a terminal.
struct SourceLine {
  /// `column 17`, or `line 2, column 3` in a text of several lines.
  let place: String
  /// The line, cut around the place where it is long.
  let shown: String
  /// Spaces and carets that stand under the place in `shown`.
  let carets: String

  /// Finds the line in which a range of UTF-8 bytes starts.
  init(of range: Range<Int>, in source: String) {
    let bytes = Array(source.utf8)
    let start = bytes[..<range.lowerBound].lastIndex(where: SourceLine.endsLine).map { $0 + 1 } ?? 0
    let end =
      bytes[range.lowerBound...].firstIndex(where: SourceLine.endsLine) ?? bytes.count
    let before = String(decoding: bytes[start..<range.lowerBound], as: UTF8.self)
    let insideEnd = min(range.upperBound, end)
    let inside = String(decoding: bytes[range.lowerBound..<insideEnd], as: UTF8.self)
    let after = String(decoding: bytes[insideEnd..<end], as: UTF8.self)
    let column = before.count

    let lineNumber = 1 + SourceLine.lineEnds(in: bytes[..<start])
    let isOneLine = !bytes.contains(where: SourceLine.endsLine)
    place = (isOneLine ? "" : "line \(lineNumber), ") + "column \(column + 1)"

    let width = LanguageLimits.shownLineWidth
    // On texts of a megabyte: looks at no more characters than are shown.
    let insideKept = inside.prefix(width / 2)
    let afterKept = after.prefix(max(width / 4, width - insideKept.count - column))
    let beforeKept = before.suffix(width - insideKept.count - afterKept.count)
    let lead =
      (beforeKept.startIndex > before.startIndex ? "…" : "")
      + SourceLine.printable(String(beforeKept))
    let marked = SourceLine.printable(String(insideKept))
    let isCut = insideKept.endIndex < inside.endIndex || afterKept.endIndex < after.endIndex
    shown = lead + marked + SourceLine.printable(String(afterKept)) + (isCut ? "…" : "")
    carets =
      String(repeating: " ", count: DisplayWidth.cells(of: lead))
      + String(repeating: "^", count: max(1, DisplayWidth.cells(of: marked)))
  }

  private static func endsLine(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// How many lines end in the bytes; CR LF ends one.
  private static func lineEnds(in bytes: ArraySlice<UInt8>) -> Int {
    var (count, previous) = (0, UInt8(0))
    for byte in bytes {
      if byte == 0x0A && previous != 0x0D || byte == 0x0D { count += 1 }
      previous = byte
    }
    return count
  }

  /// The text with a space for each tab and U+FFFD for each other control or direction character,
  /// which could otherwise rearrange or colour the reader's terminal.
  static func printable(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": scalars.append(" ")
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}":
        scalars.append("\u{FFFD}")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
