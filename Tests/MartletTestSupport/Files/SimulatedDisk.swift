import MartletFiles
import MartletModel

/// Files, names and what of both is durable.
struct SimulatedDisk {
  struct File {
    var bytes: [UInt8] = []
    /// How many of the bytes survive any crash.
    var syncedCount = 0

    mutating func sync() { syncedCount = bytes.count }
  }

  /// Names that change in one step; nil: the name goes.
  struct Change {
    var directory: String
    var names: [(path: String, file: Int?)]
  }

  var files: [Int: File] = [:]
  var directories: Set<String> = ["/"]
  /// The file of each path, as processes see it.
  var names: [String: Int] = [:]
  /// The same as the last syncs of the directories left it.
  var durableNames: [String: Int] = [:]
  /// Since the last syncs, in order.
  var changes: [Change] = []
  var locked: Set<String> = []
  var fault: SimulatedFault?
  /// Whether syncs report success and do nothing.
  var ignoresFileSyncs = false
  var ignoresDirectorySyncs = false
  /// Every call so far, for messages: "sync /store/manifest.tmp".
  var calls: [String] = []
  private var nextFile = 0

  mutating func addFile(_ path: String) -> Int {
    let file = nextFile
    nextFile += 1
    files[file] = File()
    change(Paths.directory(of: path), [(path, file)])
    return file
  }

  mutating func change(_ directory: String, _ names: [(path: String, file: Int?)]) {
    let change = Change(directory: directory, names: names)
    SimulatedDisk.apply(change, to: &self.names)
    changes.append(change)
  }

  mutating func sync(directory: String) {
    if ignoresDirectorySyncs { return }
    for change in changes where change.directory == directory {
      SimulatedDisk.apply(change, to: &durableNames)
    }
    changes.removeAll { $0.directory == directory }
  }

  static func apply(_ change: Change, to names: inout [String: Int]) {
    for (path, file) in change.names { names[path] = file }
  }

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
    for number in disk.names.values.sorted() {
      guard var file = files[number] else { continue }
      file.loseUnsynced(survival.bytes, using: &random)
      disk.files[number] = file
    }
    return disk
  }
}

extension SimulatedDisk.File {
  fileprivate mutating func loseUnsynced(
    _ survival: CrashSurvival.Bytes, using random: inout some RandomNumberGenerator
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
    }
    syncedCount = bytes.count
  }
}
