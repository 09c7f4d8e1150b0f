import MartletEngine
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

/// What verification says of stores that are sound, and of each byte that is not.
@Suite struct VerifyTests {
  static let path = SampleStore.path

  @Test(arguments: SampleStore.allCases, [1, 2, 3] as [UInt64])
  func aSoundStoreIsClean(_ shape: SampleStore, _ seed: UInt64) throws {
    let system = try shape.make(seed: seed)
    let report = try Engine.verify(at: Self.path, system)
    #expect(report.problems == [], "\(shape), seed \(seed)")
    #expect(report.remarks == [], "\(shape), seed \(seed)")
    let files = try SampleStore.files(system)
    #expect(report.fileCount == files.count)
    #expect(report.byteCount == files.reduce(0) { $0 + $1.bytes.count })
    let snapshot = try Engine(reading: system).snapshot()
    #expect(report.userCount == snapshot.users.count)
    var rowCount = 0
    for file in snapshot.segmentFiles {
      rowCount += file.directory.runs.reduce(0) { $0 + $1.rowCount }
    }
    #expect(report.rowCount == rowCount, "\(shape), seed \(seed)")
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func aStoreIsCleanAfterEveryStepOfAWriter(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let system = SimulatedFileSystem()
    var configuration = StoreConfiguration()
    (configuration.compressionLevel, configuration.compaction) = (1, .manual)
    configuration.bufferByteCount = random.pick([1 << 28, 4000])
    configuration.segmentFileByteCount = 4000
    let engine = try Engine(writing: system, configuration)
    let rows = RandomEvents(userCount: 30, rowCount: 300).rows(seed: seed)
    var rest = rows[...]
    var steps: [String] = []
    while !rest.isEmpty {
      let batch = rest.prefix(random.integer(1...30))
      rest.removeFirst(batch.count)
      try engine.append(Array(batch))
      let step = random.integer(0...9)
      steps.append("\(step)")
      switch step {
      case 0...2: try engine.commit()
      case 3: try engine.flush()
      case 4: _ = try engine.compact()
      case 5: _ = try engine.compactOnce()
      case 6: try engine.link(random.integer(0...9))
      case 7: _ = try engine.forget([random.pick(rows).user])
      case 8: _ = try engine.admit([random.pick(rows).user])
      default:
        let times = rows.map(\.timestamp).sorted()
        _ = try engine.expire(before: times[random.integer(0...times.count / 3)])
      }
      let report = try Engine.verify(at: Self.path, system)
      #expect(report.problems == [], "seed \(seed), steps \(steps.joined(separator: " "))")
      if !report.isClean { return }
    }
  }

  @Test(arguments: [SampleStore.everything, .files])
  func everyChangedByteIsFound(_ shape: SampleStore) throws {
    let system = try shape.make(seed: 5, rowCount: 12)
    for (name, bytes) in try SampleStore.files(system) {
      for place in bytes.indices {
        for change: UInt8 in [0x01, 0x80, 0xFF] {
          system.damage(Self.path + "/" + name) { old in
            var damaged = old
            damaged[place] = bytes[place] ^ change
            return damaged
          }
          let report = try Engine.verify(at: Self.path, system)
          #expect(!report.isClean, "\(name), byte \(place) xor \(change)")
        }
        system.damage(Self.path + "/" + name) { _ in bytes }
        system.arm(nil)
      }
    }
    #expect(try Engine.verify(at: Self.path, system).isClean)
  }

  @Test func everyShorterFileIsFound() throws {
    let system = try SampleStore.everything.make(seed: 6, rowCount: 12)
    for (name, bytes) in try SampleStore.files(system) {
      for count in bytes.indices {
        system.damage(Self.path + "/" + name) { _ in Array(bytes[..<count]) }
        let report = try Engine.verify(at: Self.path, system)
        #expect(!report.isClean, "\(name), \(count) of \(bytes.count) bytes")
      }
      system.damage(Self.path + "/" + name) { _ in bytes + [0] }
      let report = try Engine.verify(at: Self.path, system)
      // More bytes behind a log are what a crash leaves of a commit that was under way.
      #expect(report.isClean == name.hasPrefix("log-"), "\(name), a byte more")
      #expect(report.remarks.isEmpty == !name.hasPrefix("log-"), "\(name), a byte more")
      system.damage(Self.path + "/" + name) { _ in bytes }
      system.arm(nil)
    }
  }

  @Test func everyMissingFileIsFound() throws {
    let original = try SampleStore.everything.make(seed: 7, rowCount: 40)
    for (name, _) in try SampleStore.files(original) {
      let system = original.copy()
      system.damage(Self.path + "/" + name) { _ in nil }
      let report = try Engine.verify(at: Self.path, system)
      #expect(report.problems.contains { $0.file == name }, "\(name): \(report.problems)")
    }
  }

  @Test func aProblemTellsItsPlace() throws {
    let system = try SampleStore.files.make(seed: 8, rowCount: 60)
    let snapshot = try Engine(reading: system).snapshot()
    let run = try snapshot.segmentFiles[0].run(at: 0)
    let offset = Int(run.directory.times.pages[0].offset)
    let name = Manifest.segmentFileName(snapshot.manifest.segmentFiles[0].number)
    system.damage(Self.path + "/" + name) { bytes in
      var damaged = bytes
      damaged[offset] ^= 1
      return damaged
    }
    let report = try Engine.verify(at: Self.path, system)
    #expect(
      report.problems == [
        StoreProblem(
          file: name, place: "\(run.name), times, page 0", byteOffset: offset,
          "the page fails its checksum")
      ])
  }

  @Test func otherFilesAreRemarked() throws {
    let system = try SampleStore.files.make(seed: 9, rowCount: 20)
    system.place(Self.path + "/notes.txt", [1])
    system.place(Self.path + "/segment-00009999.martlet", [1])
    let report = try Engine.verify(at: Self.path, system)
    #expect(report.isClean)
    #expect(report.remarks.count == 2)
    #expect(report.remarks.contains { $0.hasPrefix("notes.txt:") })
  }

  @Test func noStoreIsNoReport() throws {
    let system = SimulatedFileSystem()
    #expect(throws: MartletError.self) { try Engine.verify(at: Self.path, system) }
    #expect(throws: MartletError.self) { try Engine.repair(at: Self.path, system) }
  }
}
