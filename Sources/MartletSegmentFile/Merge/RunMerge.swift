import MartletEncoding
import MartletModel
import RoaringBitmap

/// Merges the runs of one event type, or of trait updates, batch by batch of users.
struct RunMerge {
  /// A merged run and the fingerprints of its insert ids.
  struct Output {
    var run: EncodedRun
    var fingerprints: [UInt64]
  }

  let run: MergeRun
  /// By source, see `MergedTies`; nil where no row needs a rank.
  let ranks: [[UInt32]]?
  let compressionLevel: Int
  private let keys: RunKeys
  /// By property, in ascending order of its number.
  private var properties: [PropertyMerge]
  private var insertIDs: InsertIDMerge
  private var rowsPerUser: IntegerPages
  private var times: IntegerPages
  private var users = RoaringBitmapBuilder()
  private var userCount = 0
  private var rowCount = 0
  private var blocks: [RunDirectory.Block] = []
  private var (earliest, latest) = (Int64.max, Int64.min)
  private var tieRows: IntegerPages
  private var tieRanks: IntegerPages

  init(
    _ run: MergeRun, texts: MergedTexts, ranks: [[UInt32]]?, compressionLevel: Int
  ) throws(MartletError) {
    (self.run, self.ranks, self.compressionLevel) = (run, ranks, compressionLevel)
    keys = try RunKeys(run)
    properties = try PropertyMerge.all(of: run, texts, compressionLevel: compressionLevel)
    insertIDs = try InsertIDMerge(run, compressionLevel: compressionLevel)
    rowsPerUser = IntegerPages(compressionLevel: compressionLevel)
    times = IntegerPages(compressionLevel: compressionLevel)
    tieRows = IntegerPages(compressionLevel: compressionLevel)
    tieRanks = IntegerPages(compressionLevel: compressionLevel)
  }

  /// - Complexity: O(rows)
  mutating func encode() throws(MartletError) -> Output {
    let runs = run.sources.map(\.run)
    for range in KeyBatches.ranges(of: runs, rowCount: KeyBatches.rowCount) {
      let batch = try keys.next(range)
      let order = try BatchOrder.order(of: batch, keys)
      try appendKeys(batch, order)
      let places = placesOfRows(batch)
      for index in properties.indices {
        try properties[index].append(batch, places, order, firstRow: rowCount)
      }
      try insertIDs.append(batch, places, order, firstRow: rowCount)
      rowCount += batch.count
    }
    return finish()
  }

  /// For each part of which not all rows are kept, the place of each of its rows, or -1.
  private func placesOfRows(_ batch: KeyBatch) -> [[Int32]?] {
    batch.parts.map { part in
      guard let kept = part.keptRows else { return nil }
      var places = [Int32](repeating: -1, count: part.rows.count)
      for (index, row) in kept.enumerated() {
        places[Int(row) - part.rows.lowerBound] = Int32(part.start + index)
      }
      return places
    }
  }

  private mutating func appendKeys(_ batch: KeyBatch, _ order: [UInt32]) throws(MartletError) {
    var (lows, key): ([UInt16], UInt32) = ([], 0)
    var (previous, count) = (UInt32.max, 0)
    for (index, place) in order.enumerated() {
      let (user, time) = (batch.users[Int(place)], batch.times[Int(place)])
      (earliest, latest) = (min(earliest, time), max(latest, time))
      times.append(time)
      if let rank = rank(of: Int(place), in: batch) {
        tieRows.append(Int64(rowCount + index))
        tieRanks.append(Int64(rank))
      }
      count += 1
      guard user != previous || index == 0 else { continue }
      if index > 0 { rowsPerUser.append(Int64(count - 1)) }
      (previous, count) = (user, 1)
      userCount += 1
      if lows.isEmpty || user >> 16 != key {
        if !lows.isEmpty { users.append(key: UInt16(key), lowValues: lows) }
        (lows, key) = ([], user >> 16)
        blocks.append(RunDirectory.Block(key: UInt16(key), firstRow: rowCount + index))
      }
      lows.append(UInt16(truncatingIfNeeded: user))
    }
    if count > 0 { rowsPerUser.append(Int64(count)) }
    if !lows.isEmpty { users.append(key: UInt16(key), lowValues: lows) }
  }

  private func rank(of place: Int, in batch: KeyBatch) -> UInt32? {
    guard let ranks else { return nil }
    let part = batch.part(of: place)
    guard !ranks[part].isEmpty else { return nil }
    let rank = ranks[part][batch.parts[part].row(at: place)]
    return rank == 0 ? nil : rank - 1
  }

  private mutating func finish() -> Output {
    var sink = BlockSink(compressionLevel: compressionLevel)
    let users = users.finish()
    var columns: [ColumnEntry] = []
    for index in properties.indices {
      columns += properties[index].finish(rowCount: rowCount, into: &sink)
    }
    let ids = insertIDs.finish(rowCount: rowCount, into: &sink)
    let directory = RunDirectory(
      rowCount: rowCount, users: sink.append(users, as: .users), userCount: userCount,
      blocks: blocks, rowsPerUser: rowsPerUser.finish(into: &sink, as: .users),
      times: times.finish(into: &sink, as: .time),
      tieRows: tieRows.finish(into: &sink, as: .directories),
      tieRanks: tieRanks.finish(into: &sink, as: .directories),
      sentRows: ids.sentRows, sentUsers: ids.sentUsers, insertIDPresence: ids.presence,
      insertIDs: ids.ids, columns: columns)
    let run = EncodedRun(
      eventType: run.eventType, sink: sink, directory: directory, users: users,
      earliest: earliest, latest: latest)
    return Output(run: run, fingerprints: insertIDs.fingerprints)
  }
}
