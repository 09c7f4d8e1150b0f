import Foundation
import Martlet
import Testing

/// What a store holds, in the form of `golden/expected.ndjson`.
enum StoreLines {
  private static let endOfTime = QuestionOptions(
    asOf: Timestamp(milliseconds: Timestamp.latest.milliseconds + 1),
    allowsUnknownEventTypes: true)

  /// Every event and trait update as the engine exports them.
  static func exported(_ snapshot: Snapshot) throws -> [String] {
    let folder = try TemporaryFolder()
    let path = folder.path + "/all.ndjson"
    let everyone = try snapshot.answer("everyone", endOfTime)
    _ = try snapshot.export(everyone, to: path)
    return try String(contentsOfFile: path, encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  /// The lines of events, without those of trait updates.
  static func events(_ lines: [String]) -> [String] {
    lines.filter { !$0.hasPrefix(#"{"type":"identify""#) }
  }

  /// The ids of the users in a segment, whenever.
  static func users(_ segment: Segment, in snapshot: Snapshot) throws -> [String] {
    try snapshot.users(in: segment, endOfTime).map(\.string)
  }

  /// A store at `path` that imported golden inputs, each in a commit of its own.
  static func importGolden(_ names: [String], at path: String) throws -> EventStore {
    let store = try EventStore(at: path)
    for name in names {
      let inputs = try ImportInputs([FormatFolder.path + "/golden/" + name])
      let summary = try store.importEvents(from: inputs)
      #expect(summary.rejected == 0)
    }
    return store
  }
}
