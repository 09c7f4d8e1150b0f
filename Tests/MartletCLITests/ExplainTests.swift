import Foundation
import Testing

@Suite struct ExplainTests {
  @Test func nodesHaveExactCountsWhenAnalyzed() throws {
    let run = try Tool.run(
      ["explain", try Shop.store.get(), "did cart and not did purchase", "--analyze"]
        + ["--format", "json"] + Shop.asOf)
    #expect(run.code == 0, "\(run.errors)")
    let plan = try run.json
    #expect(plan["expression"] as? String == "did cart and not did purchase")
    let nodes = plan["nodes"] as? [[String: Any]] ?? []
    #expect(nodes.first?["depth"] as? Int == 0)
    #expect(nodes.first?["name"] as? String == "and")
    #expect(nodes.first?["matched"] as? Int == 161)
    #expect(nodes.contains { $0["text"] as? String == "did cart" && $0["matched"] as? Int == 489 })
    #expect(nodes.allSatisfy { $0["skipped"] as? Bool != nil })
  }

  @Test func withoutAnalyzeNothingIsMeasured() throws {
    let run = try Tool.run(
      ["explain", try Shop.store.get(), "count(cart) >= 3", "--format", "json"] + Shop.asOf)
    let nodes = try run.json["nodes"] as? [[String: Any]] ?? []
    #expect(!nodes.isEmpty)
    #expect(nodes.allSatisfy { $0["matched"] is NSNull && $0["microseconds"] is NSNull })
  }

  @Test func tableAndCsvHaveALineANode() throws {
    let arguments =
      ["explain", try Shop.store.get(), "did cart or did purchase", "--analyze"]
      + Shop.asOf
    let table = try Tool.run(arguments)
    #expect(table.lines.first?.hasPrefix("node") == true)
    #expect(table.lines.last == "as of 2024-07-01T00:00:00.000Z (UTC)")
    let csv = try Tool.run(arguments + ["--format", "csv"])
    #expect(
      csv.output.hasPrefix(
        "depth,name,text,kind,rows,matched,matched_by_id,pending,microseconds,skipped\r\n0,or,"))
  }
}
