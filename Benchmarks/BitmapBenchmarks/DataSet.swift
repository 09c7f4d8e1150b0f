import Glibc

/// Sets to measure on: real ones out of archives, and synthetic ones.
struct DataSet {
  let name: String
  let sets: [[UInt32]]

  /// The sets of an archive of text files, one a set: comma-separated numbers. Needs `unzip`.
  init(archive path: String) {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    name = String(file.dropLast(".zip".count))
    let folder = "/tmp/martlet-bitmap-benchmarks-\(getpid())-\(name)"
    guard system("unzip -qo '\(path)' -d '\(folder)'") == 0 else {
      fatalError("unzip fails on \(path)")
    }
    defer { _ = system("rm -rf '\(folder)'") }
    let files = Self.names(in: folder).filter { $0.hasSuffix(".txt") }
    func number(_ file: String) -> Int {
      Int(file.dropLast(4).reversed().prefix { $0.isNumber }.reversed().map(String.init).joined())
        ?? 0
    }
    sets = files.sorted { number($0) < number($1) }.map { file in
      Self.bytes("\(folder)/\(file)").split { !(48...57).contains($0) }.map { digits in
        digits.reduce(0) { $0 * 10 + UInt32($1 - 48) }
      }
    }
  }

  /// Four sets, each number below ten million a member with probability `density`.
  init(density: Double, name: String) {
    self.name = name
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    func random() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) * 0x1p-53
    }
    // Distances between members are geometric.
    sets = (0..<4).map { _ in
      var set: [UInt32] = []
      var value = -1.0
      while true {
        value += 1 + (log(1 - random()) / log(1 - density)).rounded(.down)
        if value >= 10_000_000 { return set }
        set.append(UInt32(value))
      }
    }
  }

  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { fatalError("cannot open \(path)") }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = fread(buffer.baseAddress, 1, size, file)
    }
  }
}
