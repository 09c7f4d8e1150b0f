import ArgumentParser
import Martlet

struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Show a user's timeline.",
    discussion: """
      martlet events shop.store --user u42
      martlet events shop.store --user u42 --as-of 2026-05-01 --format json

      Events and trait updates come by time, then in the order in which they
      arrived. Times are UTC.
      """)

  @Argument(help: "The store's directory.")
  var store: String

  @Option(help: ArgumentHelp("The user's id.", valueName: "id"))
  var user: String

  @OptionGroup var flags: QuestionFlags

  func run() throws {
    let options = try flags.options()
    let asOf = options.asOf ?? .now
    let snapshot = try EventStore(at: store, access: .readOnly).snapshot()
    guard let entries = try snapshot.timeline(of: Text(user), before: asOf) else {
      throw MartletError(
        .usage, "there is no user \"\(Table.printable(user))\" in this store",
        remedy: "ids are case-sensitive; list some with 'martlet users STORE everyone --limit 10'")
    }
    let report = TimelineReport(user: user, entries: entries, asOf: asOf)
    let output = StandardOutput.shared
    switch flags.format {
    case .table:
      try output.write(report.table.text)
      try output.writeLine("\(Decimals.grouped(entries.count)) rows as of \(asOf)")
    case .json: try output.writeLine(report.json.text)
    case .csv: try output.write(report.table.csv)
    }
  }
}
