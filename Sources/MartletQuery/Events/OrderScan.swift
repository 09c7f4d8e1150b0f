import MartletModel
import RoaringBitmap

/// Asks a question about the order of events of each user who can match it.
struct OrderScan: Sendable {
  /// What the question comes to for one user.
  enum Outcome { case matched, pending, failed }

  /// The selections whose events the question looks at.
  let selections: [BoundSelection]
  /// Those of which a user needs an event to match; bitmaps find such users, and only their rows
  /// are read.
  let required: [BoundSelection]
  var same: SameProperty?
  /// Selections whose events are wanted even without the value of `same`.
  var keptWithoutValue: UInt64 = 0

  /// - Parameter outcome: judges one user by its entries of the stream.
  func run(
    _ context: QueryContext, rowCount: Int, candidates: RoaringBitmap?,
    _ outcome: (EventStream, Range<Int>) -> Outcome
  ) throws(MartletError) -> Truth {
    guard
      let candidates = try StepCandidates.users(of: required, within: candidates, context)
    else { return .nobody }
    return try SpanScan.runPairs(context, rowCount: rowCount, candidates: candidates) {
      span throws(MartletError) in
      let stream = try EventStream(
        selections, span: span, same: same, keptWithoutValue: keptWithoutValue,
        candidates: SpanBits(span, candidates), context)
      var (matched, pending) = (SpanBits(span), SpanBits(span))
      var hasPending = false
      for index in stream.users.indices {
        switch outcome(stream, stream.entries(ofUser: index)) {
        case .matched: matched.insert(stream.users[index])
        case .pending:
          pending.insert(stream.users[index])
          hasPending = true
        case .failed: continue
        }
      }
      guard hasPending else { return (matched, nil) }
      pending.formUnion(matched)
      return (matched, pending)
    }
  }
}
