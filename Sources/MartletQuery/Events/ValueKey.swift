import MartletModel

/// A property's value in a form that is equal exactly when the values are.
struct ValueKey: Hashable, Sendable {
  /// A significand, a text's number, or 0 or 1.
  var payload: Int64
  /// A number's power of ten, or which kind of value this is.
  var tag: Int32

  private static let textTag = Int32.max
  private static let booleanTag = Int32.max - 1
  private static let hugeNumberTag = Int32.max - 2
  private static let missingTag = Int32.max - 3

  /// No value.
  static let missing = ValueKey(payload: 0, tag: missingTag)

  private init(payload: Int64, tag: Int32) { (self.payload, self.tag) = (payload, tag) }

  /// The number `significand / 10^scale`.
  init(significand: Int64, scale: Int) {
    var (value, places) = (significand, scale)
    while places > 0, value % 10 == 0 {
      value /= 10
      places -= 1
    }
    self.init(payload: value, tag: Int32(-places))
  }

  init(boolean: Bool) { self.init(payload: boolean ? 1 : 0, tag: ValueKey.booleanTag) }

  /// A text by its number in a `TextNumbering`.
  init(text: Int64) { self.init(payload: text, tag: ValueKey.textTag) }

  /// A number that may be beyond Int64; `numbering` numbers those that are.
  init(_ number: Number, numbering: TextNumbering) {
    if let significand = Int64(exactly: number.significand) {
      self.init(payload: significand, tag: Int32(number.exponent))
    } else {
      let text = numbering.number(of: Array(number.description.utf8))
      self.init(payload: text, tag: ValueKey.hugeNumberTag)
    }
  }
}

extension ValueKey: Comparable {
  /// Any total order; it has no meaning beyond grouping.
  static func < (left: ValueKey, right: ValueKey) -> Bool {
    (left.tag, left.payload) < (right.tag, right.payload)
  }
}
