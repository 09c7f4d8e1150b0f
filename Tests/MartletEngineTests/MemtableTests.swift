import MartletModel
import Testing

@testable import MartletEngine

@Suite struct MemtableTests {
  /// Counts that only a forged log has: their sum is an error, not a trap.
  @Test(arguments: [[.max], [1 << 61, 1], [1 << 60, 1 << 60, .max]] as [[UInt64]])
  func duplicatesThatCannotBeCounted(_ counts: [UInt64]) throws {
    var memtable = Memtable(storedUserCount: 0)
    var record = LogRecord(firstNewUser: 0)
    for count in counts.dropLast() {
      record.duplicateCount = count
      try memtable.append(record)
    }
    record.duplicateCount = counts[counts.count - 1]
    let error = #expect(throws: MartletError.self) { try memtable.append(record) }
    #expect(error?.code == .corrupt)
  }
}
