import Foundation
import Martlet
import Testing

/// The README is run: its transcript by the tool, its Swift by the library.
@Suite struct ReadmeTests {
  static let root: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()

  /// The fenced blocks of a language, without the fences.
  static func blocks(_ language: String) throws -> [String] {
    let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    return text.components(separatedBy: "\n```\(language)\n").dropFirst().map {
      $0.components(separatedBy: "\n```")[0]
    }
  }

  /// A command and the lines that it prints; `…` in a line stands for anything.
  struct Step {
    var command: String
    var output: [String] = []
  }

  static func steps(of block: String) -> [Step] {
    var steps: [Step] = []
    for line in block.components(separatedBy: "\n") {
      if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2))))
      } else {
        steps[steps.count - 1].output.append(line)
      }
    }
    return steps
  }

  static func matches(_ line: String, _ pattern: String) -> Bool {
    let parts = pattern.components(separatedBy: "…")
    guard parts.count > 1 else { return line == pattern }
    guard line.hasPrefix(parts[0]), line.hasSuffix(parts[parts.count - 1]) else { return false }
    var rest = line[...]
    for part in parts where !part.isEmpty {
      guard let found = rest.range(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }

  @Test func theTranscriptIsTrue() throws {
    let folder = try Folder()
    try FileManager.default.createSymbolicLink(
      atPath: folder / "Tests",
      withDestinationPath: Self.root.appendingPathComponent("Tests").path)
    let steps = try Self.blocks("console").flatMap(Self.steps)
    #expect(steps.count >= 3)
    for step in steps {
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.currentDirectoryURL = URL(fileURLWithPath: folder.path)
      let tool = URL(fileURLWithPath: Tool.path).deletingLastPathComponent().path
      let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
      shell.environment = ["PATH": "\(tool):\(path)"]
      shell.arguments = ["-c", step.command + " >out 2>err"]
      try shell.run()
      shell.waitUntilExit()
      let errors = try String(contentsOfFile: folder / "err", encoding: .utf8)
      #expect(shell.terminationStatus == 0, "\(step.command)\n\(errors)")
      let output = try String(contentsOfFile: folder / "out", encoding: .utf8)
      let lines = output.split(separator: "\n").map(String.init)
      #expect(lines.count == step.output.count, "\(step.command)\n\(output)")
      for (line, pattern) in zip(lines, step.output) {
        #expect(Self.matches(line, pattern), "\(step.command)\n\(line)\n\(pattern)")
      }
    }
  }

  /// What the README's Swift does, with the path it leaves open.
  func quickStart(_ path: String) throws -> [String] {
    var printed: [String] = []
    func print(_ value: some CustomStringConvertible) { printed.append(value.description) }
    // README: begin
    let store = try EventStore(at: path)  // opens or creates
    try store.append(
      Event(user: "u42", type: "Purchase", at: .now, ["amount": 120.5, "platform": "ios"]))
    try store.append(TraitUpdate(user: "u42", at: .now, ["plan": "trial"]))
    try store.commit()  // durable, and visible to snapshots from now on

    let loyal: Segment = "count(Purchase in last 90 days) >= 1 and not did Cancel"
    let snapshot = try store.snapshot()
    let options = QuestionOptions(allowsUnknownEventTypes: true)
    print(try snapshot.count(loyal, options))
    for id in try snapshot.users(in: loyal, options) { print(id) }

    let same = Segment {
      Count("Purchase", in: .last(.days(90))) >= 1
      Not(Did("Cancel"))
    }
    // README: end
    print(same)
    return printed
  }

  @Test func theQuickStartRuns() throws {
    let folder = try Folder()
    // Now is later than the event by a millisecond at least.
    let printed = try quickStart(folder / "events")
    #expect(printed.count >= 2)
    #expect(printed.last == "count(Purchase in last 90 days) >= 1 and not did Cancel")
  }

  @Test func theQuickStartIsTheReadmes() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let code = source.components(separatedBy: "    // README: begin\n")[1]
      .components(separatedBy: "    // README: end\n")[0]
      .components(separatedBy: "\n").map { $0.hasPrefix("    ") ? String($0.dropFirst(4)) : $0 }
      .joined(separator: "\n")
    let shown = try Self.blocks("swift")[0]
    #expect(shown == "import Martlet\n\n" + code.trimmingCharacters(in: .newlines))
  }
}
