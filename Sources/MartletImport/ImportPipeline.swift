public import MartletModel

/// Reads the events of foreign files into batches.
///
/// The bytes are read and decompressed in order, decoded on several threads, and handed out in
/// order on the calling thread; neither the batches' rows nor the rejects depend on the number of
/// threads. Memory holds a few chunks, whatever the length of the input.
///
///     let pipeline = ImportPipeline(options: ImportOptions())
///     let sources = [ImportSource(path: "events.ndjson.gz")]
///     let report = try pipeline.run(sources) { batch, rejects, progress in
///       try store.append(batch)
///     }
public struct ImportPipeline: Sendable {
  /// Rejects without a single row after which a source is given up, where the caller sets no
  /// bound of its own.
  public static let hopelessRejectCount = 1000

  private let options: ImportOptions

  public init(options: ImportOptions = ImportOptions()) { self.options = options }

  /// Takes the rows of some lines and the rejects among them, in the order of the input.
  public typealias Consumer = (EventBatch, [Reject], ImportProgress) throws -> Void

  /// Reads the sources one after the other.
  ///
  /// What was handed out before an error stays valid.
  /// - Throws: `.noInput` for a source that does not exist; `.badData` for one that is not what
  ///   the options say, is damaged or cut off, gives rejects but not one row, or exceeds
  ///   `rejectLimit`; `.io`; and whatever `consume` throws.
  public func run(_ sources: [ImportSource], _ consume: Consumer) throws -> ImportReport {
    var session = ImportSession(options: options)
    for source in sources { try session.run(source, consume) }
    return session.finishedReport
  }
}
