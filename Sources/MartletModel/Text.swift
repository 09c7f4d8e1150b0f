/// A UTF-8 string that is equal only byte for byte, and ordered by its bytes.
///
/// User ids, event types, property names and text values are `Text`. Swift's `String ==` follows
/// canonical equivalence ("é" composed equals "é" decomposed); a store key must not.
public struct Text: Sendable {
  /// The characters, for display.
  public let string: String

  /// Makes a text of the given characters.
  /// - Complexity: O(1) for native strings.
  public init(_ string: String) {
    var native = string
    native.makeContiguousUTF8()
    self.string = native
  }

  /// Makes a text from bytes, or nil where they are not valid UTF-8.
  public init?(validating bytes: some Sequence<UInt8>) {
    guard let string = String(validating: Array(bytes), as: UTF8.self) else { return nil }
    self.string = string
  }

  /// The UTF-8 bytes.
  public var utf8: String.UTF8View { string.utf8 }
}

extension Text: Hashable {
  public static func == (left: Text, right: Text) -> Bool {
    let (a, b) = (left.string.utf8, right.string.utf8)
    return a.count == b.count && a.elementsEqual(b)
  }

  public func hash(into hasher: inout Hasher) {
    // Eight bytes at a time; the count keeps texts apart that differ in trailing zero bytes.
    var (word, count) = (UInt64(0), 0)
    for byte in string.utf8 {
      word = word << 8 | UInt64(byte)
      count += 1
      if count & 7 == 0 { hasher.combine(word) }
    }
    hasher.combine(word)
    hasher.combine(count)
  }
}

extension Text: Comparable {
  public static func < (left: Text, right: Text) -> Bool {
    left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
  }
}

extension Text: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self.init(value) }
}

extension Text: CustomStringConvertible {
  public var description: String { string }
}
