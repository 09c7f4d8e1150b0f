package import MartletModel
package import MartletSegmentFile
package import RoaringBitmap
import Synchronization

/// An immutable view of a store: its segment files and users at one commit.
package final class Snapshot: Sendable {
  /// In arrival order, as far as they overlap in time; the rows of the log come last.
  package let segmentFiles: [SegmentFile]
  package let users: UserDirectory
  package let manifest: Manifest
  /// Duplicates dropped since the store was made.
  package let duplicateCount: UInt64
  /// Which ids are others' users.
  package let identity: IdentityTable
  /// Tells a writer in another process that files are in use; nil for the writer's own snapshots.
  let lease: ReaderLease?
  private let overlay = Mutex<IdentityOverlay??>(nil)

  init(
    manifest: Manifest, segmentFiles: [SegmentFile], users: UserDirectory,
    identity: IdentityTable, duplicateCount: UInt64, lease: ReaderLease?
  ) {
    (self.manifest, self.segmentFiles, self.users) = (manifest, segmentFiles, users)
    (self.identity, self.duplicateCount, self.lease) = (identity, duplicateCount, lease)
  }

  /// All event types, in byte order.
  package var eventTypes: [Text] {
    var types: Set<Text> = []
    for file in segmentFiles {
      for run in file.directory.runs { if let type = run.eventType { types.insert(type) } }
    }
    return types.sorted()
  }

  /// All property and trait names, in byte order.
  package var propertyNames: [Text] {
    var names: Set<Text> = []
    for file in segmentFiles { names.formUnion(file.directory.properties.map(\.name)) }
    return names.sorted()
  }

  /// The users with an event or a trait before `asOf`: forgotten ones excepted, and each once,
  /// however many ids are the user's.
  package func universe(before asOf: Timestamp) throws(MartletError) -> RoaringBitmap {
    var universe = try users.universe(before: asOf.milliseconds, segmentFiles: segmentFiles)
    if !identity.isEmpty {
      let aliases = universe.intersection(identity.aliases)
      universe.subtract(aliases)
      universe.formUnion(RoaringBitmap(sorted: identity.canonicals(of: aliases).sorted()))
    }
    universe.subtract(manifest.forgotten.ordinals)
    return universe
  }

  /// The ordinal of the user whom an id stands for; nil where no user has it.
  /// - Complexity: O(users): one pass over the stored ids.
  package func user(of id: Text) throws(MartletError) -> UInt32? {
    for ordinal in try users.ordinals(of: id)
    where !manifest.forgotten.ordinals.contains(ordinal) {
      return identity.canonical(of: ordinal)
    }
    return nil
  }

  /// The rows of users under more than one ordinal, put together; nil where there are none.
  /// - Complexity: at the first call, O(rows of the runs' blocks that hold those users).
  package func identityOverlay() throws(MartletError) -> IdentityOverlay? {
    if let known = overlay.withLock({ $0 }) { return known }
    let made = try IdentityOverlay(of: self)
    overlay.withLock { $0 = .some(made) }
    return made
  }
}
