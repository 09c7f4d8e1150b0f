import MartletEncoding
import MartletEngine
import MartletFiles
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// Reads everything that files hold, so that whatever is wrong with them shows.
enum FullRead {
  static func segmentFile(_ file: SegmentFile) throws(MartletError) {
    let directory = file.directory
    for property in directory.properties.indices {
      let dictionary = try file.dictionary(ofProperty: property)
      for index in 0..<dictionary.count { _ = try dictionary.text(at: index) }
    }
    for index in directory.runs.indices { try run(file.run(at: index), of: file) }
    _ = try file.anyUsers()
    for bitmap in directory.anyCoarse + directory.anyDays {
      _ = try file.bitmap(bitmap.users, what: "a bitmap of any event")
    }
    _ = file.timeRange
    _ = try file.firstSeenCorrections()
    _ = try file.identityEdges()
    _ = try file.insertIDPrefixes()
  }

  private static func run(_ run: Run, of file: SegmentFile) throws(MartletError) {
    _ = run.timeRange
    let users = try run.users()
    let keys = 0..<65_536
    _ = try run.userCounts(ofKeys: keys)
    _ = try run.rowUsers(ofKeys: keys)
    let rows = run.rows(ofKeys: keys)
    _ = try run.times(rows)
    _ = try run.ties()
    for column in run.directory.columns { _ = try run.values(of: column, rows: rows) }
    _ = try run.sentUsers()
    let id = "none".utf8Bytes
    let wanted = users.map { Run.Wanted(user: $0, sender: $0, insertID: id.indices) }
    _ = try run.held(wanted, in: id)
  }

  static func users(_ directory: UserDirectory) throws(MartletError) {
    for file in directory.files { _ = try file.firstSeenTimes(file.ordinals) }
    guard directory.count > 0 else { return }
    let all = RoaringBitmap(sorted: Array(0..<UInt32(directory.count)))
    try directory.forEachID(of: all) { _ in }
  }
}

extension String {
  fileprivate var utf8Bytes: [UInt8] { Array(utf8) }
}
