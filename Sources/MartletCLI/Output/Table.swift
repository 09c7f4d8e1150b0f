import Martlet

/// Rows of cells, as an aligned table for people or as CSV.
struct Table {
  enum Alignment {
    case left, right
  }

  private let titles: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  init(_ columns: KeyValuePairs<String, Alignment>) {
    titles = columns.map(\.key)
    alignments = columns.map(\.value)
  }

  mutating func append(_ row: [String]) {
    precondition(row.count == titles.count)
    rows.append(row)
  }

  /// Lines with aligned columns, the titles first.
  var text: String {
    let lines = [titles] + rows.map { $0.map(Table.printable) }
    let widths = titles.indices.map { column in
      lines.reduce(0) { max($0, $1[column].count) }
    }
    return lines.map { line in
      var output = ""
      for (column, cell) in line.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        output += alignments[column] == .right ? padding + cell : cell + padding
        if column + 1 < line.count { output += "  " }
      }
      while output.last == " " { output.removeLast() }
      return output + "\n"
    }.joined()
  }

  /// CSV as RFC 4180 has it, with a header; lines end in CR LF.
  var csv: String {
    ([titles] + rows).map { row in
      row.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
    }.joined()
  }

  /// The text without characters that would disturb a terminal.
  static func printable(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
    var output = ""
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 || scalar.value == 0x7F {
        output += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
