import MartletModel
import Testing

@testable import MartletLanguage

/// `formats/language.md` says what the code does.
struct DocumentTests {
  private let lines: [Substring]

  init() throws {
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    let bytes = try #require(fileBytes("\(root)/formats/language.md"))
    lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The lines of each fenced block of that kind.
  private func blocks(_ kind: String) -> [[Substring]] {
    var (found, current) = ([[Substring]](), [Substring]?.none)
    for line in lines {
      if let block = current, line.hasPrefix("```") {
        found.append(block)
        current = nil
      } else if current != nil {
        current?.append(line)
      } else if line.hasPrefix("```") {
        current = line == "```\(kind)" ? [] : nil
        if current == nil { continue }
      }
    }
    return found
  }

  @Test func jsonExampleIsTheText() throws {
    let block = try #require(blocks("json").first)
    let text = try #require(lines.last { $0.hasSuffix("` is") }).dropFirst().dropLast(4)
    #expect(
      try SegmentExpression(json: Array(block.joined(separator: "\n").utf8))
        == SegmentExpression(parsing: String(text)))
  }

  @Test func jsonSchemaIsJSON() throws {
    let block = try #require(blocks("json").last)
    #expect(throws: Never.self) { try JSONReader.read(Array(block.joined(separator: "\n").utf8)) }
  }

  /// The first column of the table of forms is text that parses.
  @Test func formsParse() throws {
    let rows = lines.filter { $0.hasPrefix("| `") && $0.contains("| `{\"") }.map {
      $0.split(separator: "`")[1]
    }
    #expect(rows.count == 12)
    for row in rows where row != "not a" && row != "a and b" {
      #expect(throws: Never.self, "\(row)") { try SegmentExpression(parsing: String(row)) }
    }
  }

  @Test func bareKeywords() throws {
    let row = try #require(lines.first { $0.hasPrefix("| event type, if no `(`") })
    let words = row.split(separator: "`")[3].split(separator: " ").map(String.init)
    #expect(Set(words) == Set(Keyword.allCases.filter(\.canNameEvent).map(\.rawValue)))
    let properties = try #require(lines.first { $0.hasPrefix("| first word of a property") })
    let others = properties.split(separator: "`")[5].split(separator: " ").map(String.init)
    #expect(Set(others) == Set(Keyword.allCases.filter { !$0.canNameProperty }.map(\.rawValue)))
  }

  @Test func units() {
    let grammar = blocks("ebnf").joined().joined(separator: " ")
    for word in DurationUnit.allWords { #expect(grammar.contains("\"\(word)\""), "\(word)") }
  }

  @Test func limits() throws {
    let rows = Dictionary(
      uniqueKeysWithValues: lines.filter { $0.hasPrefix("| ") && $0.contains(" | ") }
        .map { $0.dropFirst(2).dropLast(2).split(separator: " | ") }
        .filter { $0.count == 2 }.map { ($0[0], $0[1].filter { $0 != "," }) })
    #expect(
      rows["bytes of the text, or of the JSON"] == String(LanguageLimits.sourceByteCount))
    let nesting = try #require(rows.keys.first { $0.hasPrefix("nesting of") })
    #expect(rows[nesting] == String(LanguageLimits.nestingDepth))
    let nodes = try #require(rows.keys.first { $0.hasPrefix("nodes of the tree") })
    #expect(rows[nodes] == String(LanguageLimits.nodeCount))
    #expect(rows["bytes of a name (a whole path)"] == String(Limits.nameByteCount))
  }
}
