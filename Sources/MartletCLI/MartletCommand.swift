import ArgumentParser
import Martlet

@main
struct MartletCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "martlet",
    abstract: "An event store for behavioral segmentation.",
    discussion: """
      martlet import shop.store events.ndjson.gz
      martlet count  shop.store 'count(Purchase) >= 3 and not did Cancel'
      martlet users  shop.store '"Sign Up" then Purchase within 7 days'
      martlet stats  shop.store --types

      Data goes to standard output; progress and remarks to standard error.
      Exit codes: 0 done, 64 usage or a bad expression, 65 bad data or a
      corrupt store, 66 no such input, 69 the store is locked, 74 input or
      output failed, 130 interrupted.
      """,
    version: Version.text,
    subcommands: [
      ImportCommand.self, CountCommand.self, UsersCommand.self, ExplainCommand.self,
      StatsCommand.self, EventsCommand.self, SegmentsCommand.self, ExportCommand.self,
      CompactCommand.self, ForgetCommand.self, ExpireCommand.self, VerifyCommand.self,
      BackupCommand.self, GenerateCommand.self,
    ])

  static func main() {
    Interrupts.endQuietlyWithReader()
    do {
      var command = try parseAsRoot()
      try command.run()
      try StandardOutput.shared.flush()
    } catch {
      Failure.exit(error)
    }
  }
}
