package import MartletModel
package import MartletSegmentFile
package import RoaringBitmap

/// An immutable view of a store: its segment files and users at one commit.
package final class Snapshot: Sendable {
  /// In arrival order.
  package let segmentFiles: [SegmentFile]
  package let users: UserDirectory
  package let manifest: Manifest

  init(manifest: Manifest, segmentFiles: [SegmentFile], users: UserDirectory) {
    (self.manifest, self.segmentFiles, self.users) = (manifest, segmentFiles, users)
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

  /// The users with an event or a trait before `asOf`.
  package func universe(before asOf: Timestamp) throws(MartletError) -> RoaringBitmap {
    try users.universe(before: asOf.milliseconds, segmentFiles: segmentFiles)
  }
}
