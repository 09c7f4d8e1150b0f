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
  private let batches: KeyBatches
  let compressionLevel: Int
  private let keys: RunKeys
  /// By property, in ascending order of its number.
  private var properties: [PropertyMerge]
  /// Of one property at a time.
  private var cells = PropertyCells()
  private var insertIDs: InsertIDMerge
  private var rowsPerUser: IntegerPages
  private var times: IntegerPages
  private var users = RoaringBitmapBuilder()
  /// The upper half of the last user, and the lower halves of the users that share it.
  private var (key, lows): (UInt16, [UInt16]) = (0, [])
  private var userCount = 0
  private var rowCount = 0
  private var blocks: [RunDirectory.Block] = []
  private var (earliest, latest) = (Int64.max, Int64.min)
  private var tieRows: IntegerPages
  private var tieRanks: IntegerPages

  init(
    _ run: MergeRun, texts: MergedTexts, ranks: [[UInt32]]?, _ batches: KeyBatches,
    compressionLevel: Int
  ) throws(MartletError) {
    (self.run, self.ranks, self.batches) = (run, ranks, batches)
    self.compressionLevel = compressionLevel
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
    for range in batches.ranges(of: runs) {
      try keys.start(range)
      while let batch = try keys.next(batches) { try append(batch) }
    }
    return finish()
  }

  private mutating func append(_ batch: KeyBatch) throws(MartletError) {
    let order = try BatchOrder.order(of: batch, keys)
    try appendKeys(batch, order)
    let places = placesOfRows(batch)
    for index in properties.indices {
      try properties[index].append(batch, places, order, &cells, firstRow: rowCount)
    }
    try insertIDs.append(batch, places, order, firstRow: rowCount)
    rowCount += batch.count
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
      append(user, firstRow: rowCount + index)
    }
    if count > 0 { rowsPerUser.append(Int64(count)) }
  }

  private mutating func append(_ user: UInt32, firstRow: Int) {
    let userKey = UInt16(user >> 16)
    if lows.isEmpty || userKey != key {
      finishKey()
      key = userKey
      blocks.append(RunDirectory.Block(key: key, firstRow: firstRow))
    }
    lows.append(UInt16(truncatingIfNeeded: user))
    userCount += 1
  }

  private mutating func finishKey() {
    guard !lows.isEmpty else { return }
    users.append(key: key, lowValues: lows)
    lows.removeAll(keepingCapacity: true)
  }

  private func rank(of place: Int, in batch: KeyBatch) -> UInt32? {
    guard let ranks else { return nil }
    let part = batch.part(of: place)
    guard !ranks[part].isEmpty else { return nil }
    let rank = ranks[part][batch.parts[part].row(at: place)]
    return rank == 0 ? nil : rank - 1
  }

  private mutating func finish() -> Output {
    finishKey()
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
