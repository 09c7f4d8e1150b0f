public import MartletLanguage
import MartletModel

/// Makes a failing expression smaller while it still fails.
public enum ExpressionShrinker {
  /// The smallest expression found; it fails, as the given one does.
  ///
  /// Tries each simpler form in turn and starts again from the first that still fails.
  public static func shrink(
    _ expression: SegmentExpression, whileFailing fails: (SegmentExpression) -> Bool
  ) -> SegmentExpression {
    var smallest = expression
    while let simpler = simplerForms(of: smallest).first(where: fails) { smallest = simpler }
    return smallest
  }

  /// Forms with a node less: operands in place of the whole, fewer operands, steps, filters,
  /// windows. Every one is smaller, so shrinking ends.
  public static func simplerForms(of expression: SegmentExpression) -> [SegmentExpression] {
    switch expression {
    case .everyone, .saved, .trait:
      return []
    case .not(let inner):
      return [inner] + simplerForms(of: inner).map { .not($0) }
    case .and(let operands):
      return simplerLists(operands, simplerForms).map { .conjunction(of: $0) }
    case .or(let operands):
      return simplerLists(operands, simplerForms).map { .disjunction(of: $0) }
    case .did(let selection):
      return simplerForms(of: selection).map { .did($0) }
    case .around(let selection, let span, let side, let occurrence):
      return simplerForms(of: selection).map {
        .around($0, within: span, side: side, of: occurrence)
      }
        + simplerForms(of: occurrence).map {
          .around(selection, within: span, side: side, of: $0)
        }
    case .comparison(let left, let comparison, let right):
      return simplerForms(of: left).map { .comparison($0, comparison, right) }
        + simplerForms(of: right).map { .comparison(left, comparison, $0) }
    case .rolling(let selection, let comparison, let number, let span):
      return simplerForms(of: selection).map { .rolling($0, comparison, number, within: span) }
    case .occurrence(let occurrence, let window):
      return simplerForms(of: occurrence).map { .occurrence($0, window) }
    case .sequence(let anchor, let steps, let property, let span):
      return simplerSequences(anchor, steps, property, span)
    case .absence(let anchor, let selection, let property, let span):
      return simplerForms(of: anchor).map {
        .absence($0, without: selection, same: property, within: span)
      }
        + simplerForms(of: selection).map {
          .absence(anchor, without: $0, same: property, within: span)
        } + (property == nil ? [] : [.absence(anchor, without: selection, same: nil, within: span)])
    }
  }

  private static func simplerSequences(
    _ anchor: Anchor, _ steps: [Selection], _ property: Text?, _ span: TimeSpan
  ) -> [SegmentExpression] {
    simplerForms(of: anchor).map { .sequence($0, then: steps, same: property, within: span) }
      + simplerLists(steps, simplerForms).map {
        .sequence(anchor, then: $0, same: property, within: span)
      } + (property == nil ? [] : [.sequence(anchor, then: steps, same: nil, within: span)])
  }

  /// Each element left out (at least one stays), then each element made simpler.
  private static func simplerLists<Element>(
    _ elements: [Element], _ simpler: (Element) -> [Element]
  ) -> [[Element]] {
    var result: [[Element]] = []
    for place in elements.indices where elements.count > 1 {
      var fewer = elements
      fewer.remove(at: place)
      result.append(fewer)
    }
    for place in elements.indices {
      for form in simpler(elements[place]) {
        var changed = elements
        changed[place] = form
        result.append(changed)
      }
    }
    return result
  }

  private static func simplerForms(of selection: Selection) -> [Selection] {
    var result: [Selection] = []
    if selection.filter != nil {
      result.append(Selection(selection.event, window: selection.window))
    }
    if selection.window != nil {
      result.append(Selection(selection.event, filter: selection.filter))
    }
    if let filter = selection.filter {
      result += simplerForms(of: filter).map {
        Selection(selection.event, filter: $0, window: selection.window)
      }
    }
    return result
  }

  private static func simplerForms(of filter: PropertyExpression) -> [PropertyExpression] {
    switch filter {
    case .test: []
    case .not(let inner): [inner] + simplerForms(of: inner).map { .not($0) }
    case .and(let operands):
      simplerLists(operands, simplerForms).map { .conjunction(of: $0) }
    case .or(let operands):
      simplerLists(operands, simplerForms).map { .disjunction(of: $0) }
    }
  }

  private static func simplerForms(of occurrence: Occurrence) -> [Occurrence] {
    simplerForms(of: occurrence.selection).map { Occurrence(occurrence.position, $0) }
  }

  private static func simplerForms(of anchor: Anchor) -> [Anchor] {
    switch anchor {
    case .any(let selection): simplerForms(of: selection).map { .any($0) }
    case .occurrence(let occurrence): simplerForms(of: occurrence).map { .occurrence($0) }
    }
  }

  private static func simplerForms(of measure: Measure) -> [Measure] {
    switch measure {
    case .count(let selection): simplerForms(of: selection).map { .count($0) }
    case .days(let selection): simplerForms(of: selection).map { .days($0) }
    case .aggregate(let aggregation, let selection, let property):
      simplerForms(of: selection).map { .aggregate(aggregation, $0, property: property) }
    }
  }

  private static func simplerForms(of operand: Operand) -> [Operand] {
    switch operand {
    case .number: []
    case .measure(let measure): simplerForms(of: measure).map { .measure($0) }
    }
  }
}
