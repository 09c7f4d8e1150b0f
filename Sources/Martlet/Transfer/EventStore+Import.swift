import MartletEngine
public import MartletImport
import MartletModel
import RoaringBitmap

extension EventStore {
  /// Imports the events of files.
  ///
  /// Commits whenever a segment file is full, and at the end: each commit holds whole batches, in
  /// the order of the input. Importing the same files again adds nothing where the events carry
  /// insert ids. Files that pile up are compacted in the end.
  /// - Parameters:
  ///   - inputs: the files.
  ///   - options: what they are, and how they are to be read.
  ///   - onRejects: takes the lines that gave no row, and the rows that the store refuses.
  ///   - onProgress: called after each batch; false ends the import there, with a commit.
  /// - Returns: what was done; all of it is durable.
  /// - Throws: as `ImportPipeline.run`, and as `append` and `commit`. What was decoded before a
  ///   failure of the input is committed first; the error's remedy says what is durable.
  public func importEvents(
    from inputs: ImportInputs, options: ImportOptions = ImportOptions(),
    onRejects: ([Reject]) throws -> Void = { _ in },
    onProgress: (ImportStep) -> Bool = { _ in true }
  ) throws -> ImportSummary {
    let clock = ContinuousClock()
    let start = clock.now
    var sink = ImportSink(self, byteCount: inputs.byteCount, rejectLimit: options.rejectLimit)
    var (remarks, wasStopped): ([String], Bool) = ([], false)
    do {
      let report = try ImportPipeline(options: options).run(inputs.sources) {
        batch, rejects, progress in
        if !rejects.isEmpty { try onRejects(rejects) }
        try sink.take(batch, rejectCount: rejects.count, progress, onRefusals: onRejects)
        if !onProgress(sink.step) { throw StopRequest() }
      }
      sink.endFile()
      remarks = report.remarks
    } catch is StopRequest {
      wasStopped = true
    } catch let error as MartletError {
      throw try failure(error, &sink)
    }
    try sink.commit()
    var summary = sink.committed
    if !wasStopped { try compactAfterImport() }
    summary.users = try engine.snapshot().universe(before: .afterAll).count
    summary.duration = clock.now - start
    summary.remarks = remarks + ImportRemarks.refusals(in: summary)
    summary.wasStopped = wasStopped
    return summary
  }

  private func compactAfterImport() throws(MartletError) {
    do throws(MartletError) {
      try compactFreshFiles()
    } catch {
      var error = error
      let kept = "the import is complete and durable"
      error.remedy = error.remedy.map { "\($0); \(kept)" } ?? kept
      throw error
    }
  }

  /// Thrown through the pipeline where the caller asked to stop.
  private struct StopRequest: Error {}

  /// Commits what came before an error, and says in its remedy what is durable.
  private func failure(
    _ error: MartletError, _ sink: inout ImportSink
  ) throws(MartletError) -> MartletError {
    var error = error
    // Once the store has failed nothing can be committed any more; the last commit stands.
    if !sink.storeHasFailed { try sink.commit() }
    let durable = sink.committed
    let counts = "\(durable.imported) events and \(durable.traitUpdates) trait updates"
    let kept = "what came before is durable: \(counts)"
    error.remedy = error.remedy.map { "\($0); \(kept)" } ?? kept
    return error
  }
}
