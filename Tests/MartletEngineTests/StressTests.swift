import Foundation
import MartletEngine
import MartletFiles
import MartletModel
import MartletTestSupport
import Synchronization
import Testing

/// A writer on a real disk, readers beside it in this process and on engines of their own, while
/// compaction replaces the files under them.
@Suite struct StressTests {
  private static let userCount = 40
  private static let roundCount = 120

  /// How many rounds were begun, and how many were committed.
  private struct Progress {
    var begun = 0
    var committed = 0
    var isOver = false
  }

  private final class Shared: Sendable {
    let state = Mutex(Progress())
  }

  /// Each commit gives every user one more event, so that a snapshot that is torn shows.
  @Test func everySnapshotIsOneCommit() throws {
    let path = "/tmp/martlet-stress-\(UInt64.random(in: .min ... .max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var configuration = StoreConfiguration()
    (configuration.logByteCount, configuration.compressionLevel) = (4000, 1)
    configuration.segmentFileByteCount = 60_000
    let engine = try Engine(
      at: path, access: .readWrite, fileSystem: POSIXFileSystem(), configuration: configuration)
    let progress = Shared()
    let counts = try Threads.map(6) { worker in
      if worker == 0 {
        defer { progress.state.withLock { $0.isOver = true } }
        try Self.write(engine, progress.state)
        return 0
      }
      let isOwn = worker > 3
      let reader =
        isOwn
        ? try Engine(at: path, access: .readOnly, fileSystem: POSIXFileSystem()) : engine
      var count = 0
      while !progress.state.withLock({ $0.isOver }) || count == 0 {
        try Self.read(reader, progress.state)
        count += 1
      }
      return count
    }
    #expect(counts.dropFirst().allSatisfy { $0 > 0 })
    let files = try engine.snapshot().manifest
    #expect(files.partitionedFileCount > 0, "compaction never ran")
    try Self.read(engine, progress.state)
  }

  private static func write(
    _ engine: Engine, _ progress: borrowing Mutex<Progress>
  ) throws(MartletError) {
    for round in 0..<roundCount {
      progress.withLock { $0.begun = round + 1 }
      var builder = EventBatchBuilder()
      for user in 0..<userCount {
        let time = Timestamp(milliseconds: Int64(round % 20) * 86_400_000 + Int64(round))
        try builder.append(Event(user: Text("u\(user)"), type: "A", at: time))
      }
      _ = try engine.append(builder.batch)
      if round % 7 == 6 { try engine.flush() } else { try engine.commit() }
      progress.withLock { $0.committed = round + 1 }
      if round % 50 == 49 { _ = try engine.compact() }
    }
  }

  private static func read(
    _ engine: Engine, _ progress: borrowing Mutex<Progress>
  ) throws(MartletError) {
    let least = progress.withLock { $0.committed }
    let snapshot = try engine.snapshot()
    let most = progress.withLock { $0.begun }
    var counts = [Int](repeating: 0, count: userCount)
    for file in snapshot.segmentFiles {
      for rows in try file.storedRows() {
        for row in rows { counts[Int(row.user)] += 1 }
      }
    }
    #expect(Set(counts).count == 1, "a commit is half there: \(counts)")
    #expect((least...max(least, most)).contains(counts[0]), "\(least)...\(most): \(counts[0])")
  }
}
