import Foundation

/// The package as it lies on disk.
enum SourceTree {
  /// The package's folder, found from where this file was compiled.
  static let root: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()

  /// A text file of the package.
  struct File {
    /// From the package's folder on.
    let path: String
    let lines: [String]

    /// The target that a file of `Sources` belongs to.
    var target: String { String(path.split(separator: "/")[1]) }
  }

  /// All files below a folder whose names end in one of the suffixes, in order of their paths.
  static func files(in folder: String, _ suffixes: [String]) throws -> [File] {
    let base = root.appendingPathComponent(folder)
    guard
      let walker = FileManager.default.enumerator(
        at: base, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
    else { return [] }
    var files: [File] = []
    for case let url as URL in walker where suffixes.contains(url.pathExtension) {
      let path = String(url.path.dropFirst(root.path.count + 1))
      let text = try String(contentsOf: url, encoding: .utf8)
      files.append(File(path: path, lines: text.components(separatedBy: "\n")))
    }
    return files.sorted { $0.path < $1.path }
  }

  /// The hand-written Swift of the package.
  static func swiftSources() throws -> [File] { try files(in: "Sources", ["swift"]) }
}
