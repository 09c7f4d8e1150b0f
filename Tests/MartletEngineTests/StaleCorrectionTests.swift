import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

@testable import MartletEngine

/// Files that hold nothing but corrections of first-seen times, as a compaction of times without a
/// row leaves them, once the rows that they were of are lost.
@Suite struct StaleCorrectionTests {
  private static let path = StoreScript.path

  /// A store of one user, whose corrections no row bears out.
  /// - Parameter rowTimes: of the user's rows, in a file that no compaction has looked at.
  private static func store(
    correctionFileCount: Int, rowTimes: [Int64]
  ) throws -> SimulatedFileSystem {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    for time in rowTimes { try engine.append("u0", at: time) }
    if rowTimes.isEmpty { try engine.append([], [.init(kind: .merge, from: "u0", to: "u1")]) }
    try engine.flush()
    try engine.close()
    var manifest = try engine.snapshot().manifest
    engine.stop()
    if rowTimes.isEmpty { manifest.segmentFiles = [] }
    for number in 0..<correctionFileCount {
      let bytes = SegmentFileWriter().encode(
        SegmentFileBuffer(), arrivalNumber: manifest.nextArrivalNumber,
        firstSeen: [(0, Int64(number))]
      ).joined()
      manifest.nextArrivalNumber += 1
      let file = Manifest.File(
        number: manifest.takeFileNumber(), byteCount: UInt64(bytes.count))
      system.place(path + "/" + Manifest.segmentFileName(file.number), bytes)
      manifest.segmentFiles.insert(file, at: number)
    }
    manifest.partitionedFileCount = correctionFileCount
    manifest.partitionStarts = [CivilDate.millisecondsPerDay]
    system.damage(path + "/" + Manifest.fileName) { _ in manifest.encoded() }
    return system
  }

  /// Every one of the files goes, and what is left counts as what it was.
  @Test(arguments: 1...3, [[], [10, 3 * CivilDate.millisecondsPerDay]] as [[Int64]])
  func aRepairDropsThemAll(_ fileCount: Int, _ rowTimes: [Int64]) throws {
    let system = try Self.store(correctionFileCount: fileCount, rowTimes: rowTimes)
    #expect(try !Engine.verify(at: Self.path, system).isClean)
    let report = try Engine.repair(at: Self.path, system)
    #expect(report.remaining == [] && report.losses == [])
    let engine = try Engine(writing: system)
    let manifest = try engine.snapshot().manifest
    #expect(manifest.segmentFiles.count == (rowTimes.isEmpty ? 0 : 1))
    #expect(manifest.partitionedFileCount == 0, "no compaction made what is left")
    #expect(try engine.content().rows.map(\.time) == rowTimes)
    _ = try engine.compact()
    #expect(try Engine.verify(at: Self.path, system).problems == [])
  }
}
