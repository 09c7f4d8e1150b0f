extension SegmentExpression {
  /// All of the operands hold: one `and` node whose operands are no `and` nodes.
  ///
  /// `(a and b) and c` means what `a and b and c` means, so both are one tree and the canonical
  /// text has no parentheses that change nothing. One operand is itself.
  /// - Precondition: at least one operand.
  public static func conjunction(of operands: [SegmentExpression]) -> SegmentExpression {
    precondition(!operands.isEmpty, "a conjunction has operands")
    let flat = operands.flatMap { operand in
      if case .and(let inner) = operand { inner } else { [operand] }
    }
    return flat.count == 1 ? flat[0] : .and(flat)
  }

  /// Some of the operands holds: one `or` node whose operands are no `or` nodes.
  /// - Precondition: at least one operand.
  public static func disjunction(of operands: [SegmentExpression]) -> SegmentExpression {
    precondition(!operands.isEmpty, "a disjunction has operands")
    let flat = operands.flatMap { operand in
      if case .or(let inner) = operand { inner } else { [operand] }
    }
    return flat.count == 1 ? flat[0] : .or(flat)
  }
}

extension PropertyExpression {
  /// All of the operands hold; flat, as `SegmentExpression.conjunction(of:)`.
  /// - Precondition: at least one operand.
  public static func conjunction(of operands: [PropertyExpression]) -> PropertyExpression {
    precondition(!operands.isEmpty, "a conjunction has operands")
    let flat = operands.flatMap { operand in
      if case .and(let inner) = operand { inner } else { [operand] }
    }
    return flat.count == 1 ? flat[0] : .and(flat)
  }

  /// Some of the operands holds; flat, as `SegmentExpression.disjunction(of:)`.
  /// - Precondition: at least one operand.
  public static func disjunction(of operands: [PropertyExpression]) -> PropertyExpression {
    precondition(!operands.isEmpty, "a disjunction has operands")
    let flat = operands.flatMap { operand in
      if case .or(let inner) = operand { inner } else { [operand] }
    }
    return flat.count == 1 ? flat[0] : .or(flat)
  }
}
