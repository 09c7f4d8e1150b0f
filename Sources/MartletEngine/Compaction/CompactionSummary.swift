/// What a compaction did.
package struct CompactionSummary: Hashable, Sendable {
  /// Segment files before and after.
  package var fileCountBefore = 0
  package var fileCountAfter = 0
  /// Bytes of the segment files that were replaced, and of those that replaced them.
  package var byteCountRead: UInt64 = 0
  package var byteCountWritten: UInt64 = 0
  /// Users whose ids, rows and traits are gone from the disk.
  package var erasedUserCount = 0
  /// Who still uses files that hold what was erased: "process 123". Their bytes go when they end.
  package var readers: [String] = []
}
