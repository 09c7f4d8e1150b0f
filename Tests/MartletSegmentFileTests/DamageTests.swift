import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// Damage of a segment file is found or does no harm: it never traps and never changes an answer.
@Suite struct DamageTests {
  /// Everything that a file says.
  private struct Content: Equatable {
    var rows: [[StoredRow]]
    var ties: [[Int64]]
    var bitmaps: [[UInt32]]
    var firstSeen: [Int64]
    var edges: [IdentityEdge]
    var fingerprints: [UInt64]
    var arrivalNumber: UInt64

    init(_ file: SegmentFile) throws(MartletError) {
      rows = try file.storedRows()
      arrivalNumber = file.directory.arrivalNumber
      ties = []
      for index in file.directory.runs.indices {
        let found = try file.run(at: index).ties()
        ties += [found.rows.map(Int64.init), found.ranks.map(Int64.init)]
        let sent = try file.run(at: index).sentUsers()
        ties += [sent.rows, sent.users.map { Int64($0) }]
      }
      bitmaps = [Array(try file.anyUsers())]
      for entry in file.directory.anyCoarse + file.directory.anyDays {
        bitmaps.append(Array(try file.bitmap(entry.users, what: "a bitmap")))
      }
      firstSeen = try file.firstSeenCorrections().flatMap { [Int64($0.user), $0.time] }
      edges = try file.identityEdges()
      fingerprints = try file.insertIDPrefixes()
    }
  }

  private static func sample() -> SegmentSample {
    var sample = SegmentSample()
    let texts: [Value] = ["red", "green", "blue", 1.5, true, [1, "x", 2.25], []]
    for index in 0..<24 {
      sample.append(
        UInt32(index % 4) * 66_000, index % 3 == 0 ? "A" : "B", at: Int64(index / 8) * 80_000_000,
        index % 5 == 0 ? [:] : ["p": texts[index % texts.count]],
        insertID: index % 4 == 0 ? Text("i\(index)") : nil)
    }
    sample.rows.append(
      (5, .traits(TraitUpdate(user: "u", at: Timestamp(milliseconds: 9), ["plan": .null]))))
    sample.senders[4] = 7
    (sample.firstSeen, sample.edges) = ([(1, 2)], [IdentityEdge(user: 8, target: 1)])
    return sample
  }

  private func read(_ bytes: [UInt8]) throws(MartletError) -> Content {
    try Content(try SegmentFile(FileBytes(bytes, name: "damaged")))
  }

  private func expectHarmless(_ bytes: [UInt8], _ whole: Content, _ what: String) {
    do throws(MartletError) {
      let content = try read(bytes)
      #expect(content == whole, "\(what): read wrong content")
    } catch {
      #expect(error.code == .corrupt || error.code == .tooNew, "\(what): \(error)")
      #expect(error.file == "damaged", "\(what): \(error)")
    }
  }

  @Test func everyDamagedByteIsFoundOrHarmless() throws {
    let bytes = try Self.sample().encoded(anyDayShareMax: .infinity)
    let whole = try read(bytes)
    #expect(whole.rows == Self.sample().expectedRuns)
    #expect(whole.bitmaps.count > 3 && whole.ties.contains { !$0.isEmpty })
    for index in bytes.indices {
      for flip in [0x01, 0x80, 0xFF] as [UInt8] {
        var damaged = bytes
        damaged[index] ^= flip
        expectHarmless(damaged, whole, "byte \(index) of \(bytes.count) ^ \(flip)")
      }
    }
  }

  @Test func everyTruncationIsFound() throws {
    let bytes = try Self.sample().encoded(anyDayShareMax: .infinity)
    for count in bytes.indices {
      let error = #expect(throws: MartletError.self, "\(count) of \(bytes.count) bytes") {
        try read(Array(bytes[..<count]))
      }
      #expect(error?.code == .corrupt, "\(count) bytes: \(String(describing: error))")
    }
  }

  @Test func bytesBehindTheEndAreFound() throws {
    let bytes = try Self.sample().encoded()
    #expect(throws: MartletError.self) { try read(bytes + [0]) }
  }

  @Test func aNewerVersionSaysSo() throws {
    var bytes = try Self.sample().encoded()
    bytes[12] = UInt8(SegmentFileFormat.version) + 1
    let error = #expect(throws: MartletError.self) { try read(bytes) }
    #expect(error?.code == .tooNew)
  }
}
