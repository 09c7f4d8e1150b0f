import MartletModel
import MartletSegmentFile

/// What was appended since the last commit, as the log would take it.
struct PendingCommit {
  private(set) var batches: [LogBatch] = []
  private(set) var edges: [IdentityEdge] = []
  /// Users whom the store had before.
  let firstNewUser: Int
  var duplicateCount: UInt64 = 0
  /// Roughly the bytes of a record of it.
  private(set) var byteCount = 0
  private var rowCount = 0
  private var nameCount = 0
  /// With it every count of a record keeps to the limits of `LogFormat`.
  private static let byteCountMax = 32 << 20
  /// Whether it is more than the log should take; its rows go into a segment file at once.
  private(set) var isBulk = false

  init(firstNewUser: Int) { self.firstNewUser = firstNewUser }

  mutating func append(_ batch: LogBatch, limit: Int) {
    byteCount += batch.byteCount
    rowCount += batch.batch.count
    nameCount += batch.batch.eventTypes.count + batch.batch.propertyNames.count
    if byteCount > min(limit, PendingCommit.byteCountMax) || rowCount > LogFormat.rowCountMax
      || nameCount > LogFormat.nameCountMax
    {
      isBulk = true
    }
    // The rows lie in the buffer too; a segment file is made of that.
    if isBulk { batches = [] } else { batches.append(batch) }
  }

  mutating func append(_ edge: IdentityEdge) {
    edges.append(edge)
    if edges.count > LogFormat.partCountMax { isBulk = true }
  }

  /// Leaves the log out of the next commit, since it was not told of every row in the buffer.
  mutating func bypassLog() { (isBulk, batches) = (true, []) }

  /// Whether a commit would do anything.
  func isEmpty(userCount: Int) -> Bool {
    !isBulk && batches.isEmpty && edges.isEmpty && duplicateCount == 0
      && userCount == firstNewUser
  }
}

extension LogBatch {
  /// Roughly what the rows cost in a record, before compression.
  fileprivate var byteCount: Int {
    batch.bytes.count + batch.count * 24 + (batch.cells.count + batch.items.count) * 12
  }
}
