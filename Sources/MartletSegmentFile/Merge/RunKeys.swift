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
    return RunKeys.arrival(
      ofRow: row, user: batch.users[place],
      rank: source.origins == nil ? try source.run.ties().rank(ofRow: row) : nil, in: source)
  }

  /// - Parameters:
  ///   - user: whom the row lies under.
  ///   - rank: in the source, unless its rows moved.
  static func arrival(
    ofRow row: Int, user: UInt32, rank: UInt32?, in source: MergeSource
  ) -> Arrival {
    guard let origins = source.origins else {
      return Arrival(
        file: UInt32(source.file), rank: rank ?? 0, user: user, row: UInt32(row))
    }
    return Arrival(
      file: UInt32(source.file), rank: origins[row].rank, user: origins[row].user,
      row: origins[row].row)
  }
}
