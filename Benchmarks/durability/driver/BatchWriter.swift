import Foundation
import Martlet

/// Commits batches for ever, and says which of them are durable.
///
/// The same number makes the same batch, so that one whose fate is unknown can be sent again: its
/// insert ids make that exact.
struct BatchWriter {
  var path: String
  /// Rows of a batch: 1 ... this.
  var rowCount: Int

  func run(from first: Int) throws {
    var configuration = StoreConfiguration()
    // Small, so that flushes and compactions are hit too.
    (configuration.logByteCount, configuration.segmentFileByteCount) = (40_000, 400_000)
    let store = try EventStore(at: path, configuration: configuration)
    var number = first
    while true {
      try store.append(batch(number))
      try store.commit()
      FileHandle.standardOutput.write(Data("\(number)\n".utf8))
      number += 1
    }
  }

  private func batch(_ number: Int) throws -> EventBatch {
    var builder = EventBatchBuilder()
    let count = 1 + number % rowCount
    for row in 0..<count {
      let event = Event(
        user: Text("u\((number * 7 + row) % 5000)"), type: "Batch",
        at: Timestamp(milliseconds: Int64(number) * 60_000 + Int64(row)),
        [
          "batch": .number(Number(Int64(number))), "row": .number(Number(Int64(row))),
          "of": .number(Number(Int64(count))),
        ], insertID: Text("\(number)-\(row)"))
      try builder.append(event)
    }
    return builder.batch
  }
}
