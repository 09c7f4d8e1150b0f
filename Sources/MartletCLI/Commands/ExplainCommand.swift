import ArgumentParser
import Martlet

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show how a question is answered.",
    discussion: """
      martlet explain shop.store 'did Purchase and not did Cancel'
      martlet explain shop.store 'did Purchase and not did Cancel' --analyze

      A node of kind "scan" reads rows, at most as many as stand beside it; all
      others combine bitmaps. With --analyze the question is answered, and each
      node shows the exact number of users it found among those it was asked
      about, and the time that it took with all below it.
      """)

  @OptionGroup var question: QuestionArguments
  @OptionGroup var flags: QuestionFlags

  @Flag(help: "Answer the question and measure each node.")
  var analyze = false

  func run() throws {
    let options = try flags.options()
    let (snapshot, parsed) = try question.open()
    let plan = PlanReport(
      lines: try snapshot.explain(parsed, options, analyze: analyze), isMeasured: analyze)
    let output = StandardOutput.shared
    switch flags.format {
    case .table:
      try output.write(plan.table.text)
      try output.writeLine("as of \(options.asOf ?? .now) (\(options.timeZone))")
    case .json:
      try output.writeLine(
        JSONValue.fields([
          ("as_of", .time(options.asOf)), ("timezone", .text(options.timeZone)),
          ("expression", .text(parsed.expression.description)), ("nodes", plan.json),
        ]).text)
    case .csv:
      try output.write(plan.csv.csv)
    }
  }
}
