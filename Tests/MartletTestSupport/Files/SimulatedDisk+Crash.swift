extension SimulatedDisk {
  /// What a disk writes whole or not at all, in bytes.
  static let sectorByteCount = 512

  /// What the machine finds when it is started again.
  func afterCrash(
    _ survival: CrashSurvival, using random: inout some RandomNumberGenerator
  ) -> SimulatedDisk {
    var disk = SimulatedDisk()
    disk.directories = directories
    disk.nextFile = nextFile
    disk.durableNames = durableNames
    let kept = Int.random(in: 0...changes.count, using: &random)
    for (index, change) in changes.enumerated() {
      let survives =
        switch survival.entries {
        case .kept: true
        case .dropped: false
        case .firstKept: index < kept
        case .someKept: Bool.random(using: &random)
        }
      if survives { SimulatedDisk.apply(change, to: &disk.durableNames) }
    }
    disk.names = disk.durableNames
    let used = files.keys.sorted()
    for number in disk.names.values.sorted() {
      guard var file = files[number] else { continue }
      if file.syncedCount < file.bytes.count {
        let other = used.randomElement(using: &random).flatMap { files[$0]?.bytes } ?? []
        file.loseUnsynced(survival.bytes, oldBytes: other, using: &random)
      }
      disk.files[number] = file
    }
    return disk
  }

  /// Whether a crash can leave more than one image.
  var hasUnsyncedWork: Bool {
    !changes.isEmpty
      || names.values.contains { number in
        files[number].map { $0.syncedCount < $0.bytes.count } ?? false
      }
  }
}

extension SimulatedDisk.File {
  /// - Parameter oldBytes: what the sectors held before they were this file's.
  fileprivate mutating func loseUnsynced(
    _ survival: CrashSurvival.Bytes, oldBytes: [UInt8],
    using random: inout some RandomNumberGenerator
  ) {
    switch survival {
    case .kept: break
    case .dropped: bytes.removeLast(bytes.count - syncedCount)
    case .someKept:
      bytes.removeLast(Int.random(in: 0...bytes.count - syncedCount, using: &random))
    case .garbled:
      for index in syncedCount..<bytes.count {
        bytes[index] = UInt8.random(in: .min ... .max, using: &random)
      }
    case .sectors: loseSectors(oldBytes, using: &random)
    }
    syncedCount = bytes.count
  }

  private mutating func loseSectors(
    _ oldBytes: [UInt8], using random: inout some RandomNumberGenerator
  ) {
    let length = SimulatedDisk.sectorByteCount
    if Bool.random(using: &random) {
      // The file's new length is not on the disk, or that of an earlier write is.
      let end = Int.random(in: syncedCount...bytes.count, using: &random)
      let isWhole = Bool.random(using: &random)
      bytes.removeLast(bytes.count - (isWhole ? max(syncedCount, end / length * length) : end))
    }
    var start = syncedCount
    while start < bytes.count {
      // What is synced of a sector survives the sector's next write.
      let end = min(bytes.count, (start / length + 1) * length)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: for index in start..<end { bytes[index] = 0 }
      case 1:
        for index in start..<end { bytes[index] = UInt8.random(in: .min ... .max, using: &random) }
      case 2:
        for index in start..<end { bytes[index] = index < oldBytes.count ? oldBytes[index] : 0 }
      default: break
      }
      start = end
    }
  }
}
