import MartletFiles
import MartletModel
import MartletSegmentFile
package import RoaringBitmap

/// The users some of whose rows lie under an ordinal that became another's, and all their rows
/// under the right one.
///
/// A question's answer for a user depends on that user's rows only. So it is asked twice: of the
/// files, for all other users, and of a snapshot that holds these users' rows only. Compaction
/// rewrites the rows, and the overlay is empty again.
package struct IdentityOverlay: Sendable {
  /// Every ordinal of those users: what the files say of them does not count.
  package let replaced: RoaringBitmap
  /// The ordinals that stand for those users.
  package let users: RoaringBitmap
  /// Their rows, and no others.
  package let snapshot: Snapshot

  /// nil where every row lies under the ordinal that stands for its user.
  init?(of whole: Snapshot) throws(MartletError) {
    guard !whole.identity.isEmpty else { return nil }
    let aliases = whole.identity.aliases
    var found = RoaringBitmap()
    for file in whole.segmentFiles {
      found.formUnion(try file.anyUsers().intersection(aliases))
      if let traits = try file.traitRun() {
        found.formUnion(try traits.users().intersection(aliases))
      }
    }
    found.subtract(whole.manifest.forgotten.ordinals)
    guard !found.isEmpty else { return nil }
    let canonicals = whole.identity.canonicals(of: found)
    users = RoaringBitmap(sorted: canonicals.sorted())
    replaced = RoaringBitmap(sorted: whole.identity.ordinals(of: canonicals).sorted())
    var selection = SegmentFileMerge.Selection()
    (selection.users, selection.canonical) = (replaced, whole.identity.ordinalMap)
    (selection.keepsCorrections, selection.keepsEdges) = (false, false)
    // It lives in memory, for as long as the snapshot.
    let merge = SegmentFileMerge(whole.segmentFiles, selection, compressionLevel: 1)
    let arrival = whole.manifest.nextArrivalNumber
    let content = try merge.encode(arrivalNumber: arrival) ?? FileContent()
    let file = try SegmentFile(FileBytes(content, name: "the rows of users with several ids"))
    snapshot = Snapshot(
      manifest: whole.manifest, segmentFiles: [file], users: whole.users,
      identity: IdentityTable(), duplicateCount: whole.duplicateCount, lease: nil)
  }
}
