public import ArgumentParser
public import Martlet

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Make synthetic events, in a file or straight in a store.",
    discussion: """
      martlet generate --users 1000 --events 100000 --seed 1 --output e.ndjson.zst
      martlet generate --users 1000 --events 100000 --seed 1 --output test.store

      The same options give the same bytes on every machine. A name that ends in
      .ndjson or .csv (then .gz, .zst, .lz4 or nothing) is a new file; any other
      is a store, made where there is none. CSV holds no trait updates and no
      lists, so they are left out there.
      """)

  @Option(help: ArgumentHelp("Users to draw from.", valueName: "n"))
  var users: Int

  @Option(help: ArgumentHelp("Distinct events.", valueName: "n"))
  var events: Int

  @Option(help: ArgumentHelp("Where the random numbers start.", valueName: "s"))
  var seed: UInt64

  @Option(help: ArgumentHelp("Days from 2026-01-01 on.", valueName: "d"))
  var days = 180

  @Option(help: ArgumentHelp("realistic or uniform.", valueName: "profile"))
  var profile = GeneratorOptions.Profile.realistic

  @Option(help: ArgumentHelp("A file or a store.", valueName: "path"))
  var output: String

  @Flag(name: .customLong("insert-ids"), help: "Give each event an insert id.")
  var insertIDs = false

  @Option(help: ArgumentHelp("Share of events that arrive late, 0 to 1.", valueName: "share"))
  var lateShare = 0.0

  @Option(
    help: ArgumentHelp(
      "Share of events that arrive twice, 0 to 1; needs --insert-ids.", valueName: "share"))
  var duplicateShare = 0.0

  @Option(help: ArgumentHelp("table, json or csv.", valueName: "format"))
  var format = OutputFormat.table

  func run() throws {
    let fileFormat = try? EventFileFormat(path: output)
    let isCSV = fileFormat?.layout == .csv
    let generator = try EventGenerator(
      GeneratorOptions(
        users: users, events: events, seed: seed, days: days, profile: profile,
        lateShare: lateShare, duplicateShare: duplicateShare, insertIDs: insertIDs,
        traits: !isCSV, lists: !isCSV))
    var rows = 0
    if fileFormat == nil {
      let store = try StoreAccess.writable(output)
      rows = try store.append(generator, onProgress: show)
      try store.close()
    } else {
      rows = try generator.write(to: output, onProgress: show).rows
    }
    if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
    try tell(rows, isStore: fileFormat == nil)
  }

  private func show(_ rows: Int) {
    guard StandardError.isTerminal else { return }
    StandardError.write("\r\u{1B}[K\(Decimals.grouped(rows)) of \(Decimals.grouped(events)) events")
  }

  private func tell(_ rows: Int, isStore: Bool) throws {
    let output = StandardOutput.shared
    switch format {
    case .table:
      let place = isStore ? "the store \(self.output)" : self.output
      try output.writeLine("\(Decimals.grouped(rows)) rows in \(place)")
    case .json:
      try output.writeLine(
        JSONValue.fields([
          ("rows", .integer(rows)), ("output", .text(self.output)), ("seed", .text(String(seed))),
        ]).text)
    case .csv:
      var table = Table(["rows": .right, "output": .left, "seed": .right])
      table.append([String(rows), self.output, String(seed)])
      try output.write(table.csv)
    }
  }
}

extension GeneratorOptions.Profile: ExpressibleByArgument {}
