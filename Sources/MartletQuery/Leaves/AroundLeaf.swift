import MartletLanguage
import MartletModel
import RoaringBitmap

/// `did Share within 3 days after first("Sign Up")`
struct AroundLeaf: Leaf {
  let position: Occurrence.Position
  let side: SegmentExpression.Side
  /// The selection of the occurrence, then that of the event around it.
  let steps: StepSelections
  let span: TimeSpan

  var name: String { "around" }
  var method: PlanMethod { .scan }
  var rowCount: Int { steps.rowCount }

  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> Truth {
    try OrderScan(selections: steps.selections, required: steps.selections)
      .run(context, rowCount: rowCount, candidates: candidates) { stream, entries in
        matches(stream, entries) ? .matched : .failed
      }
  }

  private func matches(_ stream: EventStream, _ entries: Range<Int>) -> Bool {
    let (isY, isX) = (steps.bits[0], steps.bits[1])
    let isOccurrence: (Int) -> Bool = { stream.matches[$0] & isY != 0 }
    guard
      let y = position == .first
        ? entries.first(where: isOccurrence) : entries.last(where: isOccurrence)
    else { return false }
    switch side {
    case .after:
      return (y + 1..<entries.upperBound).contains {
        stream.matches[$0] & isX != 0 && stream.times[$0] - stream.times[y] < span.milliseconds
      }
    case .before:
      return (entries.lowerBound..<y).contains {
        stream.matches[$0] & isX != 0 && stream.times[y] - stream.times[$0] <= span.milliseconds
      }
    }
  }
}
