import MartletFiles
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// Holds everything in a store against everything else.
struct StoreCheck {
  let store: StoreBytes
  var findings = Findings()
  /// Open ones, as the manifest has them; nil where one cannot be read.
  private(set) var segmentFiles: [SegmentFile?] = []
  private(set) var userFiles: [UserFile?] = []
  /// Users of the user files; nil where that is unknown.
  private(set) var storedUserCount: Int? = 0
  /// Of the segment files and the log, as far as they do not contradict each other.
  private(set) var identity = IdentityTable()
  private(set) var log: LogCheck?
  /// Users without an id, all of whose rows should be gone.
  private var erased = RoaringBitmap()
  private var ids: [UserFileCheck.ID] = []
  /// By ordinal; nil where some of it is damaged.
  private var recorded: [Int64]? = []
  /// The earliest time of each user's rows.
  private var rowTimes: [Int64] = []
  private var isWhole = true

  init(_ store: StoreBytes) { self.store = store }

  var manifest: Manifest { store.manifest }

  /// - Complexity: O(bytes + users · log users)
  mutating func check() {
    let parts = store.parts.compactMap(\.byteCount)
    findings.count(
      files: parts.count + 1, bytes: parts.reduce(store.manifestByteCount, +))
    for index in store.userFiles.indices { checkUserFile(index) }
    rowTimes = [Int64](repeating: UserTable.neverSeen, count: storedUserCount ?? 0)
    for index in store.segmentFiles.indices { checkSegmentFile(index) }
    checkLog()
    checkIDs()
    checkFirstSeen()
    checkManifest()
  }

  /// Notes what is wrong with a file as a whole; nil where nothing of it can be read.
  private mutating func whole(_ part: StoreBytes.Part, _ damage: Damage) -> FileBytes? {
    if let problem = part.problem {
      findings.note(
        CheckedPlace(damage: damage, file: part.name, byteOffset: part.bytes?.count), problem)
    }
    return part.bytes
  }

  private mutating func checkUserFile(_ index: Int) {
    let part = store.userFiles[index]
    userFiles.append(nil)
    let damage = part.bytes == nil ? Damage.userFile(index) : .firstSeen
    let bytes = whole(part, damage)
    let place = CheckedPlace(damage: .userFile(index), file: part.name)
    let opened = bytes.flatMap { bytes in
      findings.attempt(place) { () throws(MartletError) in try UserFile(bytes) }
    }
    guard let file = opened else {
      (storedUserCount, recorded) = (nil, nil)
      return
    }
    if let count = storedUserCount, file.firstOrdinal != count {
      findings.note(
        place, "its first user is \(file.firstOrdinal), but the files before it have \(count)")
      (storedUserCount, recorded) = (nil, nil)
      return
    }
    userFiles[index] = file
    storedUserCount = storedUserCount.map { $0 + file.count }
    var check = UserFileCheck(file, index: index, name: part.name)
    check.check()
    findings.merge(check.findings)
    ids += check.ids
    erased.formUnion(
      RoaringBitmap(sorted: check.erased).subtracting(manifest.forgotten.ordinals))
    if let times = check.firstSeen { recorded? += times } else { recorded = nil }
  }

  private mutating func checkSegmentFile(_ index: Int) {
    let part = store.segmentFiles[index]
    segmentFiles.append(nil)
    let damage = part.bytes == nil ? Damage.segmentFile(index) : .derived(file: index)
    let bytes = whole(part, damage)
    let place = CheckedPlace(damage: .segmentFile(index), file: part.name)
    let opened = bytes.flatMap { bytes in
      findings.attempt(place) { () throws(MartletError) in try SegmentFile(bytes) }
    }
    guard let file = opened else {
      isWhole = false
      return
    }
    segmentFiles[index] = file
    var check = SegmentFileCheck(
      file, index: index, name: part.name, userCount: storedUserCount, erased: erased)
    check.check(lowering: &rowTimes)
    if !check.isWhole { isWhole = false }
    findings.merge(check.findings)
    if var times = recorded {
      recorded = nil
      for (user, time) in check.corrections where Int(user) < times.count {
        times[Int(user)] = min(times[Int(user)], time)
      }
      recorded = times
    }
    let edges = CheckedPlace(damage: .edges(file: index), file: part.name, place: "identity edges")
    let userCount = storedUserCount ?? Limits.users
    var next = identity
    let added: Void? = findings.attempt(edges) { () throws(MartletError) in
      try next.add(check.edges, userCount: userCount)
    }
    if added != nil { identity = next }
    checkPlace(of: file, index)
  }

  /// Holds what the manifest says of a segment file's place against the file.
  private mutating func checkPlace(of file: SegmentFile, _ index: Int) {
    let place = CheckedPlace(damage: .manifest, file: Manifest.fileName)
    let name = store.segmentFiles[index].name
    if file.directory.arrivalNumber >= manifest.nextArrivalNumber {
      findings.note(place, "\(name) has an arrival number that was not given out yet")
    }
    let partitions = Partitions(starts: manifest.partitionStarts)
    if index < manifest.partitionedFileCount, partitions.indices(of: file).count > 1 {
      findings.note(place, "\(name) does not lie within one partition")
    }
    guard let limit = manifest.expiredBefore else { return }
    for (run, entry) in file.directory.runs.enumerated()
    where entry.eventType != nil && entry.earliest < limit {
      findings.note(
        CheckedPlace(damage: .derived(file: index), file: name, place: "run \(run)"),
        "it has events that have expired")
    }
  }

  private mutating func checkLog() {
    guard let part = store.log else { return }
    var check = LogCheck(name: part.name, storedUserCount: storedUserCount)
    if let bytes = whole(part, .log) {
      check.check(
        bytes, number: manifest.logNumber, durableByteCount: Int(clamping: manifest.logByteCount),
        identity: &identity)
    }
    findings.merge(check.findings)
    ids += check.ids
    log = check
  }

  /// Makes sure that no id stands for two users.
  private mutating func checkIDs() {
    let forgotten = manifest.forgotten.ordinals
    ids.removeAll { forgotten.contains($0.ordinal) }
    ids.sort { $0.hash == $1.hash ? $0.ordinal < $1.ordinal : $0.hash < $1.hash }
    for (left, right) in zip(ids, ids.dropFirst()) where left.hash == right.hash {
      let reason = "user \(right.ordinal) has the id of user \(left.ordinal)"
      findings.lostUsers.insert(right.ordinal)
      if let file = right.file {
        findings.note(
          CheckedPlace(
            damage: .userIDs(file), file: store.userFiles[file].name, place: "user ids"), reason)
      } else if let log {
        findings.note(CheckedPlace(damage: .log, file: log.name, place: "new users"), reason)
      }
    }
    ids = []
  }

  private mutating func checkFirstSeen() {
    guard let recorded, storedUserCount != nil, let name = store.userFiles.last?.name else {
      return
    }
    let check = FirstSeenCheck(
      identity: identity, forgotten: manifest.forgotten.ordinals, isWhole: isWhole)
    if let fault = check.fault(recorded: recorded, rows: rowTimes) {
      findings.note(CheckedPlace(damage: .firstSeen, file: name, place: "first-seen times"), fault)
    }
  }

  private mutating func checkManifest() {
    guard storedUserCount != nil, let last = manifest.forgotten.ordinals.max else { return }
    let count = log?.memtable.userCount ?? storedUserCount ?? 0
    if Int(last) >= count {
      findings.note(
        CheckedPlace(damage: .manifest, file: Manifest.fileName, place: "forgotten users"),
        "user \(last) does not exist")
    }
  }
}
