import MartletLanguage
import MartletModel
import MartletSegmentFile

/// A measure with its runs found.
struct BoundMeasure: Sendable {
  enum Kind: Sendable {
    case count
    case days
    case distinct(Text, TextNumbering)
    /// sum, avg, min or max of a property.
    case decimal(Aggregation, Text)
  }

  let kind: Kind
  let selection: BoundSelection

  /// The value of a user without any matching event; nil where it is missing.
  var emptyValue: ExactRatio? {
    switch kind {
    case .count, .days, .distinct, .decimal(.sum, _): .zero
    case .decimal: nil
    }
  }

  /// Computes the measure for the users of a span.
  func values(
    _ span: UserSpan, _ context: QueryContext
  ) throws(MartletError) -> MeasureValues {
    switch kind {
    case .count: return .integers(try counts(span, context))
    case .days: return .integers(try days(span, context))
    case .distinct(let property, let numbering):
      return .integers(try distinct(property, numbering, span, context))
    case .decimal(let aggregation, let property):
      if let values = try decimals(aggregation, property, span, context) {
        return .decimals(values, aggregation)
      }
      return .exact(try exactValues(property, span, context), aggregation)
    }
  }

  /// Calls `body` with each part that has rows in the span, and the rows that match (nil: all).
  func forEachPart(
    _ span: UserSpan, _ context: QueryContext,
    _ body: (RunRows, RowMask?) throws(MartletError) -> Void
  ) throws(MartletError) {
    for part in selection.parts {
      let rows = try RunRows(part, span: span)
      guard rows.count > 0 else { continue }
      let mask = try selection.mask(
        of: rows, times: nil, matches: context.dictionaryMatches)
      if let mask, mask.isEmpty { continue }
      try body(rows, mask)
    }
  }
}

/// A measure's values for the users of a span.
enum MeasureValues: Sendable {
  /// By distance from the span's first ordinal; 0 for users without a matching event.
  case integers([Int64])
  case decimals(DecimalValues, Aggregation)
  /// Users without an entry have no value.
  case exact([UInt32: ExactAccumulator], Aggregation)

  /// The value of a user; nil where it is missing.
  func ratio(of user: UInt32) -> ExactRatio? {
    switch self {
    case .integers(let values):
      return ExactRatio(significand: Int128(values[Int(user)]), exponent: 0)
    case .decimals(let values, let aggregation):
      let count = values.counts[Int(user)]
      if count == 0 { return aggregation == .sum ? .zero : nil }
      let total = ExactRatio(significand: values.totals[Int(user)], exponent: -values.scale)
      return aggregation == .avg ? total.divided(by: Int64(count)) : total
    case .exact(let accumulators, let aggregation):
      guard let accumulator = accumulators[user] else {
        return aggregation == .sum ? .zero : nil
      }
      return accumulator.value(aggregation)
    }
  }

  /// Users that may differ from a user without events.
  func forEachActiveUser(_ body: (UInt32) -> Void) {
    switch self {
    case .integers(let values):
      for (user, value) in values.enumerated() where value != 0 { body(UInt32(user)) }
    case .decimals(let values, _):
      for (user, count) in values.counts.enumerated() where count != 0 { body(UInt32(user)) }
    case .exact(let accumulators, _):
      for user in accumulators.keys { body(user) }
    }
  }
}

/// Sums, least or greatest values per user, as significands at one scale.
struct DecimalValues: Sendable {
  let scale: Int
  var totals: [Int128]
  /// How many values each user has; 0 where there is no total.
  var counts: [UInt32]
}

/// All that aggregations need of one user's numbers, whatever their size.
struct ExactAccumulator: Sendable {
  private var sum: ExactRatio
  private var count: Int64 = 1
  private var least: Number
  private var greatest: Number

  init(_ number: Number) {
    sum = ExactRatio(number)
    (least, greatest) = (number, number)
  }

  mutating func add(_ number: Number) {
    sum.add(number)
    count += 1
    least = min(least, number)
    greatest = max(greatest, number)
  }

  func value(_ aggregation: Aggregation) -> ExactRatio {
    switch aggregation {
    case .sum: sum
    case .avg: sum.divided(by: count)
    case .min: ExactRatio(least)
    case .max: ExactRatio(greatest)
    case .distinct: preconditionFailure("distinct counts keys")
    }
  }
}
