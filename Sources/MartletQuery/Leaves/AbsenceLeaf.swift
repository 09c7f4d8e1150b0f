import MartletLanguage
import MartletModel
import RoaringBitmap

/// `A without B same p within 7 days`
struct AbsenceLeaf: Leaf {
  let anchor: AnchorPosition
  /// The anchor's selection, then that of the event that must not follow.
  let steps: StepSelections
  let same: SameProperty?
  let span: TimeSpan

  var name: String { "absence" }
  var method: PlanMethod { .scan }
  var rowCount: Int { steps.rowCount }

  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> Truth {
    // Only the A is required: a user without any B is who is looked for.
    try OrderScan(
      selections: steps.selections, required: [steps.selections[0]], same: same,
      keptWithoutValue: anchor.keptWithoutValue(steps)
    ).run(context, rowCount: rowCount, candidates: candidates) { stream, entries in
      outcome(stream, entries, asOf: context.clock.asOf)
    }
  }

  /// One pass. An A is open until a B follows within the span; of the open ones the earliest is
  /// enough, since a B closes or finds expired all of them at once.
  private func outcome(
    _ stream: EventStream, _ entries: Range<Int>, asOf: Int64
  ) -> OrderScan.Outcome {
    let (isA, isB) = (steps.bits[0], steps.bits[1])
    let anchors = anchor.onlyEntries(of: stream, entries, selection: isA)
    if hasLists(stream, entries) { return outcomeWithLists(stream, entries, anchors, asOf: asOf) }
    var result = OrderScan.Outcome.failed
    KeyGroups.forEach(of: stream, entries) { group in
      var earliestOpen: Int64?
      for entry in group {
        let (time, match) = (stream.times[entry], stream.matches[entry])
        if match & isB != 0, let open = earliestOpen {
          if time - open >= span.milliseconds {
            result = .matched
            return false
          }
          earliestOpen = nil
        }
        if match & isA != 0, earliestOpen == nil, anchors?.contains(entry) ?? true {
          earliestOpen = time
        }
      }
      guard let open = earliestOpen else { return true }
      // The earliest open A decides: if its span has not passed, no other's has.
      if asOf - open >= span.milliseconds {
        result = .matched
        return false
      }
      result = .pending
      return true
    }
    return result
  }

  private func hasLists(_ stream: EventStream, _ entries: Range<Int>) -> Bool {
    guard !stream.serials.isEmpty else { return false }
    return entries.dropFirst().contains { stream.serials[$0] == stream.serials[$0 - 1] }
  }

  /// The same where the `same` property of some event is a list: a B follows an A up if they share
  /// an item, so A's items are not apart from each other.
  /// - Complexity: O(entries²)
  private func outcomeWithLists(
    _ stream: EventStream, _ entries: Range<Int>, _ anchors: Range<Int>?, asOf: Int64
  ) -> OrderScan.Outcome {
    let (isA, isB) = (steps.bits[0], steps.bits[1])
    var result = OrderScan.Outcome.failed
    var first = entries.lowerBound
    while first < entries.upperBound {
      // The entries of one event stand together.
      let serial = stream.serials[first]
      let end =
        (first..<entries.upperBound).first { stream.serials[$0] != serial } ?? entries.upperBound
      let keys = Set((first..<end).map { stream.keys[$0] }).subtracting([.missing])
      let isAnchor = stream.matches[first] & isA != 0 && (anchors?.contains(first) ?? true)
      if isAnchor, !keys.isEmpty {
        let time = stream.times[first]
        let isFollowed = (end..<entries.upperBound).contains {
          stream.matches[$0] & isB != 0 && keys.contains(stream.keys[$0])
            && stream.times[$0] - time < span.milliseconds
        }
        if !isFollowed {
          if asOf - time >= span.milliseconds { return .matched }
          result = .pending
        }
      }
      first = end
    }
    return result
  }
}
