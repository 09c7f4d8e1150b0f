import MartletEngine
import MartletFiles
public import MartletModel
import Synchronization

/// A store of events on disk.
///
/// ```swift
/// let store = try EventStore(at: "/var/lib/app/events")
/// try store.append(Event(user: "u42", type: "Purchase", at: .now, ["amount": 120.5]))
/// try store.commit()
/// print(try store.snapshot().count("count(Purchase in last 90 days) >= 3"))
/// ```
///
/// One writer at a time, in whatever process; any number of readers beside it. A store is safe to
/// use from several threads.
public final class EventStore: Sendable {
  /// What a store is opened for.
  public enum Access: Hashable, Sendable {
    /// Sees every commit of whatever process; takes no lock.
    case readOnly
    /// Holds the store's lock until the store is closed or released; creates the store where there
    /// is none.
    case readWrite
  }

  let engine: Engine
  /// Events appended one at a time, until enough are together to hand on.
  private let pending = Mutex(EventBatchBuilder())

  private static let pendingRowCountMax = 8192
  private static let pendingByteCountMax = 16 << 20

  /// Opens a store.
  /// - Parameters:
  ///   - path: the store's directory.
  ///   - access: default: read and write.
  ///   - configuration: memory and compression; every field has a default.
  /// - Throws: `.noInput` where a reader finds no store, `.locked` where another writer holds it,
  ///   `.corrupt` or `.tooNew` where it cannot be read, `.io` where the system refuses.
  public init(
    at path: String, access: Access = .readWrite,
    configuration: StoreConfiguration = StoreConfiguration()
  ) throws(MartletError) {
    engine = try Engine(
      at: path, access: access == .readOnly ? .readOnly : .readWrite,
      fileSystem: POSIXFileSystem(), configuration: configuration)
  }

  deinit { engine.stop() }

  /// The store's directory.
  public var path: String { engine.path }

  /// Adds an event; it becomes durable and visible with `commit`.
  /// - Throws: `.limit` where an id, a name or a value is too long, `.badData` where it is empty,
  ///   `.refused` where the user was forgotten or the event is older than what the store keeps;
  ///   the store is as before. `.io` or `.poisoned` as `commit`.
  public func append(_ event: Event) throws(MartletError) {
    try engine.checkAdmitted(event.user, eventAt: event.timestamp)
    try appendPending { builder throws(MartletError) in try builder.append(event) }
  }

  /// Adds a trait update; it becomes durable and visible with `commit`.
  /// - Throws: as `append(_: Event)`.
  public func append(_ update: TraitUpdate) throws(MartletError) {
    try engine.checkAdmitted(update.user, eventAt: nil)
    try appendPending { builder throws(MartletError) in try builder.append(update) }
  }

  /// Notes that an anonymous id is a user's: all its events, earlier ones too, are the user's from
  /// the next `commit` on. The first user of an id keeps it.
  /// - Throws: as `append(_: Event)`.
  public func identify(_ anonymousID: Text, as user: Text) throws(MartletError) {
    try engine.checkAdmitted(user, eventAt: nil)
    try appendPending { builder throws(MartletError) in
      try builder.link(.alias, from: anonymousID, to: user)
    }
  }

  /// Notes that one user is another: all events of the first are the second's from the next
  /// `commit` on. It cannot be undone.
  /// - Throws: as `append(_: Event)`.
  public func merge(_ user: Text, into other: Text) throws(MartletError) {
    try engine.checkAdmitted(other, eventAt: nil)
    try appendPending { builder throws(MartletError) in
      try builder.link(.merge, from: user, to: other)
    }
  }

  private func appendPending(
    _ body: (inout EventBatchBuilder) throws(MartletError) -> Void
  ) throws(MartletError) {
    try pending.withLock { builder throws(MartletError) in
      try body(&builder)
      if builder.batch.count >= EventStore.pendingRowCountMax
        || builder.batch.bytes.count >= EventStore.pendingByteCountMax
      {
        try flush(&builder)
      }
    }
  }

  /// Hands what was appended to the engine.
  func appendAllPending() throws(MartletError) {
    try pending.withLock { builder throws(MartletError) in try flush(&builder) }
  }

  private func flush(_ builder: inout EventBatchBuilder) throws(MartletError) {
    guard builder.batch.count > 0 || !builder.batch.links.isEmpty else { return }
    _ = try engine.append(builder.batch)
    builder = EventBatchBuilder()
  }

  /// Adds many rows at once: the way to ingest fast.
  /// - Parameter batch: rows in arrival order, laid out as `EventBatch` describes.
  /// - Returns: how many rows were taken, and how many were duplicates.
  /// - Throws: as `append(_: Event)`.
  @discardableResult
  public func append(_ batch: EventBatch) throws(MartletError) -> AppendSummary {
    try pending.withLock { builder throws(MartletError) in
      try flush(&builder)
      return try engine.append(batch)
    }
  }

  /// Makes everything appended so far durable, as `StoreConfiguration.durability` says, and visible
  /// to snapshots taken from now on, in other processes too: also what other threads have appended.
  /// Rows that must be committed together are appended together, as a batch.
  ///
  /// All or nothing: after a crash the store holds the whole commit or none of it. A commit that
  /// throws may be there or not once the store is opened again.
  /// - Throws: `.io` where a write or sync fails; from then on `.poisoned`: close the store and
  ///   open it again, the last commit is intact. `.limit` where the store has as many segment files
  ///   as it may: `compact` helps, and commits.
  public func commit() throws(MartletError) {
    try pending.withLock { builder throws(MartletError) in
      try flush(&builder)
      try engine.commit()
    }
  }

  /// Commits, and puts all rows into segment files: readers in other processes, and the next
  /// writer, then have no log to read. A bulk import does it; a service need not.
  /// - Throws: as `commit`.
  public func flush() throws(MartletError) {
    try pending.withLock { builder throws(MartletError) in
      try flush(&builder)
      try engine.flush()
    }
  }

  /// Ends the use of a writer, and gives its lock back; what was appended since the last commit
  /// goes.
  ///
  /// Waits for a compaction in the background, which ends at its next file. Afterwards the store
  /// writes no more, and snapshots can be taken as before. Commits are as safe without it. With it,
  /// a log that was cut short afterwards is told from one that a crash left so.
  /// - Throws: `.io`, `.poisoned` after an earlier failed write; the lock is given back all the
  ///   same.
  public func close() throws(MartletError) {
    defer { engine.stop() }
    try engine.close()
  }

  /// An immutable view of the last commit.
  /// - Throws: `.corrupt` where a file is missing or damaged.
  /// - Complexity: O(files): headers only.
  public func snapshot() throws(MartletError) -> Snapshot { Snapshot(try engine.snapshot()) }
}
