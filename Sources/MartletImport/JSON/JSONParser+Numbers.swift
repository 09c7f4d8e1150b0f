import MartletModel

extension JSONParser {
  /// Reads a number and stages its cell.
  mutating func numberValue(at start: Int, of node: UInt32) -> Int {
    let (end, number) = number(at: start, of: node)
    guard end >= 0 else { return end }
    switch number {
    case .small(let significand, let scale):
      return stage(.number, scale: scale, payload: significand, of: node) ? end : Self.failed
    case .wide(let value):
      let index = result.batch.wideNumbers.count
      result.batch.wideNumbers.append(value)
      return stage(.wideNumber, payload: Int64(index), of: node) ? end : Self.failed
    }
  }

  /// Reads a number by JSON's grammar.
  @inline(__always)
  mutating func number(at start: Int, of node: UInt32) -> (end: Int, number: DecimalCell) {
    var position = start
    let isNegative = input[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let firstDigit = position
    var value = UInt64(input[position] &- 48)
    guard value <= 9 else { return (failNoValue(at: start), .small(significand: 0, scale: 0)) }
    position += 1
    if value != 0 {
      // Past 18 digits the sum may wrap; it is not used then.
      while input[position] &- 48 <= 9 {
        value = value &* 10 &+ UInt64(input[position] &- 48)
        position += 1
      }
    } else if input[position] &- 48 <= 9 {
      return (failLeadingZero(at: start), .small(significand: 0, scale: 0))
    }
    var digitCount = position - firstDigit
    var scale = 0
    if input[position] == UInt8(ascii: ".") {
      let firstPlace = position + 1
      position = firstPlace
      while input[position] &- 48 <= 9 {
        value = value &* 10 &+ UInt64(input[position] &- 48)
        position += 1
      }
      scale = position - firstPlace
      guard scale > 0 else {
        return (failSyntax("a digit", at: position), .small(significand: 0, scale: 0))
      }
      digitCount += scale
    }
    if digitCount > 18 || input[position] | 0x20 == UInt8(ascii: "e") {
      return longNumber(from: start, at: position, isInteger: scale == 0, of: node)
    }
    while scale > 0, value % 10 == 0 {
      value /= 10
      scale -= 1
    }
    let significand = Int64(value)
    return (
      position,
      .small(significand: isNegative ? -significand : significand, scale: UInt8(scale))
    )
  }

  @inline(never)
  private mutating func failNoValue(at offset: Int) -> Int { failSyntax("a value", at: offset) }

  @inline(never)
  private mutating func failLeadingZero(at offset: Int) -> Int {
    fail("invalid JSON at byte \(offset - lineStart + 1): a number with a leading zero")
  }

  /// Finishes a number with an exponent or many digits; `position` lies after its digits.
  @inline(never)
  private mutating func longNumber(
    from start: Int, at position: Int, isInteger: Bool, of node: UInt32
  ) -> (end: Int, number: DecimalCell) {
    let nothing = DecimalCell.small(significand: 0, scale: 0)
    var end = position
    let hasExponent = input[end] | 0x20 == UInt8(ascii: "e")
    if hasExponent {
      end += 1
      if input[end] == UInt8(ascii: "+") || input[end] == UInt8(ascii: "-") { end += 1 }
      guard input[end] &- 48 <= 9 else { return (failSyntax("a digit", at: end), nothing) }
      while input[end] &- 48 <= 9 { end += 1 }
    }
    switch DecimalText.parse(input.bytes(start..<end), isInteger: isInteger && !hasExponent) {
    case .success(let number): return (end, DecimalCell(number))
    case .failure(let problem): return (fail(problem.reason, node: node), nothing)
    }
  }
}
