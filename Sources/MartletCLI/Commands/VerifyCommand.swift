import ArgumentParser
import Martlet

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every byte of a store, and repair what is damaged.",
    discussion: """
      martlet verify shop.store
      martlet verify shop.store --repair

      Without --repair nothing is changed, and others may use the store
      meanwhile. A repair leaves out what is damaged, lists all that is lost
      with it, and keeps the files as they were in a directory of the store.
      It asks before it begins; where nobody can be asked, give --force.

      Exit codes: 0 nothing is wrong, or no more; 65 the store is damaged.
      """)

  @Argument(help: "The store's directory.")
  var store: String

  @Flag(help: "Leave out what is damaged.")
  var repair = false

  @Flag(help: "Repair without asking.")
  var force = false

  @Option(help: ArgumentHelp("table or json.", valueName: "format"))
  var format = OutputFormat.table

  func validate() throws {
    if format == .csv { throw ValidationError("A verification is told as a table or as JSON.") }
    if force, !repair { throw ValidationError("--force is for --repair.") }
    if repair, !force, !SystemStreams.isTerminal(SystemStreams.standardInput) {
      throw ValidationError("Nobody can be asked here: give --repair --force.")
    }
  }

  func run() throws {
    let found = try EventStore.verify(at: store)
    guard repair, !found.isClean, try force || isWanted(found) else {
      try write(VerificationOutput(found))
      if !found.isClean { throw ExitCode(Failure.code(of: .corrupt)) }
      return
    }
    let report = try EventStore.repair(at: store)
    try write(VerificationOutput(report))
    if !report.remaining.isEmpty { throw ExitCode(Failure.code(of: .corrupt)) }
  }

  /// Asks whoever sits there.
  private func isWanted(_ found: VerificationReport) throws -> Bool {
    StandardError.write(VerificationOutput(found).text)
    StandardError.write("Leave out what is damaged? The files are kept aside. [y/N] ")
    return ["y", "yes"].contains((readLine() ?? "").lowercased())
  }

  private func write(_ report: VerificationOutput) throws {
    switch format {
    case .json: try StandardOutput.shared.writeLine(report.json.text)
    default: try StandardOutput.shared.write(report.text)
    }
  }
}
