import Foundation

/// `formats/reader/martlet_reader.py`, run by the system's Python.
enum PythonReader {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Whether there are Python 3.9 and a zstd library that it can load.
  static let isAvailable: Bool = {
    let check =
      "import sys; sys.path.insert(0, sys.argv[1]); import compression; compression._load()"
    let folder = FormatFolder.path + "/reader"
    return (try? run(["-c", check + "; assert sys.version_info >= (3, 9)", folder])) != nil
  }()

  /// What a command of the reader prints.
  static func lines(_ arguments: String...) throws -> [String] { try lines(arguments) }

  /// What a command of the reader prints.
  static func lines(_ arguments: [String]) throws -> [String] {
    let script = FormatFolder.path + "/reader/martlet_reader.py"
    return try run([script] + arguments).split(separator: "\n").map(String.init)
  }

  private static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // -B: no compiled files beside the sources.
    process.arguments = ["python3", "-B"] + arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: String(decoding: complaint, as: UTF8.self))
    }
    return String(decoding: printed, as: UTF8.self)
  }
}
