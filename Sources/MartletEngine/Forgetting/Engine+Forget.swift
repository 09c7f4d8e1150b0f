import MartletEncoding
package import MartletModel
import MartletSegmentFile
import RoaringBitmap
import Synchronization

extension Engine {
  /// Makes users invisible to every snapshot taken from now on, and refuses their ids until they
  /// are admitted again. Commits what was appended. All ids of a user go with any of them.
  ///
  /// Their bytes stay on the disk until `compact`.
  /// - Returns: the ids that no user has.
  /// - Throws: `.io`, `.limit`, `.poisoned`; nobody is forgotten then.
  package func forget(_ ids: [Text]) throws(MartletError) -> [Text] {
    precondition(access == .readWrite, "a reader forgets nobody")
    return try writer.withLock { writer throws(MartletError) in
      try writer.checkUsable()
      if writer.hasUnsealed { try writer.checkRoom(fileCountMax: fileCountMax) }
      // The log must not bring back what is taken out of the table of users.
      try flush(&writer)
      var users: Set<UInt32> = []
      var unknown: [Text] = []
      for id in ids {
        if let ordinal = writer.users.find(Array(id.utf8).rawSpan) {
          users.insert(writer.identity.canonical(of: ordinal))
        } else {
          unknown.append(id)
        }
      }
      let ordinals = RoaringBitmap(sorted: writer.identity.ordinals(of: users).sorted())
      guard !ordinals.isEmpty else { return unknown }
      var manifest = writer.manifest
      for ordinal in ordinals {
        try manifest.forgotten.insert(writer.users.id(of: ordinal).rawSpan)
      }
      manifest.forgotten.ordinals.formUnion(ordinals)
      try publish(manifest, &writer)
      writer.users.forget(ordinals)
      mayRefuse.store(true, ordering: .releasing)
      return unknown
    }
  }

  /// Takes ids again that were forgotten; whoever comes with one is a new user.
  /// - Returns: the ids that were not forgotten.
  /// - Throws: `.io`, `.poisoned`; all stay forgotten then.
  package func admit(_ ids: [Text]) throws(MartletError) -> [Text] {
    precondition(access == .readWrite, "a reader admits nobody")
    return try writer.withLock { writer throws(MartletError) in
      try writer.checkUsable()
      var manifest = writer.manifest
      var unknown: [Text] = []
      for id in ids where !manifest.forgotten.remove(Array(id.utf8).rawSpan) { unknown.append(id) }
      guard unknown.count < ids.count else { return unknown }
      try publish(manifest, &writer)
      mayRefuse.store(manifest.refusesRows, ordering: .releasing)
      return unknown
    }
  }
}
