import MartletGenerator
import MartletModel

/// Runs of the generator, and views of its rows.
enum Generated {
  /// Small enough to be quick, large enough to have several slices.
  static func options(_ profile: GeneratorOptions.Profile) -> GeneratorOptions {
    GeneratorOptions(users: 1000, events: 17_000, seed: 7, days: 60, profile: profile)
  }

  static func ndjson(_ options: GeneratorOptions) throws -> [UInt8] {
    var writer = NDJSONWriter()
    var output: [UInt8] = []
    try EventGenerator(options).generate { writer.write($0, into: &output) }
    return output
  }

  static func rows(_ options: GeneratorOptions) throws -> [Row] {
    var rows: [Row] = []
    try EventGenerator(options).generate { batch in
      rows += (0..<batch.count).map { Row($0, of: batch) }
    }
    return rows
  }

  static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }
}

/// One row of a batch, spelt out.
struct Row: Hashable {
  let user: String
  /// nil for a trait update.
  let type: String?
  let milliseconds: Int64
  let insertID: String?
  /// Numbers as significand and scale, lists as `[a|b]`.
  let cells: [String: String]

  init(_ row: Int, of batch: EventBatch) {
    func text(_ slice: EventBatch.Slice) -> String {
      String(decoding: batch.bytes[slice.range], as: UTF8.self)
    }
    user = text(batch.users[row])
    let index = batch.types[row]
    type = index == EventBatch.traitUpdate ? nil : batch.eventTypes[Int(index)].string
    milliseconds = batch.timestamps[row]
    insertID = batch.insertIDs[row].isNone ? nil : text(batch.insertIDs[row])
    func spelt(_ cell: EventBatch.Cell) -> String {
      let pair = EventBatch.Slice(
        offset: UInt32(truncatingIfNeeded: cell.payload >> 32),
        count: UInt32(truncatingIfNeeded: cell.payload))
      return switch cell.kind {
      case .text: text(pair)
      case .list: "[" + pair.range.map { spelt(batch.items[$0]) }.joined(separator: "|") + "]"
      case .null: "null"
      case .boolean: cell.payload == 0 ? "false" : "true"
      case .number, .wideNumber: "\(cell.payload)e-\(cell.scale)"
      }
    }
    cells = Dictionary(
      uniqueKeysWithValues: batch.cellRange(ofRow: row).map { index in
        (batch.propertyNames[Int(batch.cells[index].name)].string, spelt(batch.cells[index]))
      })
  }
}
