import Foundation

/// The built command-line tool.
enum Tool {
  /// What a process left behind.
  struct Run {
    let code: Int32
    let output: String
    let errors: String

    /// Standard output as one JSON object.
    var json: [String: Any] {
      get throws {
        let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
        guard let object = value as? [String: Any] else {
          throw Problem("not a JSON object: \(output)")
        }
        return object
      }
    }

    /// Lines of standard output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  struct Problem: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// The tool lies beside the test bundle.
  static let path: String = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("martlet").path
  }()

  /// Runs the tool to its end.
  static func run(
    _ arguments: [String], input: Data = Data(), environment: [String: String] = [:]
  ) throws -> Run {
    let folder = try Folder()
    let file = URL(fileURLWithPath: try folder.file("in", input))
    let process = try start(
      arguments, standardInput: try FileHandle(forReadingFrom: file), environment: environment,
      in: folder)
    process.waitUntilExit()
    return try finished(process, in: folder)
  }

  static func run(_ arguments: String..., input: String = "") throws -> Run {
    try run(arguments, input: Data(input.utf8))
  }

  /// Starts the tool, its output going to files of the folder.
  /// - Parameter standardInput: a `FileHandle` or a `Pipe`.
  static func start(
    _ arguments: [String], standardInput: Any, environment: [String: String] = [:],
    in folder: Folder
  ) throws -> Process {
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Problem("\(path) is missing: run 'swift build' first")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = standardInput
    for name in ["out", "err"] { try Data().write(to: URL(fileURLWithPath: folder / name)) }
    process.standardOutput = try FileHandle(
      forWritingTo: URL(fileURLWithPath: folder / "out"))
    process.standardError = try FileHandle(
      forWritingTo: URL(fileURLWithPath: folder / "err"))
    try process.run()
    return process
  }

  /// What an ended process left behind.
  static func finished(_ process: Process, in folder: Folder) throws -> Run {
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: folder / name, encoding: .utf8)
    }
    return Run(
      code: process.terminationStatus, output: try text("out"), errors: try text("err"))
  }
}

/// A temporary folder that goes with its last reference.
final class Folder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("martlet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  static func / (folder: Folder, name: String) -> String { folder.path + "/" + name }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    try file(name, Data(text.utf8))
  }

  func file(_ name: String, _ data: Data) throws -> String {
    try data.write(to: URL(fileURLWithPath: self / name))
    return self / name
  }
}

/// The real data that the tests carry, imported once.
enum Shop {
  private static let folder = Result { try Folder() }

  static let events: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<2 { url.deleteLastPathComponent() }
    return url.appendingPathComponent("MartletTests/Resources/shop.ndjson.gz").path
  }()

  /// A store of 31,106 events of 600 users; for reading only.
  static let store = Result {
    let path = try folder.get() / "shop.store"
    let run = try Tool.run("import", path, events)
    guard run.code == 0 else { throw Tool.Problem(run.errors) }
    return path
  }

  /// After the last event.
  static let asOf = ["--as-of", "2024-07-01"]
}

/// A few events in canonical NDJSON.
enum Lines {
  static func event(
    _ user: String, _ type: String, _ time: String, _ rest: String = ""
  ) -> String {
    #"{"user_id":"\#(user)","event":"\#(type)","timestamp":"\#(time)"\#(rest)}"# + "\n"
  }

  static let three =
    event("u1", "A", "2026-01-01T00:00:00Z", #","insert_id":"i1""#)
    + event("u1", "B", "2026-01-02T00:00:00Z", #","insert_id":"i2""#)
    + event("u2", "A", "2026-01-03T00:00:00Z", #","insert_id":"i3""#)
}
