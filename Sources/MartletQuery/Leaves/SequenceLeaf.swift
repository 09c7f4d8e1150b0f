import MartletLanguage
import MartletModel
import RoaringBitmap

/// `A then B then C same p within 7 days`
struct SequenceLeaf: Leaf {
  let anchor: AnchorPosition
  /// The anchor's selection, then each later step's.
  let steps: StepSelections
  let same: SameProperty?
  let span: TimeSpan

  var name: String { "sequence" }
  var method: PlanMethod { .scan }
  var rowCount: Int { steps.rowCount }

  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> Truth {
    try OrderScan(
      selections: steps.selections, required: steps.selections, same: same,
      keptWithoutValue: anchor.keptWithoutValue(steps)
    ).run(context, rowCount: rowCount, candidates: candidates) { stream, entries in
      matches(stream, entries) ? .matched : .failed
    }
  }

  /// Whether some chain of different events, one a step, in order, starts and ends within the span.
  ///
  /// For each step the latest start of a chain that reaches it is enough: a later start reaches
  /// whatever an earlier one does. One pass, no backtracking.
  /// - Complexity: O(entries × steps)
  private func matches(_ stream: EventStream, _ entries: Range<Int>) -> Bool {
    let anchors = anchor.onlyEntries(of: stream, entries, selection: steps.bits[0])
    let last = steps.bits.count - 1
    var found = false
    KeyGroups.forEach(of: stream, entries) { group in
      var latestStart = [Int64?](repeating: nil, count: last)
      for entry in group {
        let (time, match) = (stream.times[entry], stream.matches[entry])
        for step in stride(from: last, through: 1, by: -1)
        where match & steps.bits[step] != 0 {
          guard let start = latestStart[step - 1], time - start < span.milliseconds else {
            continue
          }
          if step == last {
            found = true
            return false
          }
          latestStart[step] = max(latestStart[step] ?? start, start)
        }
        if match & steps.bits[0] != 0, anchors?.contains(entry) ?? true { latestStart[0] = time }
      }
      return true
    }
    return found
  }
}
