import MartletEncoding
import MartletModel
import MartletSegmentFile

extension LogRecord {
  /// Reads a record.
  /// - Throws: `.corrupt` for bytes that no record has; every count is checked before anything
  ///   is allocated for it, and all that the rest of the engine relies on is checked.
  init(decoding raw: [UInt8]) throws(MartletError) {
    var reader = ByteReader(raw.rawSpan, of: "record")
    self.init(firstNewUser: UInt32(try reader.readCount(max: Limits.users)))
    try readNewUserIDs(from: &reader)
    let userCount = Int64(firstNewUser) + Int64(newUserIDs.ends.count)
    let edgeCount = try reader.readCount(max: LogFormat.partCountMax)
    let ordinals = 0...max(0, userCount - 1)
    let users = try IntegerColumn.read(edgeCount, in: ordinals, of: "users", from: &reader)
    let targets = try IntegerColumn.read(edgeCount, in: ordinals, of: "users", from: &reader)
    for (user, target) in zip(users, targets) {
      edges.append(IdentityEdge(user: UInt32(user), target: UInt32(target)))
    }
    duplicateCount = try reader.readVarint()
    let batchCount = try reader.readCount(max: LogFormat.partCountMax)
    var budget = LogBudget()
    for _ in 0..<batchCount {
      batches.append(
        try LogBatch(ordinals: ordinals, budget: &budget, from: &reader))
    }
    guard reader.isAtEnd else { throw reader.corrupt("bytes follow the record's end") }
    guard userCount > 0 || edges.isEmpty && batches.allSatisfy({ $0.users.isEmpty }) else {
      throw reader.corrupt("there are rows or edges, but no users")
    }
  }

  private mutating func readNewUserIDs(
    from reader: inout ByteReader
  ) throws(MartletError) {
    let count = try reader.readCount(
      max: min(LogFormat.partCountMax, Limits.users - Int(firstNewUser)))
    let lengths = try IntegerColumn.read(
      count, in: 1...Int64(Limits.userIDByteCount), of: "user id lengths", from: &reader)
    var end = 0
    for length in lengths {
      end += Int(length)
      newUserIDs.ends.append(end)
    }
    newUserIDs.arena = try reader.readBytes(end)
    guard TextRules.areTexts(newUserIDs.arena, ends: newUserIDs.ends) else {
      throw reader.corrupt("a user id is not valid UTF-8")
    }
  }
}
