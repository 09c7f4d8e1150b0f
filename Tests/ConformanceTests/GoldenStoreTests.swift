import Foundation
import Martlet
import MartletFiles
import MartletSegmentFile
import Testing

@testable import MartletEngine

/// The engine reads the golden store, and writes the same today.
@Suite struct GoldenStoreTests {
  @Test func theEngineReadsEveryRow() throws {
    let snapshot = try EventStore(at: FormatFolder.goldenStore, access: .readOnly).snapshot()
    let lines = try StoreLines.exported(snapshot).map(SameLines.withSortedLists)
    let expected = try FormatFolder.lines("golden/expected.ndjson")
      .map(SameLines.withSortedLists)
    #expect(expected.count == 20)
    SameLines.expect(lines.sorted(), expected.sorted())
    // Events come in order: ties by rank, and files by arrival.
    SameLines.expect(StoreLines.events(lines), StoreLines.events(expected))
  }

  @Test func theEngineWritesTheSameRowsToday() throws {
    let folder = try TemporaryFolder()
    let store = try StoreLines.importGolden(["first.ndjson", "second.ndjson"], at: folder.path)
    let lines = try StoreLines.exported(store.snapshot()).map(SameLines.withSortedLists)
    let expected = try FormatFolder.lines("golden/expected.ndjson")
      .map(SameLines.withSortedLists)
    SameLines.expect(lines.sorted(), expected.sorted())
  }

  @Test func anExportKeepsTheOrderOfLists() throws {
    let snapshot = try EventStore(at: FormatFolder.goldenStore, access: .readOnly).snapshot()
    let lines = try StoreLines.exported(snapshot)
    #expect(lines.contains { $0.contains(#"["red",7,true,2.5]"#) })
  }

  @Test(arguments: [
    ("everyone", ["ada", "bob", "zoë", "old", "lurker", "cy"]),
    ("did any", ["ada", "bob", "zoë", "old", "cy"]),
    ("did Purchase", ["ada", "bob", "zoë", "cy"]),
    ("did Purchase[amount >= 9000000000000000000]", ["ada", "bob"]),
    ("did Purchase[amount > 120.4 and amount < 120.6]", ["ada"]),
    ("did Purchase[amount = \"free\"]", ["zoë"]),
    ("did Purchase[amount < 0]", ["zoë"]),
    ("did Purchase[tags = \"red\"]", ["ada"]),
    ("did Purchase[tags = 12345678901234567890.5]", ["bob"]),
    ("did Upload[codes = \"code-255\"]", ["bob"]),
    ("did Search[q = \"\"]", ["ada"]),
    ("count(\"Sign In\") = 3", ["ada"]),
    ("did any on 2026-03-04", ["cy"]),
    ("did any before 1970-01-01", ["old"]),
    ("user.plan is missing", ["ada", "bob", "zoë", "old", "cy"]),
    ("user.seats = 3", ["ada"]),
    ("\"Sign In\" then Search then \"Sign In\" within 1 day", ["ada"]),
    ("Search then Search within 1 day", ["ada"]),
    ("Purchase then Cancel within 1 day", ["cy"]),
  ])
  func theEngineAnswers(_ expression: String, _ users: [String]) throws {
    let snapshot = try EventStore(at: FormatFolder.goldenStore, access: .readOnly).snapshot()
    let segment = Segment(stringLiteral: expression)
    #expect(try StoreLines.users(segment, in: snapshot) == users)
  }

  @Test func everyKindOfColumnOccurs() throws {
    let engine = try Engine(
      at: FormatFolder.goldenStore, access: .readOnly, fileSystem: POSIXFileSystem())
    let snapshot = try engine.snapshot()
    #expect(snapshot.manifest.generation == 2)
    #expect(snapshot.manifest.duplicateCount == 2)
    #expect(snapshot.segmentFiles.map(\.directory.arrivalNumber) == [1, 2])
    var kinds: Set<ColumnKind> = []
    var itemKinds: Set<ColumnKind> = []
    for file in snapshot.segmentFiles {
      for index in file.directory.runs.indices {
        for column in try file.run(at: index).directory.columns {
          if column.isItemLevel { itemKinds.insert(column.kind) } else { kinds.insert(column.kind) }
        }
      }
    }
    // At row level texts are written out only where there are hundreds of them.
    #expect(kinds == Set(ColumnKind.allCases).subtracting([.plainText]))
    #expect(itemKinds == [.number, .wideNumber, .text, .plainText, .boolean])
    let days = snapshot.segmentFiles.map(\.directory.anyDays.count)
    #expect(days == [0, 3])
    let corrections = try snapshot.segmentFiles[1].firstSeenCorrections()
    #expect(corrections.map(\.user) == [0, 4])
  }
}
