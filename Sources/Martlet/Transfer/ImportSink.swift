import MartletEngine
import MartletImport
import MartletModel

/// Appends the batches of an import to a store, commits, and counts.
struct ImportSink {
  private let store: EventStore
  private(set) var step: ImportStep
  /// What was taken up to the last commit.
  private(set) var committed = ImportSummary()
  /// Whether the store refused a batch or a commit.
  private(set) var storeHasFailed = false
  private var current = ImportProgress()
  /// Bytes of the files before the current one.
  private var earlierByteCount = 0

  init(_ store: EventStore, byteCount: Int?) {
    self.store = store
    step = ImportStep(byteCount: byteCount)
  }

  /// Takes a batch; commits where it filled a segment file, so that a later failure costs little.
  mutating func take(
    _ batch: EventBatch, rejectCount: Int, _ progress: ImportProgress
  ) throws(MartletError) {
    let appended = try append(batch)
    let updates = batch.types.count { $0 == EventBatch.traitUpdate }
    step.summary.imported += appended.appended - updates
    step.summary.traitUpdates += updates
    step.summary.duplicates += appended.duplicates
    step.summary.rejected += rejectCount
    if progress.file != current.file { endFile() }
    current = progress
    step.file = progress.file
    step.summary.byteCount = earlierByteCount + progress.bytesRead
    if appended.didSeal { try commit() }
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

  private mutating func append(_ batch: EventBatch) throws(MartletError) -> AppendSummary {
    do throws(MartletError) {
      return try store.append(batch)
    } catch {
      storeHasFailed = true
      throw error
    }
  }
}
