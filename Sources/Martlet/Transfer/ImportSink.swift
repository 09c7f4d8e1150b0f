import MartletEngine
import MartletImport
import MartletModel

/// Appends the batches of an import to a store, commits, and counts.
struct ImportSink {
  private let store: EventStore
  private let rejectLimit: Int?
  private(set) var step: ImportStep
  /// What was taken up to the last commit.
  private(set) var committed = ImportSummary()
  /// Whether the store refused a batch or a commit.
  private(set) var storeHasFailed = false
  private var current = ImportProgress()
  /// Bytes of the files before the current one.
  private var earlierByteCount = 0

  /// - Parameter rejectLimit: rejects that are allowed, those of the pipeline included.
  init(_ store: EventStore, byteCount: Int?, rejectLimit: Int?) {
    (self.store, self.rejectLimit) = (store, rejectLimit)
    step = ImportStep(byteCount: byteCount)
  }

  /// Takes a batch; commits where it filled a segment file, so that a later failure costs little.
  /// - Parameter onRefusals: takes the rows that the store refuses, as rejects.
  mutating func take(
    _ batch: EventBatch, rejectCount: Int, _ progress: ImportProgress,
    onRefusals: ([Reject]) throws -> Void
  ) throws {
    let appended = try append(batch)
    let refusedUpdates = appended.refusals.count {
      batch.types[$0.row] == EventBatch.traitUpdate
    }
    let updates = batch.types.count { $0 == EventBatch.traitUpdate } - refusedUpdates
    step.summary.imported += appended.appended - updates
    step.summary.traitUpdates += updates
    step.summary.duplicates += appended.duplicates
    step.summary.identified += appended.identified
    step.summary.ignoredLinks += appended.ignoredLinks
    step.summary.rejected += rejectCount
    let refused = batch.rejects(of: appended.refusals, file: progress.file)
    if !refused.isEmpty {
      for refusal in appended.refusals { count(refusal.reason) }
      try onRefusals(refused)
    }
    if progress.file != current.file { endFile() }
    current = progress
    step.file = progress.file
    step.summary.byteCount = earlierByteCount + progress.bytesRead
    if appended.didSeal { try commit() }
    if let last = refused.last, let rejectLimit, step.summary.rejected > rejectLimit {
      throw MartletError(
        .badData, file: last.file, place: last.place,
        "more than \(rejectLimit) lines were rejected; this one because: \(last.reason)",
        remedy: "see the rejects, or allow more of them")
    }
  }

  /// Counts the current file as read to its end.
  mutating func endFile() {
    earlierByteCount += current.byteCount ?? current.bytesRead
    current = ImportProgress()
    step.summary.byteCount = earlierByteCount
  }

  mutating func commit() throws(MartletError) {
    do throws(MartletError) {
      try store.flush()
    } catch {
      storeHasFailed = true
      throw error
    }
    committed = step.summary
  }

  private mutating func count(_ reason: AppendSummary.Refusal.Reason) {
    step.summary.rejected += 1
    switch reason {
    case .forgottenUser: step.summary.refusedForgotten += 1
    case .expired: step.summary.refusedExpired += 1
    }
  }

  private mutating func append(_ batch: EventBatch) throws(MartletError) -> AppendSummary {
    do throws(MartletError) {
      return try store.append(batch)
    } catch {
      storeHasFailed = true
      throw error
    }
  }
}
