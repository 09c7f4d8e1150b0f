/// Holds a tree against the limits of depth and size. Never deeper in the stack than the limit.
struct TreeMeter {
  private var nodeCount = 0

  mutating func measure(_ expression: SegmentExpression, depth: Int) throws(Defect) {
    try enter(depth)
    switch expression {
    case .everyone, .saved: break
    case .trait(_, let test): try measure(test)
    case .did(let selection), .rolling(let selection, _, _, _):
      try measure(selection, depth)
    case .around(let selection, _, _, let occurrence):
      try measure(selection, depth)
      try measure(occurrence.selection, depth)
    case .comparison(let measure, _, let operand):
      try self.measure(measure, depth)
      if case .measure(let right) = operand { try self.measure(right, depth) }
    case .occurrence(let occurrence, _): try measure(occurrence.selection, depth)
    case .sequence(let anchor, let steps, _, _):
      try measure(anchor.selection, depth)
      for step in steps {
        try enter(depth)
        try measure(step, depth)
      }
    case .absence(let anchor, let absent, _, _):
      try measure(anchor.selection, depth)
      try measure(absent, depth)
    case .not(let operand): try measure(operand, depth: depth + 1)
    case .and(let operands), .or(let operands):
      for operand in operands { try measure(operand, depth: depth + 1) }
    }
  }

  private mutating func enter(_ depth: Int) throws(Defect) {
    guard depth <= LanguageLimits.nestingDepth else {
      throw Defect("an expression nests at most \(LanguageLimits.nestingDepth) levels deep")
    }
    nodeCount += 1
    try checkCount()
  }

  private func checkCount() throws(Defect) {
    guard nodeCount <= LanguageLimits.nodeCount else {
      throw Defect("an expression has at most \(LanguageLimits.nodeCount) parts")
    }
  }

  private mutating func measure(_ selection: Selection, _ depth: Int) throws(Defect) {
    if let filter = selection.filter { try measure(filter, depth: depth + 1) }
  }

  private mutating func measure(_ measure: Measure, _ depth: Int) throws(Defect) {
    switch measure {
    case .count(let selection), .days(let selection), .aggregate(_, let selection, _):
      try self.measure(selection, depth)
    }
  }

  private mutating func measure(_ filter: PropertyExpression, depth: Int) throws(Defect) {
    try enter(depth)
    switch filter {
    case .test(_, let test): try measure(test)
    case .not(let operand): try measure(operand, depth: depth + 1)
    case .and(let operands), .or(let operands):
      for operand in operands { try measure(operand, depth: depth + 1) }
    }
  }

  private mutating func measure(_ test: ValueTest) throws(Defect) {
    switch test {
    case .isIn(let literals), .isNotIn(let literals): nodeCount += literals.count
    case .between: nodeCount += 2
    case .compare, .contains: nodeCount += 1
    case .exists, .isMissing: break
    }
    try checkCount()
  }
}
