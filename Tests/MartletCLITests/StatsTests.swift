import Foundation
import Testing

@Suite struct StatsTests {
  @Test func jsonHasTheKeysOfTheContract() throws {
    let stats = try Tool.run("stats", try Shop.store.get(), "--format", "json").json
    #expect(stats["events"] as? Int == 31_106)
    #expect(stats["trait_updates"] as? Int == 1410)
    #expect(stats["users"] as? Int == 600)
    #expect(stats["event_types"] as? Int == 19)
    #expect(stats["event_type_count"] as? Int == 19)
    #expect(stats["duplicates"] as? Int == 0)
    #expect(stats["earliest"] as? String == "2024-01-04T11:45:38.000Z")
    #expect(stats["latest"] as? String == "2024-06-29T22:02:40.000Z")
    #expect((stats["segment_files"] as? Int ?? 0) >= 1)
    let bytes = stats["bytes"] as? [String: Int] ?? [:]
    let total = stats["bytes_total"] as? Int ?? 0
    #expect((bytes["time"] ?? 0) > 0)
    // Headers and trailers are of no kind.
    #expect(bytes.values.reduce(0, +) <= total)
    #expect(bytes.values.reduce(0, +) > total * 9 / 10)
    let perEvent = stats["bytes_per_event"] as? Double ?? 0
    #expect(abs(perEvent - Double(total) / 31_106) < 0.001)
  }

  @Test func typesAreListed() throws {
    let stats = try Tool.run(
      "stats", try Shop.store.get(), "--types", "--properties", "--format", "json"
    ).json
    let types = stats["event_types"] as? [[String: Any]] ?? []
    #expect(types.count == 19)
    let purchase = types.first { $0["name"] as? String == "purchase" }
    #expect(purchase?["events"] as? Int == 470)
    #expect(purchase?["users"] as? Int == 328)
    #expect(purchase?["latest"] as? String == "2024-06-29T20:35:55.000Z")
    #expect(
      stats["properties"] as? [String] == [
        "acquisition_channel", "platform", "session_id", "user_cohort", "user_lifecycle",
      ])
  }

  @Test func csvIsOneTable() throws {
    let store = try Shop.store.get()
    let types = try Tool.run("stats", store, "--types", "--format", "csv")
    #expect(types.output.hasPrefix("event_type,events,users,earliest,latest\r\naccount_page,659,"))
    let figures = try Tool.run("stats", store, "--format", "csv")
    #expect(figures.output.contains("\r\nevents,31106\r\n"))
    #expect(
      try Tool.run("stats", store, "--types", "--properties", "--format", "csv").code == 64)
  }

  @Test func anEmptyStoreHasStatistics() throws {
    let folder = try Folder()
    _ = try Tool.run("import", folder / "s", "-", input: "")
    let stats = try Tool.run("stats", folder / "s", "--format", "json")
    #expect(stats.code == 0, "\(stats.errors)")
    #expect(try stats.json["events"] as? Int == 0)
    #expect(try stats.json["earliest"] is NSNull)
    #expect(try stats.json["bytes_per_event"] as? Int == 0)
    #expect(try Tool.run("count", folder / "s", "everyone").code == 0)
  }
}
