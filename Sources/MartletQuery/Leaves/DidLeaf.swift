import MartletLanguage
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// `did Purchase[amount >= 100] in last 30 days`
struct DidLeaf: Leaf {
  let selection: BoundSelection
  /// Files whose stored bitmaps answer, as far as they do.
  private let anyFiles: [AnyEvents]

  init(_ selection: BoundSelection, files: [SegmentFile]) {
    self.selection = selection
    anyFiles =
      selection.event == .any && selection.filter == nil
      ? files.enumerated().map { AnyEvents(file: $0.element, fileNumber: $0.offset) } : []
  }

  private var usesAnyBitmaps: Bool { !anyFiles.isEmpty }

  /// Parts whose rows must be read.
  private var scannedParts: [RunPart] {
    usesAnyBitmaps ? [] : selection.parts.filter { !isWhole($0) }
  }

  private func isWhole(_ part: RunPart) -> Bool {
    selection.filter == nil && selection.window.covers(part.run.timeRange)
  }

  var rowCount: Int {
    usesAnyBitmaps
      ? anyFiles.reduce(0) { $0 + $1.scannedRowCount(selection.window) }
      : scannedParts.reduce(0) { $0 + $1.run.entry.rowCount }
  }

  var name: String { "did" }
  var method: PlanMethod { rowCount == 0 ? .bitmap : .scan }

  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> Truth {
    if usesAnyBitmaps {
      var bitmaps: [RoaringBitmap] = []
      for file in anyFiles {
        bitmaps.append(try file.users(in: selection.window, context, candidates: candidates))
      }
      return Truth(RoaringBitmap.union(of: bitmaps))
    }
    var bitmaps: [RoaringBitmap] = []
    for part in selection.parts where isWhole(part) { bitmaps.append(try part.run.users()) }
    let parts = scannedParts
    if !parts.isEmpty {
      bitmaps.append(
        try SpanScan.run(context, rowCount: rowCount, candidates: candidates) {
          span throws(MartletError) in
          var bits = SpanBits(span)
          for part in parts { try scan(part, span, context, &bits) }
          return bits
        })
    }
    return Truth(RoaringBitmap.union(of: bitmaps))
  }

  private func scan(
    _ part: RunPart, _ span: UserSpan, _ context: QueryContext, _ bits: inout SpanBits
  ) throws(MartletError) {
    let rows = try RunRows(part, span: span)
    guard rows.count > 0 else { return }
    let mask = try selection.mask(
      of: rows, times: nil, matches: context.dictionaryMatches)
    guard let mask else {
      for user in rows.users { bits.insert(user) }
      return
    }
    mask.forEachRow { bits.insert(rows.users[$0]) }
  }
}
