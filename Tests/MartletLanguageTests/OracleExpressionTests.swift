import MartletModel
import Testing

@testable import MartletLanguage

/// Real questions, written by others: all parse, and survive every form.
struct OracleExpressionTests {
  static let resources =
    #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
    + "/MartletTests/Resources"

  /// The expressions of an oracle file: the text after each `"expression":`.
  static func expressions(in bytes: [UInt8]) -> [String] {
    let key = Array(#""expression""#.utf8)
    var (found, position) = ([String](), 0)
    while position + key.count < bytes.count {
      guard bytes[position...].starts(with: key) else {
        position += 1
        continue
      }
      position += key.count
      while bytes[position] != UInt8(ascii: "\"") { position += 1 }
      let reading = QuotedText.read(bytes, at: position)
      if case .success(let text) = reading.result { found.append(text.string) }
      position = reading.end
    }
    return found
  }

  static func check(_ expressions: [String]) {
    for source in expressions {
      #expect(throws: Never.self, "\(source)") {
        let parsed = try SegmentExpression.parse(source)
        #expect(try SegmentExpression(parsing: parsed.expression.description) == parsed.expression)
        #expect(try SegmentExpression(json: parsed.expression.json) == parsed.expression)
      }
    }
  }

  @Test(arguments: [("shop", 116), ("cdnow", 40)])
  func resourceOracles(name: String, atLeast: Int) throws {
    let bytes = try #require(fileBytes("\(Self.resources)/\(name).json"))
    let expressions = Self.expressions(in: bytes)
    #expect(expressions.count >= atLeast)
    Self.check(expressions)
  }

  @Test(.enabled(if: environment("MARTLET_TEST_DATA") != nil))
  func allOracles() throws {
    let root = try #require(environment("MARTLET_TEST_DATA"))
    for name in ["shop", "cdnow", "github", "messy", "online-retail"] {
      let bytes = try #require(fileBytes("\(root)/oracles/\(name).json"))
      let expressions = Self.expressions(in: bytes)
      #expect(!expressions.isEmpty)
      Self.check(expressions)
    }
  }
}
