import MartletEngine
import MartletFiles
public import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// What a store holds and what it costs.
public struct StoreStatistics: Sendable {
  public struct EventType: Sendable {
    public let name: Text
    public let events: Int
    /// Users with at least one event of the type.
    public let users: Int
    public let earliest: Timestamp
    public let latest: Timestamp
  }

  /// Bytes of one kind of data.
  public struct Bytes: Sendable {
    /// `time`, `users`, `properties`, `dictionaries`, `any_bitmaps`, `insert_ids`, `directories`,
    /// `user_ids`, `first_seen`.
    public let kind: String
    public let byteCount: Int
  }

  public let events: Int
  public let traitUpdates: Int
  /// Users with an event or a trait, each once however many ids they have; forgotten ones excepted.
  public let users: Int
  /// Ids that are another's user: by an identity link.
  public let aliases: Int
  /// Forgotten ids whose rows and bytes `compact` has not erased yet; their rows count as events.
  public let forgottenNotErased: Int
  /// Events before it were dropped, and are refused; nil where nothing has expired.
  public let expiredBefore: Timestamp?
  /// Duplicates dropped since the store was made.
  public let duplicates: Int
  public let segmentFiles: Int
  /// Parts into which compaction has divided the store's time.
  public let partitions: Int
  /// Segment files that no compaction has divided by time yet.
  public let freshSegmentFiles: Int
  /// Events and trait updates that are in the log only.
  public let logRows: Int
  /// Bytes that those rows take in memory.
  public let logMemoryByteCount: Int
  /// In byte order of their names.
  public let eventTypes: [EventType]
  /// Names of properties and traits, in byte order.
  public let properties: [Text]
  /// Earliest and latest time of any event or trait update; nil for an empty store.
  public let timeRange: ClosedRange<Timestamp>?
  /// Of segment and user files.
  public let bytes: [Bytes]
  /// Bytes of segment and user files.
  public let byteCount: Int
}

extension Snapshot {
  /// What the store holds and what it costs.
  /// - Throws: `.corrupt` where a file is damaged.
  /// - Complexity: O(event types × files), and O(users) where a type spans several files, ids were
  ///   merged or users forgotten.
  public func statistics() throws(MartletError) -> StoreStatistics {
    var types: [Text: TypeTally] = [:]
    var (events, updates) = (0, 0)
    var kinds = [Int](repeating: 0, count: ByteKind.allCases.count)
    var range: ClosedRange<Int64>?
    let manifest = engine.manifest
    // The files behind those of the manifest are the log's rows, in memory.
    let stored = engine.segmentFiles.prefix(manifest.segmentFiles.count)
    let logged = engine.segmentFiles.dropFirst(stored.count)
    for file in engine.segmentFiles {
      for (index, entry) in file.directory.runs.enumerated() {
        let span = entry.earliest...entry.latest
        range = range.map { $0.joined(span) } ?? span
        guard let type = entry.eventType else {
          updates += entry.rowCount
          continue
        }
        events += entry.rowCount
        types[type, default: TypeTally()].add(entry, file, index)
      }
    }
    for file in stored {
      for (kind, count) in file.directory.byteCounts.enumerated() { kinds[kind] += Int(count) }
    }
    var eventTypes: [StoreStatistics.EventType] = []
    for (name, tally) in types.sorted(by: { $0.key < $1.key }) {
      eventTypes.append(try tally.statistics(name, of: engine))
    }
    var bytes = zip(ByteKind.allCases, kinds).map {
      StoreStatistics.Bytes(kind: $0.0.name, byteCount: $0.1)
    }
    let userBytes = engine.users.files.prefix(manifest.userFiles.count).map(\.byteCounts)
    bytes.append(.init(kind: "user_ids", byteCount: userBytes.reduce(0) { $0 + $1.ids }))
    bytes.append(.init(kind: "first_seen", byteCount: userBytes.reduce(0) { $0 + $1.firstSeen }))
    let files = manifest.segmentFiles + manifest.userFiles
    return StoreStatistics(
      events: events, traitUpdates: updates,
      users: try engine.universe(before: .afterAll).count, aliases: engine.identity.count,
      forgottenNotErased: manifest.forgotten.ordinals.count,
      expiredBefore: expiredBefore,
      duplicates: Int(engine.duplicateCount), segmentFiles: stored.count,
      partitions: manifest.partitionStarts.count + 1,
      freshSegmentFiles: stored.count - manifest.partitionedFileCount,
      logRows: logged.reduce(0) { $0 + $1.directory.runs.reduce(0) { $0 + $1.rowCount } },
      logMemoryByteCount: logged.reduce(0) { $0 + $1.bytes.count }, eventTypes: eventTypes,
      properties: engine.propertyNames,
      timeRange: range.map {
        Timestamp(milliseconds: $0.lowerBound)...Timestamp(milliseconds: $0.upperBound)
      },
      bytes: bytes, byteCount: files.reduce(0) { $0 + Int($1.byteCount) })
  }

  /// What the runs of one event type add up to.
  private struct TypeTally {
    private var events = 0
    private var range: ClosedRange<Int64>?
    private var runs: [(file: SegmentFile, index: Int, users: Int)] = []

    mutating func add(
      _ entry: SegmentFileDirectory.RunEntry, _ file: SegmentFile, _ index: Int
    ) {
      events += entry.rowCount
      let span = entry.earliest...entry.latest
      range = range.map { $0.joined(span) } ?? span
      runs.append((file, index, entry.userCount))
    }

    func statistics(
      _ name: Text, of snapshot: MartletEngine.Snapshot
    ) throws(MartletError) -> StoreStatistics.EventType {
      var users = runs[0].users
      let forgotten = snapshot.manifest.forgotten.ordinals
      if runs.count > 1 || !forgotten.isEmpty || !snapshot.identity.isEmpty {
        var bitmaps: [RoaringBitmap] = []
        for run in runs { bitmaps.append(try run.file.run(at: run.index).users()) }
        var found = RoaringBitmap.union(of: bitmaps)
        let aliases = found.intersection(snapshot.identity.aliases)
        found.subtract(aliases)
        found.formUnion(
          RoaringBitmap(sorted: snapshot.identity.canonicals(of: aliases).sorted()))
        found.subtract(forgotten)
        users = found.count
      }
      return StoreStatistics.EventType(
        name: name, events: events, users: users,
        earliest: Timestamp(milliseconds: range?.lowerBound ?? 0),
        latest: Timestamp(milliseconds: range?.upperBound ?? 0))
    }
  }
}

extension ClosedRange<Int64> {
  fileprivate func joined(_ other: ClosedRange<Int64>) -> ClosedRange<Int64> {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }
}
