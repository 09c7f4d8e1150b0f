import MartletLanguage
import MartletModel
import RoaringBitmap

/// `count("Sign In") >= 2 within any 1 day`
struct RollingLeaf: Leaf {
  let selection: BoundSelection
  /// How many events must lie close together; at least 1.
  let count: Int
  let span: TimeSpan

  var name: String { "rolling" }
  var method: PlanMethod { .scan }
  var rowCount: Int { selection.rowCount }

  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> Truth {
    guard
      let candidates = try StepCandidates.users(
        of: [selection], within: candidates, context)
    else { return .nobody }
    return Truth(
      try SpanScan.run(context, rowCount: rowCount, candidates: candidates) {
        users throws(MartletError) in
        let stream = try EventStream(
          [selection], span: users, same: nil, keptWithoutValue: 0,
          candidates: SpanBits(users, candidates), context)
        var bits = SpanBits(users)
        for index in stream.users.indices {
          let entries = stream.entries(ofUser: index)
          guard entries.count >= count else { continue }
          let firsts = entries.lowerBound...entries.upperBound - count
          let isClose = firsts.contains {
            stream.times[$0 + count - 1] - stream.times[$0] < span.milliseconds
          }
          if isClose { bits.insert(stream.users[index]) }
        }
        return bits
      })
  }
}
