import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// The users of a damaged store, as far as their ids can be read.
struct RepairedUsers {
  /// Ids one after the other.
  private(set) var arena: [UInt8] = []
  /// By ordinal; empty for a user whose id is gone.
  private(set) var ranges: [Range<Int>] = []
  var firstSeen: [Int64] = []
  /// Users whose id was not erased and is lost, and those whose identities lead to one.
  private(set) var lost: RoaringBitmap
  /// The ordinals of each user file of the old manifest.
  private var files: [Range<Int>] = []

  var count: Int { ranges.count }

  /// - Throws: `.corrupt` where a file that was sound changes meanwhile.
  init(_ check: StoreCheck) throws(MartletError) {
    lost = check.findings.lostUsers
    let total = RepairedUsers.storedCount(check)
    for (index, file) in check.userFiles.enumerated() {
      let start = ranges.count
      if let file, file.firstOrdinal >= start {
        loseAll(upTo: file.firstOrdinal)
        if index > 0 { files[index - 1] = files[index - 1].lowerBound..<file.firstOrdinal }
        take(file)
        files.append(file.firstOrdinal..<ranges.count)
      } else {
        files.append(start..<start)
      }
    }
    if ranges.count < total {
      if let last = files.last { files[files.count - 1] = last.lowerBound..<total }
      loseAll(upTo: total)
    }
    try takeLog(check)
    for alias in check.identity.aliases
    where check.identity.chain(from: alias).contains(where: lost.contains) {
      lost.insert(alias)
    }
    for user in lost where Int(user) < ranges.count { ranges[Int(user)] = 0..<0 }
  }

  private mutating func loseAll(upTo count: Int) {
    guard ranges.count < count else { return }
    lost.insert(UInt32(ranges.count)..<UInt32(count))
    while ranges.count < count { ranges.append(0..<0) }
  }

  private mutating func take(_ file: UserFile) {
    let page = SegmentFileFormat.pageValueCount
    for start in stride(from: file.firstOrdinal, to: file.ordinals.upperBound, by: page) {
      let ordinals = start..<min(start + page, file.ordinals.upperBound)
      // What cannot be read was found lost before.
      guard let (bytes, ends) = try? file.idBytes(ordinals) else {
        while ranges.count < ordinals.upperBound { ranges.append(0..<0) }
        continue
      }
      take(bytes, ends)
    }
  }

  private mutating func take(_ bytes: [UInt8], _ ends: [Int]) {
    let base = arena.count
    arena += bytes
    var start = base
    for end in ends {
      ranges.append(start..<base + end)
      start = base + end
    }
  }

  private mutating func takeLog(_ check: StoreCheck) throws(MartletError) {
    for record in check.log?.records ?? [] {
      take(record.newUserIDs.arena, record.newUserIDs.ends)
    }
  }

  /// How many users the user files had: as many as the log says, or the rows need.
  private static func storedCount(_ check: StoreCheck) -> Int {
    if let count = check.storedUserCount { return count }
    if let log = check.log, !log.records.isEmpty { return log.memtable.storedUserCount }
    var count = 0
    for file in check.segmentFiles.compactMap({ $0 }) {
      for index in file.directory.runs.indices {
        // Runs that cannot be read go, and need no users.
        guard let run = try? file.run(at: index) else { continue }
        if let last = (try? run.users())?.max { count = max(count, Int(last) + 1) }
        if let last = (try? run.sentUsers())?.users.max() { count = max(count, Int(last) + 1) }
      }
      for edge in (try? file.identityEdges()) ?? [] {
        count = max(count, Int(max(edge.user, edge.target)) + 1)
      }
    }
    return count
  }

  /// Lists the users who are lost, a range of ordinals at a time.
  func list(_ report: inout RepairReport, lostRows: [UInt32: Int], names: [String]) {
    var range: (start: UInt32, end: UInt32, name: String)?
    func close() {
      guard let range else { return }
      var loss = StoreLoss(.users, file: range.name)
      loss.users = Int(range.start)..<Int(range.end)
      loss.rowCount = lostRows.reduce(0) {
        (range.start..<range.end).contains($1.key) ? $0 + $1.value : $0
      }
      report.losses.append(loss)
    }
    for user in lost {
      let place = files.firstIndex { $0.contains(Int(user)) }
      let name = place.map { names[$0] } ?? "the log"
      if let open = range, open.end == user, open.name == name {
        range?.end = user + 1
      } else {
        close()
        range = (user, user + 1, name)
      }
    }
    close()
  }
}
