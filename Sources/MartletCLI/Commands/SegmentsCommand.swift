import ArgumentParser
import Martlet

struct SegmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segments",
    abstract: "Save, list, show and delete named segments.",
    usage: """
      martlet segments <store> save <name> <expression>
      martlet segments <store> list [--format <format>]
      martlet segments <store> show <name>
      martlet segments <store> delete <name>
      """,
    discussion: """
      martlet segments shop.store save regulars 'days(any in last 30 days) >= 5'
      martlet count    shop.store 'in regulars and did Share'
      martlet segments shop.store list

      Saving under a name that is taken replaces the segment. A segment that
      others refer to cannot be deleted, and none can refer to itself.
      """)

  enum Action: String, ExpressibleByArgument, CaseIterable {
    case save, list, show, delete

    /// What follows the action.
    var operands: [String] {
      switch self {
      case .save: ["<name>", "<expression>"]
      case .list: []
      case .show, .delete: ["<name>"]
      }
    }
  }

  @Argument(help: "The store's directory.")
  var store: String

  @Argument(help: "save, list, show or delete.")
  var action: Action

  @Argument(help: "A name, and with save an expression; - reads it from standard input.")
  var operands: [String] = []

  @Option(help: ArgumentHelp("table, json or csv; of list and show.", valueName: "format"))
  var format = OutputFormat.table

  func validate() throws {
    guard operands.count == action.operands.count else {
      let needed = action.operands.joined(separator: " ")
      throw ValidationError("'\(action.rawValue)' takes \(needed.isEmpty ? "nothing" : needed).")
    }
    if action != .list, operands[0].isEmpty { throw ValidationError("The name is empty.") }
  }

  func run() throws {
    switch action {
    case .save: try save()
    case .delete:
      let store = try StoreAccess.existing(store)
      try store.deleteSegment(Text(operands[0]))
      try store.close()
    case .list:
      try write(try EventStore(at: store, access: .readOnly).snapshot().savedSegments)
    case .show:
      let saved = try EventStore(at: store, access: .readOnly).snapshot().savedSegments
      let name = Text(operands[0])
      guard let found = saved.first(where: { $0.name == name }) else {
        throw MartletError(
          .usage, "there is no saved segment \"\(name)\"",
          remedy: "list them with 'martlet segments STORE list'")
      }
      if format == .table {
        try StandardOutput.shared.writeLine(found.expression.string)
      } else {
        try write([found])
      }
    }
  }

  private func save() throws {
    let text = try ExpressionText.read(operands[1])
    // Parsed here so that an error shows the text as it was written.
    let parsed = try SegmentExpression.parse(text)
    let store = try StoreAccess.existing(store)
    try store.saveSegment(Text(operands[0]), Segment(parsed.expression))
    try store.close()
  }

  private func write(_ segments: [(name: Text, expression: Text)]) throws {
    var table = Table(["name": .left, "expression": .left])
    for segment in segments {
      table.append([segment.name.string, segment.expression.string])
    }
    let output = StandardOutput.shared
    switch format {
    case .table: try output.write(table.text)
    case .csv: try output.write(table.csv)
    case .json:
      let items = segments.map { segment in
        JSONValue.fields([
          ("name", .text(segment.name.string)), ("expression", .text(segment.expression.string)),
        ])
      }
      try output.writeLine(JSONValue.array(items).text)
    }
  }
}
