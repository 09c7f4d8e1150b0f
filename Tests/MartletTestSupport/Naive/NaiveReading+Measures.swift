import MartletLanguage
import MartletModel

extension NaiveReading {
  func compare(
    _ left: Measure, _ comparison: ComparisonOperator, _ right: Operand
  ) -> [Truth] {
    let left = quantity(left)
    let right: (NaiveUser) -> Quantity? =
      switch right {
      case .number(let number): { _ in Quantity(total: ExactDecimal(number)) }
      case .measure(let measure): quantity(measure)
      }
    return each { user in
      guard let left = left(user), let right = right(user) else { return false }
      return left.holds(comparison, right)
    }
  }

  /// A measure of a user; nil where it is missing.
  private func quantity(_ measure: Measure) -> (NaiveUser) -> Quantity? {
    switch measure {
    case .count(let selection):
      let chosen = choose(selection)
      return { .whole(chosen.ranks(of: $0).count) }
    case .days(let selection):
      let chosen = choose(selection)
      return { user in
        .whole(Set(chosen.ranks(of: user).map { zone.day(at: user.events[$0].time) }).count)
      }
    case .aggregate(let aggregation, let selection, let property):
      let (chosen, name) = (choose(selection), names[property])
      return { user in
        let values = chosen.ranks(of: user).compactMap { rank in
          name.flatMap { user.events[rank].value(of: $0) }
        }
        return aggregate(aggregation, values)
      }
    }
  }

  private func aggregate(_ aggregation: Aggregation, _ values: [Value]) -> Quantity? {
    if aggregation == .distinct {
      return .whole(values.reduce(into: Set()) { $0.formUnion(ValueKey.keys(of: $1)) }.count)
    }
    let items = values.flatMap { value in
      if case .list(let items) = value { items } else { [value] }
    }
    let numbers = items.compactMap { item in
      if case .number(let number) = item { ExactDecimal(number) } else { nil }
    }
    let sum = numbers.reduce(ExactDecimal(0), +)
    switch aggregation {
    case .sum: return Quantity(total: sum)
    case .avg: return numbers.isEmpty ? nil : Quantity(total: sum, divisor: numbers.count)
    case .min: return numbers.min().map { Quantity(total: $0) }
    case .max: return numbers.max().map { Quantity(total: $0) }
    case .distinct: preconditionFailure("answered above")
    }
  }
}
