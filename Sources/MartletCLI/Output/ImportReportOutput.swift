import Martlet

/// The result of an import in the forms that `import` prints.
struct ImportReportOutput {
  private let summary: ImportSummary

  init(_ summary: ImportSummary) { self.summary = summary }

  private var eventsPerSecond: Int {
    summary.imported * 1000 / max(1, summary.duration.milliseconds)
  }

  /// One object.
  var json: String {
    JSONValue.fields([
      ("imported", .integer(summary.imported)),
      ("trait_updates", .integer(summary.traitUpdates)),
      ("duplicates", .integer(summary.duplicates)),
      ("rejected", .integer(summary.rejected)),
      ("refused_forgotten", .integer(summary.refusedForgotten)),
      ("refused_expired", .integer(summary.refusedExpired)),
      ("identified", .integer(summary.identified)),
      ("ignored_links", .integer(summary.ignoredLinks)),
      ("users", .integer(summary.users)),
      ("bytes", .integer(summary.byteCount)),
      ("seconds", .thousandths(summary.duration.milliseconds)),
      ("events_per_second", .integer(eventsPerSecond)),
      ("interrupted", .boolean(summary.wasStopped)),
      ("remarks", .array(summary.remarks.map { .text($0) })),
    ]).text + "\n"
  }

  /// A line a figure.
  var table: String {
    var table = Table(["figure": .left, "value": .right])
    table.append(["events imported", Decimals.grouped(summary.imported)])
    table.append(["trait updates", Decimals.grouped(summary.traitUpdates)])
    table.append(["duplicates dropped", Decimals.grouped(summary.duplicates)])
    table.append(["lines rejected", Decimals.grouped(summary.rejected)])
    let optional = [
      ("  of forgotten users", summary.refusedForgotten),
      ("  older than is kept", summary.refusedExpired),
      ("ids identified", summary.identified), ("links ignored", summary.ignoredLinks),
    ]
    for (name, count) in optional where count > 0 { table.append([name, Decimals.grouped(count)]) }
    table.append(["users in the store", Decimals.grouped(summary.users)])
    table.append(["bytes read", Decimals.grouped(summary.byteCount)])
    table.append(["seconds", Decimals.text(ofThousandths: summary.duration.milliseconds)])
    table.append(["events per second", Decimals.grouped(eventsPerSecond)])
    return table.text
  }

  /// Tells on standard error what was assumed, and what an interruption left.
  func printRemarks() {
    for remark in summary.remarks { StandardError.remark(remark) }
    if summary.wasStopped {
      StandardError.remark(
        "interrupted: \(Decimals.grouped(summary.imported)) events and "
          + "\(Decimals.grouped(summary.traitUpdates)) trait updates of this import are durable")
    }
  }
}
