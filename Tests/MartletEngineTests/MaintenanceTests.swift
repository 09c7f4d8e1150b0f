import MartletModel
import MartletTestSupport
import Testing

@testable import MartletEngine

/// Compaction in the background: what fails there is told, and loses nothing.
@Suite struct MaintenanceTests {
  private static func append(_ count: Int, to engine: Engine) throws {
    for number in 0..<count {
      try engine.append("u", at: Int64(number))
      try engine.flush()
    }
  }

  /// Returns when the work that was begun in the background is done.
  private static func wait(for engine: Engine) async {
    await withCheckedContinuation { continuation in
      engine.maintenance.run { continuation.resume() }
    }
  }

  @Test func aFailureIsKeptUntilACompactionSucceeds() async throws {
    let system = SimulatedFileSystem()
    var configuration = StoreScript.quiet
    configuration.compaction = .automatic
    let engine = try Engine(writing: system, configuration)
    try Self.append(CompactionJob.fanOut - 1, to: engine)
    #expect(engine.lastMaintenanceFailure == nil)
    // The next commit starts a compaction; the disk is full when that writes its first file.
    system.interrupt(before: "rename \(StoreScript.path)/manifest.tmp") {
      system.interrupt(before: "create \(StoreScript.path)/segment-") {
        system.arm(SimulatedFault(atCall: 0, .diskFull))
      }
    }
    try Self.append(1, to: engine)
    await Self.wait(for: engine)
    let failure = engine.lastMaintenanceFailure
    #expect(failure?.code == .io && failure?.reason.contains("disk is full") == true)
    #expect(failure?.file?.hasPrefix(StoreScript.path + "/segment-") == true)
    system.arm(nil)
    let left = try engine.snapshot().manifest
    #expect(left.segmentFiles.count == CompactionJob.fanOut && left.partitionedFileCount == 0)
    #expect(
      try Set(system.list(StoreScript.path))
        == left.fileNames.union(["lock", "manifest"])
        .subtracting([Manifest.logName(left.logNumber)]))
    // The writer is as good as before, and tries again.
    try Self.append(1, to: engine)
    await Self.wait(for: engine)
    #expect(engine.lastMaintenanceFailure == nil)
    #expect(try engine.snapshot().manifest.segmentFiles.count == 1)
    #expect(try engine.content().rows.count == CompactionJob.fanOut + 1)
    #expect(try Engine.verify(at: StoreScript.path, system).problems == [])
  }
}
