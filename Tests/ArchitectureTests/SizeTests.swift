import Testing

/// Files and functions that fit in a head.
@Suite struct SizeTests {
  static let fileLineMax = 600
  static let functionLineMax = 100
  static let columnMax = 100

  @Test func filesAreShort() throws {
    let files =
      try SourceTree.files(in: "Sources", ["swift", "c", "h"])
      + SourceTree.files(in: "Tests", ["swift"])
    #expect(files.count > 100)
    for file in files {
      #expect(file.lines.count <= Self.fileLineMax, "\(file.path): \(file.lines.count) lines")
    }
  }

  @Test func linesAreShort() throws {
    for file in try SourceTree.swiftSources() {
      for (number, line) in file.lines.enumerated() {
        #expect(line.count <= Self.columnMax, "\(file.path):\(number + 1): \(line.count) columns")
      }
    }
  }

  @Test func functionsAreShort() throws {
    for file in try SourceTree.swiftSources() {
      for function in FunctionSpans.find(in: file.lines) {
        #expect(
          function.count <= Self.functionLineMax,
          "\(file.path):\(function.lowerBound + 1): a function of \(function.count) lines")
      }
    }
  }

  @Test func functionsAreFound() {
    let lines = [
      "struct A {", "  func one() {", "    if true { print(\"}\") }  // }", "  }",
      "  init() { x = 1 }", "  var y: Int {", "    3", "  }", "}",
    ]
    #expect(FunctionSpans.find(in: lines) == [1..<4, 4..<5])
  }
}

/// Finds functions by their first line and the indentation of their last: every file is formatted, so
/// the brace that ends a function stands under its first word.
enum FunctionSpans {
  static func find(in lines: [String]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    for (start, line) in lines.enumerated() where declaresFunction(line) {
      let indent = line.prefix { $0 == " " }
      if line.hasSuffix("}") {
        spans.append(start..<start + 1)
        continue
      }
      let rest = lines[(start + 1)...]
      guard let end = rest.firstIndex(where: { $0.hasPrefix(indent + "}") }) else { continue }
      // A requirement of a protocol has no body: the next brace is the protocol's.
      let hasBody = lines[start...end].contains { $0.hasSuffix("{") }
      if hasBody { spans.append(start..<end + 1) }
    }
    return spans
  }

  private static func declaresFunction(_ line: String) -> Bool {
    let words = line.split(separator: " ").map(String.init)
    let modifiers: Set<String> = [
      "public", "package", "private", "fileprivate", "internal", "static", "mutating",
      "consuming", "borrowing", "convenience", "required", "override", "final", "nonisolated",
      "@inlinable", "@discardableResult", "@inline(__always)", "@inline(never)",
    ]
    guard let first = words.first(where: { !modifiers.contains($0) }) else { return false }
    return first == "func" || first.hasPrefix("init(") || first.hasPrefix("init?(")
      || first.hasPrefix("init<") || first.hasPrefix("subscript(") || first == "deinit"
  }
}
