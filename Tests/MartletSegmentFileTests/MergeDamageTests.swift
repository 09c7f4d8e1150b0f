import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// Damage of an input ends a merge or does it no harm: it never traps and never changes a row.
@Suite struct MergeDamageTests {
  private static func sample() -> SegmentSample {
    var sample = SegmentSample()
    let values: [Value] = ["red", "green", 1.5, true, [1, "x", 2.25], [], .number(Number(.max))]
    for index in 0..<24 {
      sample.append(
        UInt32(index % 4) * 66_000, index % 3 == 0 ? "A" : "B", at: Int64(index / 8) * 80_000_000,
        index % 5 == 0 ? [:] : ["p": values[index % values.count]],
        insertID: index % 4 == 0 ? Text("i\(index)") : nil)
    }
    sample.senders[4] = 7
    sample.rows.append(
      (5, .traits(TraitUpdate(user: "u", at: Timestamp(milliseconds: 9), ["plan": .null]))))
    (sample.firstSeen, sample.edges) = ([(1, 2)], [IdentityEdge(user: 8, target: 1)])
    return sample
  }

  private static var selections: [SegmentFileMerge.Selection] {
    var dropping = SegmentFileMerge.Selection()
    dropping.droppedUsers = [66_000]
    dropping.times = [0..<90_000_000]
    var moving = SegmentFileMerge.Selection()
    moving.canonical = OrdinalMap([132_000: 0, 5: 66_000])
    return [SegmentFileMerge.Selection(), dropping, moving]
  }

  @Test(arguments: [0, 1, 2])
  func everyDamagedByteIsFoundOrHarmless(_ number: Int) throws {
    let selection = Self.selections[number]
    let other = try Self.sample().opened()
    func merged(_ bytes: [UInt8]) throws(MartletError) -> [UInt8]? {
      let file = try SegmentFile(FileBytes(bytes, name: "damaged"))
      return try SegmentFileMerge([file, other], selection).encode(arrivalNumber: 3)?.joined()
    }
    let bytes = try Self.sample().encoded(anyDayShareMax: .infinity)
    let whole = try #require(try merged(bytes))
    var found = 0
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= [0x01, 0x80, 0xFF][index % 3]
      do throws(MartletError) {
        let result = try merged(damaged)
        #expect(result == whole, "byte \(index): another result")
      } catch {
        found += 1
        #expect(error.code == .corrupt || error.code == .tooNew, "byte \(index): \(error)")
        #expect(error.file == "damaged", "byte \(index): \(error)")
      }
    }
    #expect(found > bytes.count / 2)
  }
}
