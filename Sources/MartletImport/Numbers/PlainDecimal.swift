/// A text that is a number in its plainest spelling: `0`, `-12`, `120.50`; not `007`, `+1`, `-0`,
/// `.5`, `5.` or `1e3`.
enum PlainDecimal {
  /// It is something else.
  case none
  /// Normalised as in `EventBatch.Cell`.
  case small(significand: Int64, scale: UInt8)
  /// More than 18 digits.
  case long(isInteger: Bool)

  /// Reads the text from `start` to `end`, which is not empty.
  @inline(__always)
  init(_ text: ByteWindow, from start: Int, to end: Int) {
    self = .none
    var position = start
    let isNegative = text[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let firstDigit = position
    var value: UInt64 = 0
    // Past 18 digits the value may wrap; it is not used then.
    while position < end, text[position] &- 48 <= 9 {
      value = value &* 10 &+ UInt64(text[position] &- 48)
      position += 1
    }
    let wholeDigits = position - firstDigit
    guard wholeDigits > 0, wholeDigits == 1 || text[firstDigit] != UInt8(ascii: "0") else { return }
    var scale = 0
    if position < end {
      guard text[position] == UInt8(ascii: ".") else { return }
      let firstPlace = position + 1
      position = firstPlace
      while position < end, text[position] &- 48 <= 9 {
        value = value &* 10 &+ UInt64(text[position] &- 48)
        position += 1
      }
      scale = position - firstPlace
      guard position == end, scale > 0 else { return }
    } else if isNegative, wholeDigits == 1, value == 0 {
      return
    }
    if wholeDigits + scale > 18 {
      self = .long(isInteger: scale == 0)
      return
    }
    while scale > 0, value % 10 == 0 {
      value /= 10
      scale -= 1
    }
    self = .small(significand: isNegative ? -Int64(value) : Int64(value), scale: UInt8(scale))
  }
}
