import MartletModel

/// Reads users and times of all sources of a run, front to back.
///
/// A class, so that readers of several runs can be used in place from several threads; each is used
/// by one at a time.
final class RunKeys {
  let run: MergeRun
  private var readers: [SourceKeys] = []

  init(_ run: MergeRun) throws(MartletError) {
    self.run = run
    for source in run.sources { readers.append(try SourceKeys(source)) }
  }

  /// Goes to the next `keys`. Calls cover all keys, in ascending order; the rows of those before
  /// were read.
  func start(_ keys: Range<Int>) throws(MartletError) {
    for index in readers.indices { try readers[index].start(keys) }
  }

  /// The next batch of the rows of the started keys; nil where none is left.
  /// - Complexity: O(rows + sources · log² users)
  func next(_ batches: KeyBatches) throws(MartletError) -> KeyBatch? {
    guard let last = batches.lastUser(of: readers) else { return nil }
    var batch = KeyBatch()
    for index in readers.indices { try readers[index].read(upTo: last, into: &batch) }
    return batch
  }

  /// Where the row of a place stood in the order of arrival, among rows of its time.
  func arrival(of place: Int, in batch: KeyBatch) throws(MartletError) -> Arrival {
    let part = batch.part(of: place)
    let row = batch.parts[part].row(at: place)
    let source = run.sources[part]
    let rank = source.origins == nil ? try source.run.ties().rank(ofRow: row) : nil
    return Arrival(
      ofRow: UInt32(row), user: batch.users[place], rank: rank ?? 0, file: UInt32(source.file),
      origins: source.origins)
  }
}
