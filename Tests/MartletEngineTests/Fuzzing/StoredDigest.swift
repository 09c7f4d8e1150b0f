import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap

@testable import MartletEngine

/// Everything that files say, read the ways that the store reads them.
enum StoredDigest {
  private static let noID: [UInt8] = Array("i1".utf8)

  static func add(_ file: SegmentFile, to hasher: inout Hasher) throws(MartletError) {
    hasher.combine(file.directory)
    hasher.combine(file.timeRange)
    for property in file.directory.properties.indices {
      let dictionary = try file.dictionary(ofProperty: property)
      for index in 0..<dictionary.count { hasher.combine(try dictionary.text(at: index)) }
      hasher.combine(dictionary.position(of: noID.rawSpan))
    }
    hasher.combine(try file.anyUsers())
    for entry in file.directory.anyCoarse + file.directory.anyDays {
      hasher.combine(try file.bitmap(entry.users, what: "a bitmap of any event"))
    }
    for correction in try file.firstSeenCorrections() {
      hasher.combine(correction.user)
      hasher.combine(correction.time)
    }
    hasher.combine(try file.identityEdges())
    let prefixes = try file.insertIDPrefixes()
    hasher.combine(prefixes)
    try find(prefixes, in: file, &hasher)
    for index in file.directory.runs.indices { try add(file.run(at: index), to: &hasher) }
  }

  /// Searches the insert ids that are there, and others.
  private static func find(
    _ prefixes: [UInt64], in file: SegmentFile, _ hasher: inout Hasher
  ) throws(MartletError) {
    let shape = InsertIDShape(count: file.directory.insertIDIndex.count)
    let shift = UInt64(64 - shape.bucketBits - InsertIDShape.remainderBits)
    let fingerprints = prefixes.map { $0 << shift } + [0, 1 << 63, .max, .max / 3]
    let found = try file.candidates(among: fingerprints)
    hasher.combine(found)
    for (place, fingerprint) in fingerprints.enumerated() {
      let isFound = try !file.candidates(among: [fingerprint]).isEmpty
      precondition(isFound == found.contains(place), "one search finds what another does not")
    }
  }

  private static func add(_ run: Run, to hasher: inout Hasher) throws(MartletError) {
    hasher.combine(run.directory)
    hasher.combine(try run.ties())
    let sent = try run.sentUsers()
    hasher.combine(sent.rows)
    hasher.combine(sent.users)
    for keys in [0..<1, 1..<3, 0..<65_536] {
      let rows = run.rows(ofKeys: keys)
      hasher.combine(try run.rowUsers(ofKeys: keys))
      hasher.combine(try run.times(rows))
      for column in run.directory.columns {
        add(try run.values(of: column, rows: rows), to: &hasher)
      }
    }
    let wanted = [0, 1, 70_000].map { user in
      Run.Wanted(user: user, sender: user, insertID: noID.indices)
    }
    hasher.combine(try run.held(wanted, in: noID))
  }

  private static func add(_ values: ColumnValues, to hasher: inout Hasher) {
    for positions in [values.rows, values.items] {
      if case .some(let rows) = positions { hasher.combine(rows) }
    }
    switch values.storage {
    case .integers(let integers): hasher.combine(integers)
    case .texts(let arena, let ends):
      hasher.combine(arena)
      hasher.combine(ends)
    case .none: hasher.combine(values.count)
    }
  }

  static func add(_ file: UserFile, to hasher: inout Hasher) throws(MartletError) {
    hasher.combine(file.ordinals)
    hasher.combine(file.byteCounts.ids)
    let ids = try file.idBytes(file.ordinals)
    hasher.combine(ids.arena)
    hasher.combine(ids.ends)
    hasher.combine(try file.firstSeenTimes(file.ordinals))
    for page in file.pages {
      hasher.combine(page.ordinals)
      hasher.combine(page.times)
    }
  }

  /// The users of a file that is a store's only one.
  static func add(usersOf file: UserFile, to hasher: inout Hasher) throws(MartletError) {
    let users = try UserDirectory([file])
    hasher.combine(try users.universe(before: 50, segmentFiles: []))
    hasher.combine(try users.ordinals(of: "u0"))
    var table = UserTable()
    try inFile(file.name) { () throws(MartletError) in try table.load(file, forgotten: [1]) }
    hasher.combine(table.count)
    let all = RoaringBitmap(sorted: Array(0..<UInt32(users.count)))
    var ids: [Text] = []
    try users.forEachID(of: all) { ids.append($0) }
    hasher.combine(ids)
  }
}
