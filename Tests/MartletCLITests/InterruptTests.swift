import Foundation
import Testing

/// Ctrl-C during an import: what it says is durable is durable.
@Suite struct InterruptTests {
  @Test func anInterruptedImportKeepsWholeBatches() throws {
    // A process that ends while it is written to must not end this one.
    signal(SIGPIPE, SIG_IGN)
    let folder = try Folder()
    let store = folder / "s"
    let made = try Tool.run(
      "generate", "--users", "500", "--events", "60000", "--seed", "1", "--profile", "uniform",
      "--output", folder / "e.ndjson")
    #expect(made.code == 0, "\(made.errors)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder / "e.ndjson"))
    let pipe = Pipe()
    let process = try Tool.start(["import", store, "-"], standardInput: pipe, in: folder)
    let input = pipe.fileHandleForWriting
    try input.write(contentsOf: bytes.prefix(bytes.count / 2))
    // The store is made after the interrupt is awaited.
    while process.isRunning, !FileManager.default.fileExists(atPath: store + "/manifest") {
      usleep(1000)
    }
    process.interrupt()
    // More batches follow; the first that is taken ends the import.
    try? input.write(contentsOf: bytes.suffix(bytes.count - bytes.count / 2))
    try input.close()
    process.waitUntilExit()
    let run = try Tool.finished(process, in: folder)
    #expect(process.terminationReason == .exit)
    #expect(run.code == 130)
    #expect(run.errors.contains("are durable"), "\(run.errors)")
    let stats = try Tool.run("stats", store, "--format", "json")
    let events = try stats.json["events"] as? Int ?? 0
    #expect(events > 0)
    let told = run.lines.first { $0.hasPrefix("events imported") }
    #expect(told?.filter(\.isNumber) == "\(events)")
  }
}
