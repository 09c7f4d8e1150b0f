/// What a compaction did.
package struct CompactionSummary: Hashable, Sendable {
  /// Segment files before and after.
  package var fileCountBefore = 0
  package var fileCountAfter = 0
  /// Bytes of the segment and user files before and after; those of the log are with the files that
  /// its rows went into.
  package var byteCountBefore = 0
  package var byteCountAfter = 0
  /// Snapshots of earlier generations have the files before.
  package var generation: UInt64 = 0
  /// Users whose ids, rows and traits are gone from the disk.
  package var erasedUserCount = 0
  /// Who still uses files that hold what was erased: "process 123". Their bytes go when they end.
  package var readers: [String] = []
}
