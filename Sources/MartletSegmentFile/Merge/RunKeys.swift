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

  /// The rows of the next `keys`; calls cover all keys, in ascending order.
  func next(_ keys: Range<Int>) throws(MartletError) -> KeyBatch {
    var batch = KeyBatch()
    for index in readers.indices { try readers[index].read(keys, into: &batch) }
    return batch
  }

  /// Where the row of a place stood in the order of arrival, among rows of its user and time.
  func arrival(of place: Int, in batch: KeyBatch) throws(MartletError) -> Arrival {
    let part = batch.part(of: place)
    let source = run.sources[part]
    let row = batch.parts[part].row(at: place)
    if let origins = source.origins {
      let origin = origins[row]
      return Arrival(
        file: source.file, rank: origin.rank, user: origin.user, row: origin.row)
    }
    return Arrival(
      file: source.file, rank: try source.run.rank(ofRow: row) ?? 0, user: batch.users[place],
      row: UInt32(row))
  }
}
