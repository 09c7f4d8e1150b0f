import MartletEncoding
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

/// Insert ids, their fingerprints, and the question whether one is known.
@Suite struct InsertIDTests {
  /// Rows of which every `step`-th has an insert id.
  private func sample(step: Int) -> SegmentSample {
    var sample = SegmentSample()
    for index in 0..<300 {
      let id = index % step == 0 ? Text("id-\(index % 100)") : nil
      sample.append(
        UInt32(index % 7) * 40_000, index % 2 == 0 ? "A" : "B", at: Int64(300 - index),
        insertID: id)
    }
    return sample
  }

  @Test(arguments: [1, 2, 5])
  func idsKeepTheirRowsAndAreFound(_ step: Int) throws {
    let sample = sample(step: step)
    let file = try sample.opened()
    #expect(try file.storedRows() == sample.expectedRuns)
    var stored: Set<StoredRow> = []
    for rows in sample.expectedRuns { stored.formUnion(rows) }
    for type in ["A", "B"] as [Text] {
      let run = try #require(try file.run(of: type))
      for user in 0..<8 as Range<UInt32> {
        for number in stride(from: 0, to: 100, by: 9) {
          let id = Text("id-\(number)")
          let isThere = stored.contains {
            $0.eventType == type && $0.user == user * 40_000 && $0.insertID == id
          }
          let holds = try run.holds(id, ofUser: user * 40_000)
          #expect(holds == isThere, "\(type) \(user) \(id)")
        }
      }
    }
  }

  @Test func fingerprintsAreSortedAndComplete() throws {
    let sample = sample(step: 3)
    let stored = sample.expectedRuns.flatMap { $0 }
    let expected = stored.compactMap { row -> UInt64? in
      guard let id = row.insertID, let type = row.eventType else { return nil }
      return InsertIDKey(user: row.user, eventType: type, id).fingerprint
    }
    let file = try sample.opened()
    #expect(try file.insertIDPrefixes() == InsertIDIndex.prefixes(of: expected))
    #expect(try file.candidates(among: expected) == Array(expected.indices))
  }

  @Test func userTypeAndIdAllCount() {
    let key = InsertIDKey(user: 1, eventType: "A", "x")
    #expect(key == InsertIDKey(user: 1, eventType: "A", "x"))
    let others = [
      InsertIDKey(user: 2, eventType: "A", "x"), InsertIDKey(user: 1, eventType: "B", "x"),
      InsertIDKey(user: 1, eventType: "A", "y"), InsertIDKey(user: 1, eventType: "A", ""),
    ]
    for other in others { #expect(other.fingerprint != key.fingerprint) }
  }

  @Test func aBufferKnowsItsIds() throws {
    let sample = sample(step: 2)
    let buffer = try sample.buffer()
    func holds(_ user: UInt32, _ type: Text, _ id: Text) -> Bool {
      buffer.holds(InsertIDKey(user: user, eventType: type, id), id)
    }
    for row in sample.expectedRuns.flatMap({ $0 }) {
      guard let id = row.insertID, let type = row.eventType else { continue }
      #expect(holds(row.user, type, id))
      #expect(!holds(row.user + 1, type, id))
      #expect(!holds(row.user, "C", id))
    }
  }
}
