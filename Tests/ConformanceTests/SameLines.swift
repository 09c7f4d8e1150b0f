import Testing

/// Comparing what readers print, with a short word on the first difference.
enum SameLines {
  static func expect(
    _ lines: [String], _ expected: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    if lines == expected { return }
    for (line, other) in zip(lines, expected) where line != other {
      Issue.record(
        "\(line.prefix(300)) instead of \(other.prefix(300))", sourceLocation: sourceLocation)
      return
    }
    Issue.record(
      "\(lines.count) lines instead of \(expected.count)", sourceLocation: sourceLocation)
  }

  /// A line with the items of each list sorted: the engine's export groups them by kind.
  static func withSortedLists(_ line: String) -> String {
    guard line.contains("[") else { return line }
    var result = ""
    var (items, item, isInList): ([String], String, Bool) = ([], "", false)
    var (isInString, isEscaped) = (false, false)
    for character in line {
      let isPlain = !isInString
      if character == "\"" && !isEscaped { isInString.toggle() }
      isEscaped = character == "\\" && !isEscaped
      switch (isPlain, character) {
      case (true, "["):
        isInList = true
      case (true, "]"):
        if !item.isEmpty { items.append(item) }
        result += "[" + items.sorted().joined(separator: ",") + "]"
        (items, item, isInList) = ([], "", false)
      case (true, ",") where isInList:
        items.append(item)
        item = ""
      default:
        if isInList { item.append(character) } else { result.append(character) }
      }
    }
    return result
  }
}
