import MartletEngine
import MartletModel
import MartletSegmentFile
import MartletTestSupport

/// Stores of all shapes, small, on a simulated disk.
enum SampleStore: String, CaseIterable {
  case empty, logOnly, files, merged, aliased, aliasedMerged, forgotten, erased, expired, everything

  static let path = StoreScript.path

  /// A closed store.
  func make(seed: UInt64, rowCount: Int = 240) throws -> SimulatedFileSystem {
    let system = SimulatedFileSystem()
    var configuration = StoreConfiguration()
    configuration.compressionLevel = 1
    configuration.compaction = .manual
    configuration.partitionDayCount = 1
    configuration.segmentFileByteCount = 4000
    let engine = try Engine(writing: system, configuration)
    guard self != .empty else {
      try engine.close()
      return system
    }
    let rows = RandomEvents(userCount: 20, rowCount: rowCount).rows(seed: seed)
    let parts = 4
    for part in 0..<parts {
      let range = part * rows.count / parts..<(part + 1) * rows.count / parts
      try engine.append(Array(rows[range]))
      if hasAliases { try engine.link(part) }
      if self == .logOnly || part == parts - 1 && self != .files {
        try engine.commit()
      } else {
        try engine.flush()
      }
    }
    let users = rows.map(\.user)
    if self == .forgotten || self == .erased || self == .everything {
      _ = try engine.forget([users[0], users[rows.count / 2]])
    }
    if self == .expired || self == .everything {
      let times = rows.map(\.timestamp).sorted()
      _ = try engine.expire(before: times[times.count / 4])
    }
    if isMerged { _ = try engine.compact() }
    if self == .everything {
      try engine.append(Array(rows[0..<min(40, rows.count)]))
      _ = try engine.forget([users[rows.count - 1]])
      try engine.link(7)
      try engine.append("a late one", at: 1_800_000_000_000)
      try engine.commit()
      try engine.append("a later one", at: 1_800_000_000_000, id: "x")
      try engine.commit()
    }
    try engine.close()
    return system
  }

  private var hasAliases: Bool {
    [.aliased, .aliasedMerged, .erased, .everything].contains(self)
  }

  private var isMerged: Bool {
    [.merged, .aliasedMerged, .erased, .everything].contains(self)
  }

  /// The names of the files that a store consists of, with their bytes.
  static func files(_ system: SimulatedFileSystem) throws -> [(name: String, bytes: [UInt8])] {
    try system.list(path).filter { $0 == "manifest" || $0.hasSuffix(".martlet") }
      .map { ($0, try system.read(path + "/" + $0)) }
  }
}

extension SimulatedFileSystem {
  /// The same disk again, for damage that the original does not see.
  func copy() -> SimulatedFileSystem {
    var random = SplitMix64(seed: 0)
    return afterCrash(CrashSurvival(bytes: .kept, entries: .kept), using: &random)
  }
}

extension Engine {
  /// Adds links between ids, some of users that events have.
  func link(_ number: Int) throws {
    let (anonymous, user) = (Text("anonymous \(number)"), Text("p\(number % 3)"))
    var builder = EventBatchBuilder()
    try builder.link(.alias, from: anonymous, to: user)
    try builder.link(.alias, from: Text("p\(10 + number % 4)"), to: user)
    try builder.append(
      Event(user: anonymous, type: "A", at: Timestamp(milliseconds: Int64(number))))
    _ = try append(builder.batch)
  }
}
