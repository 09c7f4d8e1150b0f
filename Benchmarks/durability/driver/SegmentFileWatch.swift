import Foundation

/// Sees from the names in a store's directory that compaction replaces files, whatever the store
/// says of itself.
struct SegmentFileWatch {
  private let path: String
  private var names: Set<String> = []

  init(_ path: String) throws {
    self.path = path
    _ = try look()
  }

  /// How many segment files there were at the last look.
  var count: Int { names.count }

  /// Returns how many files of the last look are gone.
  mutating func look() throws -> Int {
    let now = Set(
      try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { $0.hasPrefix("segment-") })
    defer { names = now }
    return names.subtracting(now).count
  }
}
