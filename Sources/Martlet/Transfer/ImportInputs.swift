import MartletFiles
import MartletImport
public import MartletModel

/// The files of an import, known to exist before anything is written.
public struct ImportInputs: Sendable {
  /// As the caller named them; `-` is standard input.
  public let paths: [String]
  /// Bytes of all files as they lie on disk; nil where one of them is standard input or a pipe.
  public let byteCount: Int?

  /// - Throws: `.usage` where there is no path, or standard input twice; `.noInput` for a path
  ///   where nothing is or a directory.
  public init(_ paths: [String]) throws(MartletError) {
    guard !paths.isEmpty else {
      throw MartletError(
        .usage, "there is no file to import", remedy: "name files, or - for standard input")
    }
    guard paths.count(where: { $0 == "-" }) <= 1 else {
      throw MartletError(
        .usage, "standard input (-) is named twice", remedy: "it can be read only once")
    }
    let files = POSIXFileSystem()
    var total = 0
    for path in paths where path != "-" {
      let count = try files.fileByteCount(path)
      guard !files.isDirectory(path) else {
        throw MartletError(
          .noInput, file: path, "this is a directory", remedy: "name the files in it")
      }
      total += count
    }
    self.paths = paths
    // A pipe's length is 0, as an empty file's.
    byteCount = paths.contains("-") || total == 0 ? nil : total
  }

  var sources: [ImportSource] { paths.map { ImportSource(path: $0) } }
}
