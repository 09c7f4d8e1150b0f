import ArgumentParser
import Martlet

/// The three flags of every question.
struct QuestionFlags: ParsableArguments {
  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "The question's instant: 2026-05-01, 2026-05-01T09:00, ...Z or epoch milliseconds.",
      discussion: "Default: now.", valueName: "time"))
  var asOf: String?

  @Option(
    name: .customLong("timezone"),
    help: ArgumentHelp("The zone of days and of times without one.", valueName: "zone"))
  var timeZone = "UTC"

  @Option(help: ArgumentHelp("table, json or csv.", valueName: "format"))
  var format = OutputFormat.table

  @Flag(help: "Let an event type that the store does not know select nothing.")
  var allowUnknown = false

  /// - Throws: `.usage` for a malformed time or an unknown zone.
  func options() throws -> QuestionOptions {
    var options = QuestionOptions(
      timeZone: timeZone, allowsUnknownEventTypes: allowUnknown)
    options.asOf =
      if let asOf {
        try TimeArgument.instant(asOf, of: "--as-of", inZone: timeZone)
      } else {
        .now
      }
    return options
  }
}

/// A store and an expression.
struct QuestionArguments: ParsableArguments {
  @Argument(help: "The store's directory.")
  var store: String

  @Argument(
    help: ArgumentHelp(
      "The segment expression; - reads it from standard input.", valueName: "expression"))
  var expression: String

  /// Reads the store and the expression.
  func open() throws -> (snapshot: Snapshot, parsed: ParsedExpression) {
    let parsed = try SegmentExpression.parse(try ExpressionText.read(expression))
    return (try EventStore(at: store, access: .readOnly).snapshot(), parsed)
  }
}

/// The text of an expression as an argument gives it.
enum ExpressionText {
  /// Far more than the language allows, little enough to hold.
  private static let byteCountMax = 1 << 20

  /// The text, or standard input's for `-`.
  static func read(_ argument: String) throws(MartletError) -> String {
    guard argument == "-" else { return argument }
    let bytes = try SystemStreams.readStandardInput(limit: byteCountMax)
    guard let text = Text(validating: bytes) else {
      throw MartletError(
        .usage, file: "-", "the expression is not valid UTF-8", remedy: "save it as UTF-8")
    }
    return text.string
  }
}
