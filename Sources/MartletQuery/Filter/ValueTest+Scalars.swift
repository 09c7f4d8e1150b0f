import MartletEncoding
import MartletLanguage
import MartletModel

extension ValueTest {
  /// Whether a number passes.
  func accepts(_ number: Number) -> Bool {
    switch self {
    case .compare(let comparison, .number(let literal)):
      switch comparison {
      case .equal: number == literal
      case .notEqual: number != literal
      case .less: number < literal
      case .lessOrEqual: number <= literal
      case .greater: number > literal
      case .greaterOrEqual: number >= literal
      }
    case .compare(.notEqual, _), .exists: true
    case .compare, .contains, .isMissing: false
    case .isIn(let literals): literals.contains(.number(number))
    case .isNotIn(let literals): !literals.contains(.number(number))
    case .between(.number(let low), .number(let high)): low <= number && number <= high
    case .between: false
    }
  }

  /// Whether a boolean passes.
  func accepts(_ boolean: Bool) -> Bool {
    switch self {
    case .compare(.equal, let literal): literal == .boolean(boolean)
    case .compare(.notEqual, let literal): literal != .boolean(boolean)
    case .compare, .contains, .isMissing, .between: false
    case .exists: true
    case .isIn(let literals): literals.contains(.boolean(boolean))
    case .isNotIn(let literals): !literals.contains(.boolean(boolean))
    }
  }
}

/// A test on values, with its texts ready to be compared as bytes.
struct TextTest: Sendable {
  private let test: ValueTest
  /// The texts among the test's literals, as bytes.
  private let texts: [[UInt8]]

  init(_ test: ValueTest) {
    self.test = test
    texts =
      switch test {
      case .compare(_, let literal): [literal].compactMap(TextTest.bytes)
      case .isIn(let literals), .isNotIn(let literals): literals.compactMap(TextTest.bytes)
      case .between(let low, let high): [low, high].compactMap(TextTest.bytes)
      case .contains(let text): [Array(text.utf8)]
      case .exists, .isMissing: []
      }
  }

  private static func bytes(_ literal: Literal) -> [UInt8]? {
    if case .text(let text) = literal { Array(text.utf8) } else { nil }
  }

  /// Whether a text passes.
  /// - Complexity: O(bytes × literals)
  func accepts(_ text: RawSpan) -> Bool {
    switch test {
    case .compare(let comparison, .text):
      let bytes = texts[0]
      let literal = bytes.rawSpan
      switch comparison {
      case .equal: return ByteKernels.equal(text, literal)
      case .notEqual: return !ByteKernels.equal(text, literal)
      case .less: return ByteKernels.precedes(text, literal)
      case .lessOrEqual: return !ByteKernels.precedes(literal, text)
      case .greater: return ByteKernels.precedes(literal, text)
      case .greaterOrEqual: return !ByteKernels.precedes(text, literal)
      }
    case .compare(.notEqual, _), .exists: return true
    case .compare, .isMissing: return false
    case .isIn: return texts.contains { ByteKernels.equal(text, $0.rawSpan) }
    case .isNotIn: return !texts.contains { ByteKernels.equal(text, $0.rawSpan) }
    case .between(.text, .text):
      let (low, high) = (texts[0], texts[1])
      return !ByteKernels.precedes(text, low.rawSpan)
        && !ByteKernels.precedes(high.rawSpan, text)
    case .between: return false
    case .contains: return TextTest.contains(text, texts[0])
    }
  }

  /// The exact texts that pass, where only listed texts can.
  var onlyTexts: [[UInt8]]? {
    switch test {
    case .compare(.equal, .text), .isIn: texts
    default: nil
    }
  }

  private static func contains(_ text: RawSpan, _ part: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    var start = 0
    while start + part.count <= text.byteCount {
      if text.byte(at: start) == first,
        ByteKernels.equal(text.extracting(start..<start + part.count), part.rawSpan)
      {
        return true
      }
      start += 1
    }
    return false
  }
}
