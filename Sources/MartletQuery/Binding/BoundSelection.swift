import MartletLanguage
import MartletModel
import MartletSegmentFile

/// A selection with its runs found and its window resolved.
struct BoundSelection: Sendable {
  let event: EventName
  let filter: PropertyExpression?
  let window: TimeWindow
  /// The runs that can hold matching events, in arrival order of their files.
  let parts: [RunPart]

  /// Rows of all parts: what a scan reads at most.
  var rowCount: Int { parts.reduce(0) { $0 + $1.run.entry.rowCount } }

  /// The same selection in a narrower window.
  func clamped(to other: TimeWindow) -> BoundSelection {
    let narrowed = window.clamped(to: other)
    return BoundSelection(
      event: event, filter: filter, window: narrowed,
      parts: parts.filter { narrowed.overlaps($0.run.timeRange) })
  }

  /// The same selection without the runs that have no value of a property.
  func having(_ property: Text) -> BoundSelection {
    let having = parts.filter { part in
      part.file.propertyIndex(of: property).map {
        !part.run.columns(ofProperty: $0).isEmpty
      } ?? false
    }
    return BoundSelection(event: event, filter: filter, window: window, parts: having)
  }

  /// The rows of a part that match; nil stands for all.
  func mask(
    of rows: RunRows, times: [Int64]?, matches: DictionaryMatches
  ) throws(MartletError) -> RowMask? {
    var result: RowMask?
    if !window.covers(rows.run.timeRange) {
      let times = if let times { times } else { try rows.times() }
      result = RowMask(times, in: window)
    }
    if let filter {
      let passing = try RowFilter(rows: rows, matches: matches).mask(filter)
      if result == nil { result = passing } else { result?.formIntersection(passing) }
    }
    return result
  }
}
