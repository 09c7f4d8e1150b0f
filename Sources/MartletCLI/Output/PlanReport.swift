import Martlet

/// A plan in the forms that `explain` prints.
struct PlanReport {
  let lines: [PlanLine]
  /// Whether the plan was run, so that there is something to say of each node.
  let isMeasured: Bool

  /// For people: an indented tree.
  var table: Table {
    guard isMeasured else {
      var table = Table(["node": .left, "kind": .left, "rows": .right, "expression": .left])
      for line in lines { table.append([node(line), kind(line), rows(line), line.text]) }
      return table
    }
    var table = Table([
      "node": .left, "kind": .left, "rows": .right, "matched": .right, "pending": .right,
      "ms": .right, "expression": .left,
    ])
    for line in lines {
      table.append([
        node(line), line.wasSkipped ? "skipped" : kind(line), rows(line),
        matched(line), line.pendingCount.map(Decimals.grouped) ?? "",
        line.duration.map { Decimals.text(ofThousandths: $0.microseconds) } ?? "", line.text,
      ])
    }
    return table
  }

  /// For programs: a line a node, root first.
  var csv: Table {
    var table = Table([
      "depth": .right, "name": .left, "text": .left, "kind": .left, "rows": .right,
      "matched": .right, "matched_by_id": .right, "pending": .right, "microseconds": .right,
      "skipped": .left,
    ])
    for line in lines {
      table.append([
        String(line.depth), line.name, line.text, kind(line), String(line.rowCount),
        line.matchedCount.map { String($0) } ?? "",
        line.matchedCountByID.map { String($0) } ?? "", line.pendingCount.map { String($0) } ?? "",
        line.duration.map { String($0.microseconds) } ?? "", String(line.wasSkipped),
      ])
    }
    return table
  }

  /// For programs: an array of nodes, root first.
  var json: JSONValue {
    .array(
      lines.map { line in
        .fields([
          ("depth", .integer(line.depth)), ("name", .text(line.name)), ("text", .text(line.text)),
          ("kind", .text(kind(line))), ("rows", .integer(line.rowCount)),
          ("matched", line.matchedCount.map { .integer($0) } ?? .null),
          ("matched_by_id", line.matchedCountByID.map { .integer($0) } ?? .null),
          ("pending", line.pendingCount.map { .integer($0) } ?? .null),
          ("microseconds", line.duration.map { .integer($0.microseconds) } ?? .null),
          ("skipped", .boolean(line.wasSkipped)),
        ])
      })
  }

  private func node(_ line: PlanLine) -> String {
    String(repeating: "  ", count: line.depth) + line.name
  }

  private func matched(_ line: PlanLine) -> String {
    guard let count = line.matchedCount else { return "" }
    let ids = line.matchedCountByID.map { " (\(Decimals.grouped($0)) ids)" } ?? ""
    return Decimals.grouped(count) + ids
  }

  private func kind(_ line: PlanLine) -> String { line.isScan ? "scan" : "bitmaps" }

  private func rows(_ line: PlanLine) -> String {
    line.isScan ? Decimals.grouped(line.rowCount) : ""
  }
}
