/// The names in a time zone database, for suggestions.
enum TimeZoneNames {
  /// Directories of variants that are not zones of their own.
  private static let variants: Set<String> = ["posix", "right"]

  /// The name most like the given one, or nil where none is.
  static func nearest(to name: String, in directory: String) -> String? {
    let wanted = Array(name.lowercased().utf8.prefix(255))
    let wantedCity = city(wanted)
    var best: (name: String, distance: Int)?
    for candidate in all(in: directory) {
      let bytes = Array(candidate.lowercased().utf8)
      // "Melbourne" means Australia/Melbourne, and so does Australasia/Melbourne.
      let distance = min(
        editDistance(wanted, bytes), 1 + 2 * editDistance(wantedCity, city(bytes)))
      if distance < best?.distance ?? .max, isZone(candidate, in: directory) {
        best = (candidate, distance)
      }
    }
    guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
    return best.name
  }

  /// Whether the file is a zone's, and not a list of them or the like.
  private static func isZone(_ name: String, in directory: String) -> Bool {
    (try? POSIXFileSystem().read(Paths.join(directory, name)))?.starts(with: "TZif".utf8) ?? false
  }

  private static func city(_ name: [UInt8]) -> [UInt8] {
    name.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? name
  }

  /// The name of every file that may be a zone's, in order.
  static func all(in directory: String) -> [String] {
    let files = POSIXFileSystem()
    var names: [String] = []
    var pending = [""]
    while let prefix = pending.popLast() {
      let path = prefix.isEmpty ? directory : Paths.join(directory, prefix)
      // A directory that cannot be read only makes the suggestion worse.
      guard let entries = try? files.list(path) else { continue }
      for entry in entries where !variants.contains(entry) && !entry.utf8.contains(0x2E) {
        let name = prefix.isEmpty ? entry : prefix + "/" + entry
        if files.isDirectory(Paths.join(directory, name)) {
          pending.append(name)
        } else {
          names.append(name)
        }
      }
    }
    return names.sorted()
  }

  /// Insertions, deletions and replacements of bytes (Levenshtein).
  private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (byte == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
