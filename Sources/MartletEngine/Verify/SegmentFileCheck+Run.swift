import MartletModel
import MartletSegmentFile
import RoaringBitmap

extension SegmentFileCheck {
  /// Reads every page of a run, and checks what needs no other run; returns whether all is well.
  mutating func checkRun(_ run: Run, _ index: Int) -> Bool {
    // Each call notes all that it finds, so none may be left out.
    let results = [
      checkUsers(run, index), checkKeyPages(run, index), checkTies(run, index),
      checkInsertIDs(run, index), checkColumns(run, index),
    ]
    return results.allSatisfy { $0 }
  }

  private mutating func checkUsers(_ run: Run, _ index: Int) -> Bool {
    let directory = run.directory
    let place = place(run, index, "users").at(directory.users.offset)
    guard let users = findings.readBitmap(directory.users, in: bytes, place) else { return false }
    guard users.count == directory.userCount else {
      findings.note(place, "there are \(users.count), not \(directory.userCount)")
      return false
    }
    if let last = users.max, Int(last) >= userCount ?? Limits.users {
      findings.note(place, "user \(last) does not exist")
      return false
    }
    guard users.keys == directory.blocks.map(\.key) else {
      findings.note(place, "the blocks of users are not those of the directory")
      return false
    }
    if let user = users.intersection(erased).min {
      var place = place
      place.damage = .derived(file: self.index)
      findings.note(place, "user \(user) has rows, but no id")
      findings.lostUsers.formUnion(users.intersection(erased))
    }
    return true
  }

  private mutating func checkKeyPages(_ run: Run, _ index: Int) -> Bool {
    let counts = findings.readIntegers(
      run.directory.rowsPerUser, in: bytes, place(run, index, "rows per user")
    ) { counts, _ in counts.allSatisfy { $0 > 0 } ? nil : "a user has no row" }
    let times = findings.readIntegers(run.directory.times, in: bytes, place(run, index, "times")) {
      times, _ in
      times.allSatisfy(StoredTimes.range.contains) ? nil : "a time is none that a store accepts"
    }
    return counts && times
  }

  private mutating func checkTies(_ run: Run, _ index: Int) -> Bool {
    let (directory, rowCount) = (run.directory, Int64(run.directory.rowCount))
    var previous: Int64 = -1
    let rows = findings.readIntegers(
      directory.tieRows, in: bytes, place(run, index, "tied rows")
    ) { rows, _ in
      for row in rows {
        guard row > previous, row < rowCount else { return "row \(row) is not in order" }
        previous = row
      }
      return nil
    }
    let ranks = findings.readIntegers(
      directory.tieRanks, in: bytes, place(run, index, "ranks")
    ) { ranks, _ in
      ranks.first { UInt32(exactly: $0) == nil }.map { "\($0) is no rank" }
    }
    return rows && ranks
  }

  private mutating func checkInsertIDs(_ run: Run, _ index: Int) -> Bool {
    let directory = run.directory
    if run.entry.eventType == nil, directory.insertIDs.valueCount > 0 {
      findings.note(place(run, index, "insert ids"), "trait updates have none")
      return false
    }
    var isSound = findings.readTexts(
      directory.insertIDs, in: bytes, place(run, index, "insert ids")
    ) { arena, ends, _ in
      StoredTexts.fault(
        arena, ends, byteCounts: 1...Limits.insertIDByteCount, what: "insert id")
    }
    var rows = RoaringBitmap()
    if let handle = directory.insertIDPresence {
      let place = place(run, index, "rows with an insert id").at(handle.offset)
      guard let found = findings.readBitmap(handle, in: bytes, place) else { return false }
      rows = found
      if let fault = fault(rows, directory.insertIDs.valueCount, of: directory.rowCount) {
        findings.note(place, fault)
        isSound = false
      }
    } else if directory.insertIDs.valueCount > 0 {
      rows.insert(0..<UInt32(directory.rowCount))
    }
    var previous: Int64 = -1
    let sentRows = findings.readIntegers(
      directory.sentRows, in: bytes, place(run, index, "sent rows")
    ) { values, _ in
      for row in values {
        guard row > previous, let exact = UInt32(exactly: row), rows.contains(exact) else {
          return "row \(row) is not in order, or has no insert id"
        }
        previous = row
      }
      return nil
    }
    let limit = Int64(userCount ?? Limits.users)
    let sentUsers = findings.readIntegers(
      directory.sentUsers, in: bytes, place(run, index, "sent users")
    ) { users, _ in users.first { $0 < 0 || $0 >= limit }.map { "user \($0) does not exist" } }
    return isSound && sentRows && sentUsers
  }

  /// What is wrong with the positions that have a value.
  func fault(_ positions: RoaringBitmap, _ valueCount: Int, of positionCount: Int) -> String? {
    if positions.count != valueCount {
      return "\(positions.count) positions have a value, but there are \(valueCount) values"
    }
    if let last = positions.max, Int(last) >= positionCount {
      return "position \(last) does not exist"
    }
    return nil
  }
}
