import MartletEngine
import MartletFiles
public import MartletModel

extension EventStore {
  /// Reads every byte of the store in a directory, and holds all that it says against everything
  /// else it says: checksums, order, counts, indexes against rows, ids, identities, the log.
  ///
  /// ```swift
  /// let report = try EventStore.verify(at: "/var/lib/app/events")
  /// for problem in report.problems { print(problem) }
  /// ```
  ///
  /// Changes nothing, and needs no store that can be opened. May run beside a writer: it sees one
  /// commit. What is wrong is listed in the report, and is no error.
  /// - Throws: `.noInput` where there is no store, `.io` where the directory cannot be read.
  /// - Complexity: O(bytes of the store); memory for the rows of 65,536 users, and about 48 bytes
  ///   a user.
  public static func verify(at path: String) throws(MartletError) -> VerificationReport {
    try Engine.verify(at: path, POSIXFileSystem())
  }

  /// Makes a damaged store whole again, as far as what is left of it allows.
  ///
  /// Runs, files and ids that are damaged are left out, and the report lists each with what it
  /// held; what follows from the rows (indexes, first-seen times) is made anew without a loss. A
  /// log is kept up to its first damage. A damaged manifest cannot be repaired: nothing else tells
  /// which files make up the store.
  ///
  /// Atomic: after a crash there is the old store or the repaired one. Nothing is destroyed: the
  /// store's files, as they were, lie in a directory `damaged-N` within the store, which takes as
  /// much room as they do and can be removed. A store that is not damaged stays as it is.
  /// - Throws: `.noInput` where there is no store, `.locked` where a writer has it, `.corrupt` or
  ///   `.tooNew` where the manifest cannot be read, `.io`; the store is as it was then.
  /// - Complexity: O(bytes of the store)
  public static func repair(at path: String) throws(MartletError) -> RepairReport {
    try Engine.repair(at: path, POSIXFileSystem())
  }

  /// Copies the store as its last commit left it, while this and other processes go on to read,
  /// commit and compact. The copy is a store of its own.
  ///
  /// Every byte of the copy is on the disk when the call returns. The manifest is written last:
  /// what a crash leaves of a copy is no store, and is removed before the next try.
  /// - Parameter path: a directory that does not exist, or is empty.
  /// - Throws: `.usage` where the directory holds anything, `.corrupt` where a file of the store is
  ///   missing or of the wrong length, or the log is damaged, `.io`.
  /// - Complexity: O(bytes of the store)
  @discardableResult
  public func backup(to path: String) throws(MartletError) -> BackupSummary {
    try engine.backup(to: path)
  }
}
