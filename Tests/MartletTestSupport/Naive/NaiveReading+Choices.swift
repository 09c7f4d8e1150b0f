import MartletLanguage
import MartletModel

extension NaiveReading {
  func choose(_ selection: Selection) -> Chosen {
    let type: Int? =
      switch selection.event {
      case .any: nil
      case .named(let name): names[name] ?? -1
      }
    return Chosen(
      type: type, condition: condition(selection.filter), interval: interval(selection.window))
  }

  func choose(_ occurrence: Occurrence) -> Chosen {
    var chosen = choose(occurrence.selection)
    switch occurrence.position {
    case .first: chosen.take = .first
    case .last: chosen.take = .last
    }
    return chosen
  }

  func choose(_ anchor: Anchor) -> Chosen {
    switch anchor {
    case .any(let selection): choose(selection)
    case .occurrence(let occurrence): choose(occurrence)
    }
  }

  private func condition(_ filter: PropertyExpression?) -> (NaiveEvent) -> Bool {
    switch filter {
    case nil:
      return { _ in true }
    case .test(let name, let test):
      let number = names[name]
      return { event in
        ValueRules.holds(test, for: number.flatMap { event.value(of: $0) })
      }
    case .not(let inner):
      let inner = condition(inner)
      return { !inner($0) }
    case .and(let operands):
      let operands = operands.map(condition)
      return { event in operands.allSatisfy { $0(event) } }
    case .or(let operands):
      let operands = operands.map(condition)
      return { event in operands.contains { $0(event) } }
    }
  }
}
