import MartletLanguage
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// `user.plan = "trial"`: a test of the value that holds just before *as of*.
struct TraitLeaf: Leaf {
  let trait: Text
  let test: ValueTest
  /// Runs of trait updates, in arrival order of their files.
  let parts: [RunPart]
  let window: TimeWindow

  var name: String { "trait" }
  var method: PlanMethod { .scan }
  var rowCount: Int { parts.reduce(0) { $0 + $1.run.entry.rowCount } }

  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> Truth {
    // "Is missing" holds for users without any update too: it complements "exists".
    let positive = test == .isMissing ? ValueTest.exists : test
    let holding = try SpanScan.run(context, rowCount: rowCount, candidates: candidates) {
      span throws(MartletError) in
      var bits = SpanBits(span)
      var latest = [Int64](repeating: .min, count: span.width)
      for part in parts { try scan(part, span, positive, context, &latest, &bits) }
      return bits
    }
    guard test == .isMissing else { return Truth(holding) }
    return Truth(context.universe.subtracting(holding))
  }

  /// Takes over the updates of one file; later files arrived later, so they win equal times.
  private func scan(
    _ part: RunPart, _ span: UserSpan, _ test: ValueTest, _ context: QueryContext,
    _ latest: inout [Int64], _ bits: inout SpanBits
  ) throws(MartletError) {
    let rows = try RunRows(part, span: span)
    guard rows.count > 0, let property = rows.file.propertyIndex(of: trait) else { return }
    let filter = RowFilter(rows: rows, matches: context.dictionaryMatches)
    var mentioned = try filter.mask(trait, .exists)
    for column in rows.run.columns(ofProperty: property) where column.kind == .null {
      let unset = try rows.run.values(of: column, rows: rows.rows)
      for index in 0..<unset.count { mentioned.insert(unset.rows.row(of: index)) }
    }
    let passing = try filter.mask(trait, test)
    let times = try rows.times()
    mentioned.forEachRow { row in
      let (user, time) = (rows.users[row], times[row])
      guard window.contains(time), time >= latest[Int(user)] else { return }
      latest[Int(user)] = time
      if passing[row] { bits.insert(user) } else { bits.remove(user) }
    }
  }
}
