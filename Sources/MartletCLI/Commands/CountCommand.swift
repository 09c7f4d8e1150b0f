import ArgumentParser
import Martlet

struct CountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count",
    abstract: "Count the users in a segment.",
    discussion: """
      martlet count shop.store 'did Purchase in last 30 days'
      martlet count shop.store 'count(Purchase) >= 3' --as-of 2026-05-01 --format json
      echo 'Search then Purchase within 7 days' | martlet count shop.store -
      """)

  @OptionGroup var question: QuestionArguments
  @OptionGroup var flags: QuestionFlags

  func run() throws {
    let options = try flags.options()
    let (snapshot, parsed) = try question.open()
    let answer = try snapshot.answer(parsed, options)
    let output = StandardOutput.shared
    switch flags.format {
    case .table:
      try output.writeLine(answer.counts)
      try output.writeLine("as of \(answer.asOf) (\(answer.timeZone)): \(answer.expression)")
    case .json:
      try output.writeLine(JSONValue.fields(answer.fields).text)
    case .csv:
      var table = Table([
        "count": .right, "pending": .right, "universe": .right, "as_of": .left,
        "timezone": .left, "expression": .left,
      ])
      table.append([
        String(answer.count), String(answer.pending), String(answer.universe),
        answer.asOf.description, answer.timeZone, answer.expression.description,
      ])
      try output.write(table.csv)
    }
  }
}
