/// How a store spends memory, time and bytes.
public struct StoreConfiguration: Hashable, Sendable {
  /// When a commit is on the disk.
  public enum Durability: Hashable, Sendable {
    /// Before it is acknowledged: it survives a power cut. The default. Commits of several threads
    /// share one sync.
    case full
    /// At most this long after it is acknowledged: a power cut may take the commits of that time,
    /// the latest first and each whole. The end of the process takes none.
    case interval(Duration)
    /// When the system gets round to it: a power cut may take the commits since the rows last went
    /// into a segment file. The end of the process takes none.
    case none
  }

  /// Who merges small segment files into larger ones.
  public enum Compaction: Hashable, Sendable {
    /// The store, in the background, as files pile up. The default.
    case automatic
    /// Only `EventStore.compact()`.
    case manual
  }

  /// Bytes of buffered rows at which they are sealed into a segment file. Larger makes fewer and
  /// larger files (faster questions, fewer bytes) and costs about twice as much memory while
  /// sealing. Default 256 MiB.
  public var bufferByteCount: Int = 256 << 20
  /// zstd level of pages and blocks, 1...19. Higher makes smaller files and slower imports.
  /// Default 3.
  public var compressionLevel: Int = 3
  /// When a commit is on the disk. Default `full`.
  public var durability: Durability = .full
  /// Bytes of the write-ahead log at which its rows go into a segment file; a commit of more rows
  /// than that goes there at once. Larger makes fewer and larger files, and readers in other
  /// processes, which read the log first, slower to start. Default 4 MiB.
  public var logByteCount: Int = 4 << 20
  /// Bytes that compaction lets a segment file reach, roughly, before it divides the file's time
  /// into two partitions. It is also what a merge holds in memory. Default 256 MiB.
  public var segmentFileByteCount: Int = 256 << 20
  /// Days that a partition has at least, however many bytes they hold. Default 1.
  public var partitionDayCount: Int = 1
  /// Who merges segment files. Default `automatic`.
  public var compaction: Compaction = .automatic

  public init() {}
}
