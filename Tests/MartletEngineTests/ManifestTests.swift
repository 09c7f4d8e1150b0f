import MartletModel
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite struct ManifestTests {
  private func sample() -> Manifest {
    var manifest = Manifest()
    manifest.generation = 12
    (manifest.logNumber, manifest.logByteCount) = (299, 70_000)
    (manifest.partitionedFileCount, manifest.partitionStarts) = (1, [-86_400_000, 0])
    manifest.expiredBefore = -5
    manifest.nextFileNumber = 300
    manifest.nextArrivalNumber = 17
    manifest.segmentFiles = [
      .init(number: 1, byteCount: 900), .init(number: 7, byteCount: 1 << 40),
    ]
    manifest.userFiles = [.init(number: 298, byteCount: 5)]
    manifest.duplicateCount = 3
    manifest.savedSegments = ["power users": "days(any in last 30 days) >= 5", "": "everyone"]
    return manifest
  }

  @Test func readsBackWhatItWrote() throws {
    for manifest in [Manifest(), sample()] {
      #expect(try Manifest(manifest.encoded(), file: "m") == manifest)
      #expect(manifest.encoded() == manifest.encoded())
    }
  }

  @Test func everyDamagedByteIsFound() {
    let bytes = sample().encoded()
    for index in bytes.indices {
      for flip in [0x01, 0x80, 0xFF] as [UInt8] {
        var damaged = bytes
        damaged[index] ^= flip
        let error = #expect(throws: MartletError.self, "byte \(index) ^ \(flip)") {
          try Manifest(damaged, file: "m")
        }
        #expect(error?.code == .corrupt || error?.code == .tooNew, "byte \(index) ^ \(flip)")
        #expect(error?.file == "m", "byte \(index) ^ \(flip)")
      }
    }
  }

  @Test func everyTruncationIsFound() {
    let bytes = sample().encoded()
    for count in bytes.indices {
      let error = #expect(throws: MartletError.self, "\(count) bytes") {
        try Manifest(Array(bytes[..<count]), file: "m")
      }
      #expect(error?.code == .corrupt && error?.file == "m", "\(count) bytes")
    }
    #expect(throws: MartletError.self) { try Manifest(bytes + [0], file: "m") }
  }

  /// A number that has no next one is no number; the checksum is right.
  @Test func numbersThatCannotBeCounted() {
    let fields: [WritableKeyPath<Manifest, UInt64>] = [
      \.generation, \.nextFileNumber, \.nextArrivalNumber, \.logByteCount, \.duplicateCount,
    ]
    for field in fields {
      for number in [UInt64.max, 1 << 63, UInt64(Manifest.counterMax) + 1] {
        var manifest = sample()
        manifest[keyPath: field] = number
        let error = #expect(throws: MartletError.self) {
          try Manifest(manifest.encoded(), file: "m")
        }
        #expect(error?.code == .corrupt && error?.file == "m", "\(number)")
      }
      var manifest = sample()
      manifest[keyPath: field] = UInt64(Manifest.counterMax)
      #expect(throws: Never.self) { try Manifest(manifest.encoded(), file: "m") }
    }
  }

  @Test func fileNamesSortByNumber() {
    #expect(Manifest.segmentFileName(42) == "segment-00000042.martlet")
    #expect(Manifest.userFileName(123_456_789) == "users-123456789.martlet")
  }

  @Test func savedSegmentsAreDurableAtOnceAndLeaveRowsAlone() throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    try engine.append("u0", at: 1)
    try engine.updateSavedSegments { $0["a"] = "everyone" }
    var content = try Engine(reading: system).content()
    #expect(content.savedSegments == ["a": "everyone"] && content.rows.isEmpty)
    try engine.commit()
    try engine.updateSavedSegments { $0["a"] = nil }
    content = try Engine(reading: system).content()
    #expect(content.savedSegments.isEmpty && content.rows.count == 1)
  }

  @Test func aChangeThatThrowsChangesNothing() throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    try engine.updateSavedSegments { $0["a"] = "everyone" }
    let error = #expect(throws: MartletError.self) {
      try engine.updateSavedSegments { segments throws(MartletError) in
        segments["b"] = "everyone"
        throw MartletError(.usage, "no")
      }
    }
    #expect(error?.code == .usage)
    try engine.updateSavedSegments { $0["c"] = "everyone" }
    #expect(try engine.content().savedSegments == ["a": "everyone", "c": "everyone"])
  }
}
