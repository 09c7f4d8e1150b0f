import MartletLanguage
import MartletModel
import RoaringBitmap

/// `count(Purchase) >= 3`, `avg(Purchase.amount) > avg(Refund.amount)`
struct ComparisonLeaf: Leaf {
  enum Right: Sendable {
    case number(Number)
    case measure(BoundMeasure)
  }

  let left: BoundMeasure
  let comparison: ComparisonOperator
  let right: Right

  var name: String { "measure" }
  var method: PlanMethod { .scan }

  var rowCount: Int {
    guard case .measure(let measure) = right else { return left.selection.rowCount }
    return left.selection.rowCount + measure.selection.rowCount
  }

  /// Whether users without any matching event satisfy the comparison.
  var holdsForNobodysEvents: Bool {
    switch right {
    case .number(let number): compares(left.emptyValue, ExactRatio(number))
    case .measure(let measure): compares(left.emptyValue, measure.emptyValue)
    }
  }

  /// A comparison with a missing value is false.
  private func compares(_ left: ExactRatio?, _ right: ExactRatio?) -> Bool {
    guard let left, let right else { return false }
    return left.compares(comparison, to: right)
  }

  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> Truth {
    let byDefault = holdsForNobodysEvents
    return Truth(
      try SpanScan.run(context, rowCount: rowCount, candidates: candidates) {
        span throws(MartletError) in
        var bits = byDefault ? SpanBits(span, context.universe) : SpanBits(span)
        let values = try left.values(span, context)
        switch right {
        case .number(let number): apply(values, number, byDefault, &bits)
        case .measure(let measure):
          let others = try measure.values(span, context)
          for side in [values, others] {
            side.forEachActiveUser { user in
              if compares(values.ratio(of: user), others.ratio(of: user)) {
                bits.insert(user)
              } else {
                bits.remove(user)
              }
            }
          }
        }
        return bits
      })
  }

  private func apply(
    _ values: MeasureValues, _ number: Number, _ byDefault: Bool, _ bits: inout SpanBits
  ) {
    switch values {
    case .integers(let integers):
      let ranges = NumberSet(comparison, number, scale: 0).int64Ranges
      for (user, value) in integers.enumerated() where value != 0 {
        let holds = ranges.contains { $0.contains(value) }
        if holds != byDefault { set(UInt32(user), holds, &bits) }
      }
    case .decimals(let decimals, let aggregation) where aggregation != .avg:
      let set = NumberSet(comparison, number, scale: decimals.scale)
      for (user, count) in decimals.counts.enumerated() where count != 0 {
        let holds = set.contains(decimals.totals[user])
        if holds != byDefault { self.set(UInt32(user), holds, &bits) }
      }
    default:
      let ratio = ExactRatio(number)
      values.forEachActiveUser { user in
        set(user, compares(values.ratio(of: user), ratio), &bits)
      }
    }
  }

  private func set(_ user: UInt32, _ holds: Bool, _ bits: inout SpanBits) {
    if holds { bits.insert(user) } else { bits.remove(user) }
  }
}
