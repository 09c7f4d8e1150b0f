import ArgumentParser
import Martlet

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show what a store holds and what it costs.",
    discussion: """
      martlet stats shop.store
      martlet stats shop.store --types --properties
      martlet stats shop.store --types --format csv
      """)

  @Argument(help: "The store's directory.")
  var store: String

  @Flag(help: "List the event types.")
  var types = false

  @Flag(help: "List the names of properties and traits.")
  var properties = false

  @Option(help: ArgumentHelp("table, json or csv.", valueName: "format"))
  var format = OutputFormat.table

  func validate() throws {
    if format == .csv, types, properties {
      throw ValidationError("CSV holds one table: give --types or --properties, not both.")
    }
  }

  func run() throws {
    let snapshot = try EventStore(at: store, access: .readOnly).snapshot()
    let report = StatisticsReport(try snapshot.statistics())
    let output = StandardOutput.shared
    switch format {
    case .table:
      try output.write(report.summary.text)
      if types { try output.write("\n" + report.types(grouped: true).text) }
      if properties { try output.write("\n" + report.properties.text) }
    case .json:
      try output.writeLine(report.json(types: types, properties: properties).text)
    case .csv:
      let table = types ? report.types(grouped: false) : properties ? report.properties : report.csv
      try output.write(table.csv)
    }
  }
}
