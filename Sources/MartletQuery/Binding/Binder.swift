import MartletEngine
import MartletLanguage
import MartletModel
import MartletSegmentFile

/// Finds what a question's names mean in a snapshot, and makes its plan.
struct Binder {
  let snapshot: Snapshot
  let clock: QuestionClock
  /// Whether an event type that the store does not know selects nothing; otherwise it is an error.
  let allowsUnknownEventTypes: Bool
  private let knownEventTypes: Set<Text>
  /// Saved segments that are being bound, to refuse cycles.
  private var open: [Text] = []

  init(snapshot: Snapshot, clock: QuestionClock, allowsUnknownEventTypes: Bool) {
    (self.snapshot, self.clock) = (snapshot, clock)
    self.allowsUnknownEventTypes = allowsUnknownEventTypes
    knownEventTypes = Set(snapshot.eventTypes)
  }

  /// - Throws: `BindError` where a name is unknown; `MartletError` where the store cannot be read.
  mutating func bind(_ expression: SegmentExpression) throws -> PlanNode {
    let text = expression.description
    switch expression {
    case .everyone: return PlanNode(.everyone, text)
    case .saved(let name): return try bindSaved(name, text)
    case .not(let operand): return PlanNode(.not, text, [try bind(operand)])
    case .and(let operands): return PlanNode(.and, text, try bindAll(operands))
    case .or(let operands): return PlanNode(.or, text, try bindAll(operands))
    case .trait(let trait, let test):
      let parts = try traitParts()
      return leaf(
        TraitLeaf(
          trait: trait, test: test, parts: parts, window: TimeWindow(before: clock.asOf)), text)
    case .did(let selection): return did(try bind(selection), text)
    case .around(let selection, let span, let side, let occurrence):
      let steps = try bindSteps([occurrence.selection, selection], text)
      return leaf(
        AroundLeaf(position: occurrence.position, side: side, steps: steps, span: span), text)
    case .comparison(let measure, let comparison, let operand):
      return try bindComparison(measure, comparison, operand, text)
    case .rolling(let selection, let comparison, let number, let span):
      return try bindRolling(selection, comparison, number, span, text)
    case .occurrence(let occurrence, let window):
      return try bindOccurrence(occurrence, window, text)
    case .sequence(let anchor, let later, let same, let span):
      let steps = try bindSteps([anchor.selection] + later, text)
      return leaf(
        SequenceLeaf(
          anchor: AnchorPosition(anchor), steps: steps, same: try bind(same, steps), span: span),
        text)
    case .absence(let anchor, let without, let same, let span):
      let steps = try bindSteps([anchor.selection, without], text)
      return leaf(
        AbsenceLeaf(
          anchor: AnchorPosition(anchor), steps: steps, same: try bind(same, steps), span: span),
        text)
    }
  }

  private func leaf(_ leaf: any Leaf, _ text: String) -> PlanNode { PlanNode(.leaf(leaf), text) }

  private func did(_ selection: BoundSelection, _ text: String) -> PlanNode {
    leaf(DidLeaf(selection, files: snapshot.segmentFiles), text)
  }

  private mutating func bindAll(_ operands: [SegmentExpression]) throws -> [PlanNode] {
    var nodes: [PlanNode] = []
    for operand in operands { nodes.append(try bind(operand)) }
    return nodes
  }

  private mutating func bindSaved(_ name: Text, _ text: String) throws -> PlanNode {
    guard let definition = snapshot.manifest.savedSegments[name] else {
      throw BindError.unknown(
        .savedSegment, name, known: snapshot.manifest.savedSegments.keys.sorted())
    }
    guard !open.contains(name) else { throw BindError.cycle(open + [name]) }
    open.append(name)
    defer { open.removeLast() }
    let child = try bind(try SegmentExpression(parsing: definition.string))
    return PlanNode(.saved(name), text, [child])
  }

  private func traitParts() throws(MartletError) -> [RunPart] {
    var parts: [RunPart] = []
    for (number, file) in snapshot.segmentFiles.enumerated() {
      if let run = try file.traitRun() {
        parts.append(RunPart(file: file, fileNumber: number, run: run))
      }
    }
    return parts
  }

  /// The runs of a selection whose times its window touches.
  private func bind(_ selection: Selection) throws -> BoundSelection {
    let window = clock.resolve(selection.window)
    var parts: [RunPart] = []
    func add(_ run: Run, _ file: SegmentFile, _ number: Int) {
      guard window.overlaps(run.timeRange) else { return }
      parts.append(RunPart(file: file, fileNumber: number, run: run))
    }
    for (number, file) in snapshot.segmentFiles.enumerated() {
      switch selection.event {
      case .named(let type):
        if let run = try file.run(of: type) { add(run, file, number) }
      case .any:
        for (index, entry) in file.directory.runs.enumerated() where entry.eventType != nil {
          add(try file.run(at: index), file, number)
        }
      }
    }
    if case .named(let type) = selection.event, !allowsUnknownEventTypes,
      !knownEventTypes.contains(type)
    {
      throw BindError.unknown(.eventType, type, known: snapshot.eventTypes)
    }
    return BoundSelection(
      event: selection.event, filter: selection.filter, window: window, parts: parts)
  }

  private func bindSteps(_ steps: [Selection], _ text: String) throws -> StepSelections {
    var bound: [(Selection, BoundSelection)] = []
    for step in steps { bound.append((step, try bind(step))) }
    guard let selections = StepSelections(bound) else {
      throw MartletError(
        .usage, "a sequence has more than \(EventStream.selectionCountMax) different selections",
        remedy: "join some of them, or split the question with 'and'")
    }
    return selections
  }

  private func bind(_ same: Text?, _ steps: StepSelections) throws -> SameProperty? {
    guard let same else { return nil }
    let parts = EventSource.sources(of: steps.selections).map(\.part)
    return SameProperty(name: same, numbering: try TextNumbering(of: same, in: parts))
  }

  private func bindComparison(
    _ measure: Measure, _ comparison: ComparisonOperator, _ operand: Operand, _ text: String
  ) throws -> PlanNode {
    let right: ComparisonLeaf.Right
    switch operand {
    case .number(let number): right = .number(number)
    case .measure(let measure): right = .measure(try bind(measure))
    }
    let left = try bind(measure)
    if case .number(let number) = right, case .days = left.kind, clock.isUTC,
      left.selection.event == .any, left.selection.filter == nil,
      let days = ActiveDaysLeaf(
        left.selection.window, comparison, number, files: snapshot.segmentFiles)
    {
      return leaf(days, text)
    }
    return leaf(ComparisonLeaf(left: left, comparison: comparison, right: right), text)
  }

  private func bind(_ measure: Measure) throws -> BoundMeasure {
    switch measure {
    case .count(let selection):
      return BoundMeasure(kind: .count, selection: try bind(selection))
    case .days(let selection):
      return BoundMeasure(kind: .days, selection: try bind(selection))
    case .aggregate(let aggregation, let selection, let property):
      let bound = try bind(selection).having(property)
      guard aggregation == .distinct else {
        return BoundMeasure(kind: .decimal(aggregation, property), selection: bound)
      }
      let numbering = try TextNumbering(of: property, in: bound.parts)
      return BoundMeasure(kind: .distinct(property, numbering), selection: bound)
    }
  }

  private func bindRolling(
    _ selection: Selection, _ comparison: ComparisonOperator, _ number: Number,
    _ span: TimeSpan, _ text: String
  ) throws -> PlanNode {
    let bound = try bind(selection)
    // The least count that satisfies the comparison.
    let least = NumberSet(comparison, number, scale: 0).ranges.first?.lowerBound ?? Int128.max
    if least <= 0 { return PlanNode(.everyone, text) }
    guard let count = Int(exactly: least), count <= bound.rowCount else {
      return PlanNode(.nobody, text)
    }
    return leaf(RollingLeaf(selection: bound, count: count, span: span), text)
  }

  /// `first(any)` and `last(any)` without a filter become set algebra on the bitmaps by day: the
  /// last event lies in a window if some event does and none comes after it.
  private func bindOccurrence(
    _ occurrence: Occurrence, _ window: Window, _ text: String
  ) throws -> PlanNode {
    let bound = try bind(occurrence.selection)
    let outer = clock.resolve(window)
    guard occurrence.selection.event == .any, occurrence.selection.filter == nil else {
      return leaf(
        OccurrenceLeaf(position: occurrence.position, selection: bound, window: outer), text)
    }
    let inside = bound.clamped(to: outer)
    let rest =
      occurrence.position == .last
      ? bound.clamped(to: TimeWindow(from: outer.to, to: .max))
      : bound.clamped(to: TimeWindow(from: .min, to: outer.from))
    return PlanNode(
      .and, text,
      [
        did(inside, "any event in the window"),
        PlanNode(.not, "no event beyond it", [did(rest, "any event beyond it")]),
      ])
  }
}
