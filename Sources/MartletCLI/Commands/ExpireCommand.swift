import ArgumentParser
import Martlet

struct ExpireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expire",
    abstract: "Drop the events before an instant, for good.",
    discussion: """
      martlet expire shop.store --before 2025-01-01
      martlet expire shop.store --before 2025-01-01 --timezone Europe/Berlin

      Such events are refused from then on. Traits stay: each holds until it is
      replaced. An earlier instant than the last one's changes nothing.
      """)

  @Argument(help: "The store's directory.")
  var store: String

  @Option(
    help: ArgumentHelp(
      "The first instant to keep: 2026-05-01, 2026-05-01T09:00, ...Z or epoch milliseconds.",
      valueName: "time"))
  var before: String

  @Option(
    name: .customLong("timezone"),
    help: ArgumentHelp("The zone of a time without one.", valueName: "zone"))
  var timeZone = "UTC"

  @Option(help: ArgumentHelp("table, json or csv.", valueName: "format"))
  var format = OutputFormat.table

  func run() throws {
    let instant = try TimeArgument.instant(before, of: "--before", inZone: timeZone)
    let store = try StoreAccess.existing(store)
    let summary = try store.expire(before: instant)
    let limit = try store.snapshot().expiredBefore ?? instant
    try store.close()
    let output = StandardOutput.shared
    switch format {
    case .table:
      try output.writeLine(
        "dropped \(Decimals.grouped(summary.events)) events; kept are those from \(limit) on")
    case .json:
      try output.writeLine(
        JSONValue.fields([
          ("dropped", .integer(summary.events)), ("expired_before", .time(limit)),
          ("segment_files", .integer(summary.segmentFiles)),
        ]).text)
    case .csv:
      var table = Table(["dropped": .right, "expired_before": .left, "segment_files": .right])
      table.append([String(summary.events), limit.description, String(summary.segmentFiles)])
      try output.write(table.csv)
    }
  }
}
