import ArgumentParser
import Martlet

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a segment's users or their events to a file.",
    discussion: """
      martlet export shop.store 'did Purchase' --to buyers.csv
      martlet export shop.store 'did Purchase' --to buyers.ndjson.zst
      martlet export shop.store 'did Purchase' --to buyers.roaring

      The file's name decides: .txt and .csv hold user ids; .ndjson (.gz, .zst,
      .lz4) holds the events and trait updates of the users, ready for 'martlet
      import'; .roaring holds a portable Roaring bitmap of ordinals, which count
      users from 0 in the order of 'martlet users STORE everyone'. An existing
      file is not replaced.
      """)

  @OptionGroup var question: QuestionArguments
  @OptionGroup var flags: QuestionFlags

  @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
  var to: String

  func run() throws {
    let options = try flags.options()
    // A name that tells no format is refused before the question is asked.
    _ = try ExportFormat(path: to)
    let (snapshot, parsed) = try question.open()
    let answer = try snapshot.answer(parsed, options)
    let summary = try snapshot.export(answer, to: to)
    let output = StandardOutput.shared
    switch flags.format {
    case .table:
      var line = "\(Decimals.grouped(summary.users)) users"
      if summary.rows > 0 { line += ", \(Decimals.grouped(summary.rows)) rows" }
      try output.writeLine("\(line), \(Decimals.grouped(summary.byteCount)) bytes in \(to)")
      try output.writeLine("as of \(answer.asOf) (\(answer.timeZone)): \(answer.expression)")
    case .json:
      let fields =
        answer.fields + [
          ("file", .text(to)), ("rows", .integer(summary.rows)),
          ("bytes", .integer(summary.byteCount)),
        ]
      try output.writeLine(JSONValue.fields(fields).text)
    case .csv:
      var table = Table(["users": .right, "rows": .right, "bytes": .right, "file": .left])
      table.append([
        String(summary.users), String(summary.rows), String(summary.byteCount), to,
      ])
      try output.write(table.csv)
    }
  }
}
