/// What a compaction did.
public struct CompactionSummary: Hashable, Sendable {
  /// Segment files of the store.
  public internal(set) var segmentFilesBefore = 0
  public internal(set) var segmentFilesAfter = 0
  /// Bytes of the store's segment and user files; those of the log count with the files that its
  /// rows went into.
  public internal(set) var byteCountBefore = 0
  public internal(set) var byteCountAfter = 0
  /// Forgotten ids whose rows, traits and bytes are gone from the store.
  public internal(set) var erasedUsers = 0
  /// Who still used files that hold what was erased when the compaction ended: "process 123".
  public internal(set) var readers: [String] = []
  /// Snapshots of earlier ones may hold what was erased.
  let generation: UInt64

  init(generation: UInt64) { self.generation = generation }
}
