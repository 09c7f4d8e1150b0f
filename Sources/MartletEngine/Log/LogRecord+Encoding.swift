import MartletEncoding
import MartletModel
import MartletSegmentFile

extension LogRecord {
  /// The record's bytes, before compression.
  /// - Precondition: the record keeps to the limits of `LogFormat`.
  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.writeVarint(UInt64(firstNewUser))
    precondition(newUserIDs.ends.count <= LogFormat.partCountMax, "too many new users")
    writer.writeVarint(UInt64(newUserIDs.ends.count))
    var start = 0
    var lengths: [Int] = []
    lengths.reserveCapacity(newUserIDs.ends.count)
    for end in newUserIDs.ends {
      lengths.append(end - start)
      start = end
    }
    precondition(start == newUserIDs.arena.count, "bytes follow the last id")
    IntegerColumn.write(lengths, to: &writer)
    writer.writeBytes(newUserIDs.arena)
    precondition(edges.count <= LogFormat.partCountMax, "too many identity edges")
    writer.writeVarint(UInt64(edges.count))
    IntegerColumn.write(edges.map(\.user), to: &writer)
    IntegerColumn.write(edges.map(\.target), to: &writer)
    writer.writeVarint(duplicateCount)
    precondition(batches.count <= LogFormat.partCountMax, "too many batches")
    writer.writeVarint(UInt64(batches.count))
    var budget = LogBudget()
    for batch in batches { batch.write(to: &writer, budget: &budget) }
    return writer.bytes
  }
}
