import MartletModel
import Testing

@testable import MartletImport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The directory of the real sets, where they are present.
private var testData: String? {
  // Safe: the environment is not changed while tests run; the string is copied at once.
  unsafe getenv("MARTLET_TEST_DATA").map { unsafe String(cString: $0) }
}

/// Counts as an independent reading in Python found them.
@Suite struct RealDataTests {
  struct Expectation: CustomTestStringConvertible {
    var file: String
    var events: Int
    var identifies: Int
    var users: Int
    var types: Int
    var cells: Int
    var insertIDs: Int
    var testDescription: String { file }
  }

  @Test(
    .enabled(if: testData != nil),
    arguments: [
      Expectation(
        file: "shop.ndjson.gz", events: 31_106, identifies: 1_410, users: 600,
        types: 19, cells: 157_540, insertIDs: 0),
      Expectation(
        file: "cdnow.ndjson.gz", events: 69_659, identifies: 0, users: 23_570,
        types: 1, cells: 139_318, insertIDs: 0),
      Expectation(
        file: "online-retail.ndjson.gz", events: 406_829, identifies: 4_388, users: 4_372,
        types: 4, cells: 2_445_362, insertIDs: 0),
      Expectation(
        file: "github.ndjson.gz", events: 266_105, identifies: 0, users: 94_614,
        types: 14, cells: 479_745, insertIDs: 0),
      Expectation(
        file: "messy.ndjson.gz", events: 41_118, identifies: 1_309, users: 2_753,
        types: 14, cells: 75_405, insertIDs: 17_240),
    ])
  func everyLineIsRead(_ expected: Expectation) throws {
    let path = try #require(testData) + "/events/" + expected.file
    var (events, identifies, cells, insertIDs) = (0, 0, 0, 0)
    var users: Set<[UInt8]> = []
    var types: Set<Text> = []
    let report = try ImportPipeline().run([ImportSource(path: path)]) { batch, rejects, _ in
      #expect(rejects == [])
      for row in 0..<batch.count {
        if batch.types[row] == EventBatch.traitUpdate { identifies += 1 } else { events += 1 }
        if !batch.insertIDs[row].isNone { insertIDs += 1 }
        users.insert(Array(batch.bytes[batch.users[row].range]))
      }
      cells += batch.cells.count
      types.formUnion(batch.eventTypes)
    }
    #expect(report.rows == expected.events + expected.identifies)
    #expect(events == expected.events)
    #expect(identifies == expected.identifies)
    #expect(users.count == expected.users)
    #expect(types.count == expected.types)
    #expect(cells == expected.cells)
    #expect(insertIDs == expected.insertIDs)
  }
}
