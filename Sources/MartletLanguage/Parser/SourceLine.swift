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
    let before = Array(String(decoding: bytes[start..<range.lowerBound], as: UTF8.self))
    let inside = Array(
      String(decoding: bytes[range.lowerBound..<min(range.upperBound, end)], as: UTF8.self))
    let after = Array(
      String(decoding: bytes[min(range.upperBound, end)..<end], as: UTF8.self))

    let lineNumber = 1 + SourceLine.lineEnds(in: bytes[..<start])
    let isOneLine = !bytes.contains(where: SourceLine.endsLine)
    place = (isOneLine ? "" : "line \(lineNumber), ") + "column \(before.count + 1)"

    let width = LanguageLimits.shownLineWidth
    let insideKept = inside.prefix(width / 2)
    let afterKept = after.prefix(width / 4)
    let beforeKept = before.suffix(width - insideKept.count - afterKept.count)
    let lead =
      (beforeKept.count < before.count ? "…" : "") + SourceLine.printable(String(beforeKept))
    let marked = SourceLine.printable(String(insideKept))
    let isCut = insideKept.count < inside.count || afterKept.count < after.count
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

/// How many cells of a terminal a text takes.
///
/// Source: the wide and fullwidth ranges of Unicode's EastAsianWidth, coarsened to blocks.
enum DisplayWidth {
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
  ]

  static func cells(of text: String) -> Int { text.reduce(0) { $0 + cells(of: $1) } }

  static func cells(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    // The emoji selector makes the picture of a character that is otherwise narrow.
    if scalars.contains("\u{FE0F}") || first.properties.isEmojiPresentation { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return wide.contains { $0.contains(first.value) } ? 2 : 1
    }
  }
}
