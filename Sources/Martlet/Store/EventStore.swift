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
    /// Holds the store's lock until the store is released; creates the store where there is none.
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

  /// The store's directory.
  public var path: String { engine.path }

  /// Adds an event; it becomes durable and visible with `commit`.
  /// - Throws: `.limit` where an id, a name or a value is too long, `.badData` where it is empty;
  ///   the store is as before. `.io` or `.poisoned` as `commit`.
  public func append(_ event: Event) throws(MartletError) {
    try appendPending { builder throws(MartletError) in try builder.append(event) }
  }

  /// Adds a trait update; it becomes durable and visible with `commit`.
  /// - Throws: as `append(_: Event)`.
  public func append(_ update: TraitUpdate) throws(MartletError) {
    try appendPending { builder throws(MartletError) in try builder.append(update) }
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

  private func flush(_ builder: inout EventBatchBuilder) throws(MartletError) {
    guard builder.batch.count > 0 else { return }
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

  /// Makes everything appended so far durable, and visible to snapshots taken from now on.
  ///
  /// All or nothing: after a crash the store holds the whole commit or none of it.
  /// - Throws: `.io` where a write or sync fails; from then on `.poisoned`: close the store and
  ///   open it again, the last commit is intact.
  public func commit() throws(MartletError) {
    try pending.withLock { builder throws(MartletError) in
      try flush(&builder)
      try engine.commit()
    }
  }

  /// An immutable view of the last commit.
  /// - Throws: `.corrupt` where a file is missing or damaged.
  /// - Complexity: O(files): headers only.
  public func snapshot() throws(MartletError) -> Snapshot { Snapshot(try engine.snapshot()) }
}
