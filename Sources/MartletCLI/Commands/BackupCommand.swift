import ArgumentParser
import Martlet

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy a store while it is in use.",
    discussion: """
      martlet backup shop.store /mnt/backup/shop.store

      The copy is the store as its last commit left it, and a store of its own.
      Whoever writes to the store may go on meanwhile. Every byte is on the disk
      when the command ends; a copy that was cut short is no store.
      """)

  @Argument(help: "The store's directory.")
  var store: String

  @Argument(help: "The copy's directory: a new or an empty one.")
  var target: String

  @Option(help: ArgumentHelp("table or json.", valueName: "format"))
  var format = OutputFormat.table

  func validate() throws {
    if format == .csv { throw ValidationError("A backup is told as a table or as JSON.") }
  }

  func run() throws {
    let summary = try EventStore(at: store, access: .readOnly).backup(to: target)
    let output = StandardOutput.shared
    switch format {
    case .json:
      let json = JSONValue.fields([
        ("generation", .integer(Int(clamping: summary.generation))),
        ("files", .integer(summary.fileCount)), ("bytes", .integer(summary.byteCount)),
      ])
      try output.writeLine(json.text)
    default:
      try output.writeLine(
        "\(Decimals.grouped(summary.fileCount)) files, "
          + "\(Decimals.grouped(summary.byteCount)) bytes")
    }
  }
}
