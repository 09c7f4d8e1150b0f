import Foundation
import Testing

/// Ctrl-C during an import: what it says is durable is durable.
@Suite struct InterruptTests {
  @Test func anInterruptedImportKeepsWholeBatches() throws {
    let folder = try Folder()
    let store = folder / "s"
    let made = try Tool.run(
      "generate", "--users", "2000", "--events", "150000", "--seed", "1", "--profile",
      "uniform", "--output", folder / "e.ndjson")
    #expect(made.code == 0, "\(made.errors)")
    let process = try Tool.start(["import", store, folder / "e.ndjson"], in: folder)
    // The store exists once the import is under way.
    while process.isRunning, !FileManager.default.fileExists(atPath: store + "/manifest") {
      usleep(1000)
    }
    process.interrupt()
    process.waitUntilExit()
    let run = try Tool.finished(process, in: folder)
    // Either the interrupt came before the handler stood, or it was heeded.
    if process.terminationReason == .uncaughtSignal { return }
    if run.code == 0 { return }
    #expect(run.code == 130)
    #expect(run.errors.contains("are durable"), "\(run.errors)")
    let stats = try Tool.run("stats", store, "--format", "json")
    let events = try stats.json["events"] as? Int ?? 0
    #expect(run.lines.first { $0.hasPrefix("events imported") }?.filter(\.isNumber) == "\(events)")
  }
}
