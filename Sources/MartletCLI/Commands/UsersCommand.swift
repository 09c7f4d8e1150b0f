import ArgumentParser
import Martlet

struct UsersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "users",
    abstract: "List the users in a segment, one id per line.",
    discussion: """
      martlet users shop.store 'count(Purchase in last 90 days) >= 3'
      martlet users shop.store 'user.plan = "trial"' --limit 100 --format csv

      Users come in the order in which the store first saw them. An id that
      contains a line end is printed as it is; --format json and csv quote it.
      """)

  @OptionGroup var question: QuestionArguments
  @OptionGroup var flags: QuestionFlags

  @Option(help: ArgumentHelp("At most so many users.", valueName: "n"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit must not be negative.") }
  }

  func run() throws {
    let options = try flags.options()
    let (snapshot, parsed) = try question.open()
    let answer = try snapshot.answer(parsed, options)
    let output = StandardOutput.shared
    switch flags.format {
    case .table:
      try snapshot.forEachUser(of: answer.matched, limit: limit) { id throws(MartletError) in
        try output.writeLine(id.string)
      }
      StandardError.remark("\(answer.counts), as of \(answer.asOf) (\(answer.timeZone))")
    case .csv:
      try output.write("user_id\r\n")
      try snapshot.forEachUser(of: answer.matched, limit: limit) { id throws(MartletError) in
        try output.write(CSVCell.quoted(id.string) + "\r\n")
      }
    case .json:
      try writeJSON(answer, snapshot)
    }
  }

  /// Writes one object; ids are written as they are read, so that memory does not grow with them.
  private func writeJSON(_ answer: SegmentAnswer, _ snapshot: Snapshot) throws {
    let output = StandardOutput.shared
    try output.write(JSONValue.fields(answer.fields).text.dropLast() + ",\"users\":[")
    var separator = ""
    try snapshot.forEachUser(of: answer.matched, limit: limit) { id throws(MartletError) in
      try output.write(separator + JSONValue.quote(id.string))
      separator = ","
    }
    try output.writeLine("]}")
  }
}
