import ArgumentParser
import Martlet

struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Forget users: they are gone from every answer, and come back with no import.",
    discussion: """
      martlet forget shop.store u42 u43
      martlet forget shop.store --ids gone.txt && martlet compact shop.store
      martlet forget shop.store --ids - < gone.txt
      martlet forget shop.store u42 --admit

      All ids of a user go with any of them. 'martlet compact' erases their bytes.
      --admit takes ids again; who comes with one is a new user. Ids that nobody
      has are named, and the others forgotten; where no id is known, nothing
      changes and the exit code is 65.
      """)

  @Argument(help: "The store's directory.")
  var store: String

  @Argument(help: ArgumentHelp("Ids of users.", valueName: "id"))
  var users: [String] = []

  @Option(help: ArgumentHelp("A file with one id a line; - is standard input.", valueName: "file"))
  var ids: String?

  @Flag(help: "Take ids again that were forgotten.")
  var admit = false

  @Option(help: ArgumentHelp("table, json or csv.", valueName: "format"))
  var format = OutputFormat.table

  func validate() throws {
    guard !users.isEmpty || ids != nil else {
      throw ValidationError("Name at least one id, or a file of ids with --ids.")
    }
  }

  func run() throws {
    let ids = try UserIDs.read(users, file: ids)
    let store = try StoreAccess.existing(store)
    let unknown = admit ? try store.admit(ids) : try store.forget(ids)
    try store.close()
    let count = ids.count - unknown.count
    if count == 0, let first = unknown.first {
      let more = unknown.count > 1 ? ", nor any of the \(unknown.count - 1) other ids" : ""
      throw MartletError(
        .badData,
        admit ? "\"\(first)\" was not forgotten\(more)" : "there is no user \"\(first)\"\(more)",
        remedy: "check the spelling; ids are compared byte by byte")
    }
    name(unknown)
    try report(count, unknown)
  }

  private static let namedCountMax = 20

  private func name(_ unknown: [Text]) {
    for id in unknown.prefix(ForgetCommand.namedCountMax) {
      let text = Table.printable(id.string)
      StandardError.remark(
        admit ? "\"\(text)\" was not forgotten" : "there is no user \"\(text)\"")
    }
    let rest = unknown.count - ForgetCommand.namedCountMax
    if rest > 0 { StandardError.remark("and \(rest) more; --format json names them all") }
  }

  private func report(_ count: Int, _ unknown: [Text]) throws {
    let output = StandardOutput.shared
    let key = admit ? "admitted" : "forgotten"
    switch format {
    case .table:
      try output.writeLine("\(key) \(Decimals.grouped(count)) \(count == 1 ? "id" : "ids")")
      if !admit {
        StandardError.remark("their bytes are on the disk until 'martlet compact' erases them")
      }
    case .json:
      try output.writeLine(
        JSONValue.fields([
          (key, .integer(count)), ("unknown", .array(unknown.map { .text($0.string) })),
        ]).text)
    case .csv:
      var table = Table([key: .right, "unknown": .right])
      table.append([String(count), String(unknown.count)])
      try output.write(table.csv)
    }
  }
}
