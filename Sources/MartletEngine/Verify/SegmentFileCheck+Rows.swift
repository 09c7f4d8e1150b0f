import MartletEncoding
import MartletModel
import MartletSegmentFile
import RoaringBitmap

extension SegmentFileCheck {
  /// Rows of one run whose users share the upper half of their ordinals.
  struct RowBlock {
    var run: Int
    var firstRow: Int
    /// Lower halves of ordinals, a row each.
    var users: [UInt32]
    var times: [Int64]
  }

  /// Goes through the rows of all runs, block by block of users.
  mutating func checkRows(lowering firstSeen: inout [Int64]) {
    var keys: Set<UInt16> = []
    for run in soundRuns.values { keys.formUnion(run.directory.blocks.map(\.key)) }
    let traits = soundRuns.filter { $0.value.entry.eventType == nil }
    var eventTies = TieCheck(soundRuns.filter { traits[$0.key] == nil })
    var traitTies = TieCheck(traits)
    for key in keys.sorted() {
      var (blocks, traitBlocks): ([RowBlock], [RowBlock]) = ([], [])
      for index in soundRuns.keys.sorted() {
        if let block = rows(ofRun: index, key: key) {
          lower(&firstSeen, block, key: key)
          checkIDs(block, key: key)
          if traits[index] == nil { blocks.append(block) } else { traitBlocks.append(block) }
        }
      }
      addDays(blocks, key: key)
      eventTies.add(blocks, key: key)
      traitTies.add(traitBlocks, key: key)
    }
    // Without the rows of a damaged run nobody can tell.
    if isWhole, let fault = eventTies.fault ?? traitTies.fault {
      findings.note(derived("ranks"), fault)
    }
    for (index, run) in soundRuns {
      guard let found = timeRanges[index], found != run.timeRange else { continue }
      findings.note(
        derived("the directory"), "\(run.name): its time range is not that of its rows")
    }
  }

  /// The rows of a run; nil where it has none, or they are damaged, which is noted.
  private mutating func rows(ofRun index: Int, key: UInt16) -> RowBlock? {
    guard let run = soundRuns[index] else { return nil }
    let keys = Int(key)..<Int(key) + 1
    let rows = run.rows(ofKeys: keys)
    guard !rows.isEmpty else { return nil }
    let place = place(run, index)
    let read = findings.attempt(place) { () throws(MartletError) in
      RowBlock(
        run: index, firstRow: rows.lowerBound, users: try run.rowUsers(ofKeys: keys),
        times: try run.times(rows))
    }
    guard let block = read else {
      soundRuns[index] = nil
      return nil
    }
    var (earliest, latest) = (block.times[0], block.times[0])
    for row in block.times.indices {
      (earliest, latest) = (min(earliest, block.times[row]), max(latest, block.times[row]))
      guard row > 0, block.users[row] == block.users[row - 1],
        block.times[row] < block.times[row - 1]
      else { continue }
      findings.note(place, "row \(rows.lowerBound + row) is not in order of time")
      soundRuns[index] = nil
      return nil
    }
    let known = timeRanges[index] ?? earliest...latest
    timeRanges[index] = min(known.lowerBound, earliest)...max(known.upperBound, latest)
    return block
  }

  private func lower(_ firstSeen: inout [Int64], _ block: RowBlock, key: UInt16) {
    let base = Int(key) << 16
    for (low, time) in zip(block.users, block.times) where base + Int(low) < firstSeen.count {
      firstSeen[base + Int(low)] = min(firstSeen[base + Int(low)], time)
    }
  }

  /// Gathers who had an event on which day, where the file has bitmaps of that.
  private mutating func addDays(_ blocks: [RowBlock], key: UInt16) {
    guard !file.directory.anyDays.isEmpty else { return }
    var users: [Int: [UInt32]] = [:]
    for block in blocks {
      var (previousUser, previousDay) = (UInt32.max, Int.min)
      for (low, time) in zip(block.users, block.times) {
        let day = Int(time.quotientAndRemainder(flooring: CivilDate.millisecondsPerDay).quotient)
        if day == previousDay, low == previousUser { continue }
        users[day, default: []].append(UInt32(key) << 16 | low)
        (previousUser, previousDay) = (low, day)
      }
    }
    for (day, users) in users {
      days[day, default: RoaringBitmapBuilder()].append(
        blockOf: RoaringBitmap(users), key: key)
    }
  }

  /// Works out the fingerprints of the insert ids of some rows.
  private mutating func checkIDs(_ block: RowBlock, key: UInt16) {
    guard let run = soundRuns[block.run], let type = run.entry.eventType,
      run.directory.insertIDs.valueCount > 0
    else { return }
    let column = ColumnEntry(
      property: 0, kind: .plainText, isItemLevel: false, scale: 0,
      positionCount: run.directory.rowCount, presence: run.directory.insertIDPresence,
      values: run.directory.insertIDs)
    let rows = block.firstRow..<block.firstRow + block.users.count
    let place = place(run, block.run, "insert ids")
    let read = findings.attempt(place) { () throws(MartletError) in
      (try run.values(of: column, rows: rows), try run.sentUsers())
    }
    guard let (ids, sent) = read, case .texts(let arena, let ends) = ids.storage else {
      soundRuns[block.run] = nil
      return
    }
    var next = sent.rows.firstIndex { $0 >= rows.lowerBound } ?? sent.rows.count
    var start = 0
    for (index, end) in ends.enumerated() {
      let row = ids.rows.row(of: index)
      var user = UInt32(key) << 16 | block.users[row]
      if next < sent.rows.count, sent.rows[next] == Int64(rows.lowerBound + row) {
        if sent.users[next] == user {
          findings.note(place, "row \(sent.rows[next]) was sent under its own user")
        }
        user = sent.users[next]
        next += 1
      }
      fingerprints.append(
        InsertIDKey(
          user: user, eventType: type, insertID: arena.rawSpan.extracting(start..<end)
        ).fingerprint)
      start = end
    }
  }
}
