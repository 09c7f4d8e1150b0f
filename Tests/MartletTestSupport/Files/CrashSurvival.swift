/// What of the unsynced work a crash leaves on a simulated disk.
///
/// A system may write back any part of it in any order, so a store must be right under all of
/// these (Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014).
public struct CrashSurvival: Hashable, Sendable {
  /// The bytes written since a file's last sync.
  public enum Bytes: Hashable, Sendable, CaseIterable {
    case kept, dropped, someKept, garbled
    /// Each sector for itself: kept, zeros, another file's old bytes, or garbage; the file may end
    /// at any of them.
    case sectors
  }
  /// The creations, renames and removals since the directory's last sync.
  public enum Entries: Hashable, Sendable, CaseIterable {
    case kept, dropped, firstKept
    /// Each for itself, so that a later one may survive an earlier one.
    case someKept
  }

  public var bytes: Bytes
  public var entries: Entries

  public init(bytes: Bytes, entries: Entries) { (self.bytes, self.entries) = (bytes, entries) }

  public static let all: [CrashSurvival] = Bytes.allCases.flatMap { bytes in
    Entries.allCases.map { CrashSurvival(bytes: bytes, entries: $0) }
  }
}
