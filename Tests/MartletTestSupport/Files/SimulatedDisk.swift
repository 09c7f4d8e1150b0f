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
  /// The disk before each of `calls`, where these are kept.
  var images: [SimulatedImage] = []
  var keepsImages = false
  var nextFile = 0

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
}
