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
    try OrderScan(selections: [selection], required: [selection])
      .run(context, rowCount: rowCount, candidates: candidates) { stream, entries in
        isClose(stream, entries) ? .matched : .failed
      }
  }

  /// Whether some `count` neighbours span less than the limit.
  private func isClose(_ stream: EventStream, _ entries: Range<Int>) -> Bool {
    guard entries.count >= count else { return false }
    return (entries.lowerBound...entries.upperBound - count).contains {
      stream.times[$0 + count - 1] - stream.times[$0] < span.milliseconds
    }
  }
}
