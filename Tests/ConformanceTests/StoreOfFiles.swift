import MartletEncoding

@testable import MartletEngine

/// A store made of given files.
enum StoreOfFiles {
  static let segmentName = Manifest.segmentFileName(1)
  static let usersName = Manifest.userFileName(2)
  static let logName = Manifest.logName(3)

  static func write(
    segment: [UInt8], users: [UInt8], log: [UInt8]?, to folder: TemporaryFolder
  ) throws {
    var manifest = Manifest()
    manifest.generation = 1
    manifest.nextFileNumber = 4
    manifest.nextArrivalNumber = 2
    manifest.segmentFiles = [Manifest.File(number: 1, byteCount: UInt64(segment.count))]
    manifest.userFiles = [Manifest.File(number: 2, byteCount: UInt64(users.count))]
    manifest.logNumber = 3
    try folder.write(segment, as: segmentName)
    try folder.write(users, as: usersName)
    if let log { try folder.write(log, as: logName) }
    try folder.write(manifest.encoded(), as: Manifest.fileName)
  }
}
