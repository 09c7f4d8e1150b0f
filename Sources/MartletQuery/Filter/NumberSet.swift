import MartletLanguage
import MartletModel

/// The integers that pass a test, as closed ranges: what a test on decimals becomes at one scale.
///
/// A significand `v` at scale `s` stands for `v / 10^s`; `amount >= 104.955` at scale 2 is
/// `v >= 10496`, exactly.
struct NumberSet: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<Int128>]

  static let none = NumberSet(ranges: [])
  static let all = NumberSet(ranges: [Int128.min...Int128.max])

  private init(ranges: [ClosedRange<Int128>]) { self.ranges = ranges }

  /// Significands at `scale` that compare with `number` as the operator says.
  init(_ comparison: ComparisonOperator, _ number: Number, scale: Int) {
    let (floor, isExact) = NumberSet.floor(number, scale: scale)
    switch comparison {
    case .equal: ranges = isExact ? [floor...floor] : []
    case .notEqual: ranges = isExact ? NumberSet.outside(floor...floor) : NumberSet.all.ranges
    case .less: ranges = NumberSet.upTo(isExact ? floor : NumberSet.next(floor), isOpen: true)
    case .lessOrEqual: ranges = NumberSet.upTo(floor, isOpen: false)
    case .greater: ranges = NumberSet.from(floor, isOpen: true)
    case .greaterOrEqual:
      ranges = NumberSet.from(isExact ? floor : NumberSet.next(floor), isOpen: false)
    }
  }

  /// Significands at `scale` that pass a test on values.
  init(_ test: ValueTest, scale: Int) {
    switch test {
    case .compare(let comparison, .number(let number)):
      self = NumberSet(comparison, number, scale: scale)
    case .compare(.notEqual, _), .exists: self = .all
    case .compare, .contains, .isMissing: self = .none
    case .isIn(let literals):
      let numbers = literals.compactMap(NumberSet.number)
      self = NumberSet(
        ranges: numbers.flatMap { NumberSet(.equal, $0, scale: scale).ranges })
    case .isNotIn(let literals):
      var set = NumberSet.all
      for number in literals.compactMap(NumberSet.number) {
        set.formIntersection(NumberSet(.notEqual, number, scale: scale))
      }
      self = set
    case .between(.number(let low), .number(let high)):
      var set = NumberSet(.greaterOrEqual, low, scale: scale)
      set.formIntersection(NumberSet(.lessOrEqual, high, scale: scale))
      self = set
    case .between: self = .none
    }
  }

  private static func number(_ literal: Literal) -> Number? {
    if case .number(let number) = literal { number } else { nil }
  }

  mutating func formIntersection(_ other: NumberSet) {
    ranges = ranges.flatMap { left in
      other.ranges.compactMap { right in
        let low = max(left.lowerBound, right.lowerBound)
        let high = min(left.upperBound, right.upperBound)
        return low <= high ? low...high : nil
      }
    }
  }

  func contains(_ value: Int128) -> Bool { ranges.contains { $0.contains(value) } }

  /// The part within `Int64`.
  var int64Ranges: [ClosedRange<Int64>] {
    ranges.compactMap {
      let low = max($0.lowerBound, Int128(Int64.min))
      let high = min($0.upperBound, Int128(Int64.max))
      return low <= high ? Int64(low)...Int64(high) : nil
    }
  }

  private static func next(_ value: Int128) -> Int128 { value == .max ? value : value + 1 }

  private static func upTo(_ bound: Int128, isOpen: Bool) -> [ClosedRange<Int128>] {
    if isOpen, bound == .min { return [] }
    return [Int128.min...(isOpen ? bound - 1 : bound)]
  }

  private static func from(_ bound: Int128, isOpen: Bool) -> [ClosedRange<Int128>] {
    if isOpen, bound == .max { return [] }
    return [(isOpen ? bound + 1 : bound)...Int128.max]
  }

  private static func outside(_ range: ClosedRange<Int128>) -> [ClosedRange<Int128>] {
    upTo(range.lowerBound, isOpen: true) + from(range.upperBound, isOpen: true)
  }

  /// `number × 10^scale`, rounded down, and whether nothing was lost; saturated far outside Int64.
  static func floor(_ number: Number, scale: Int) -> (Int128, isExact: Bool) {
    let power = number.exponent + scale
    if power >= 0 {
      var value = number.significand
      for _ in 0..<power {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        if overflow { return (number.significand < 0 ? .min : .max, false) }
        value = product
      }
      return (value, true)
    }
    guard power >= -38 else { return (number.significand < 0 ? -1 : 0, number.significand == 0) }
    var divisor: Int128 = 1
    for _ in 0..<(-power) { divisor *= 10 }
    let (quotient, remainder) = number.significand.quotientAndRemainder(flooring: divisor)
    return (quotient, remainder == 0)
  }
}
