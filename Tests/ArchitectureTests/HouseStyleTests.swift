import Foundation
import Testing

/// What the tree may hold.
@Suite struct HouseStyleTests {
  static let topLevel: Set<String> = [
    "Package.swift", "Sources", "Tests", "Benchmarks", "formats", "README.md", "Makefile",
  ]

  @Test func theTopLevelIsFixed() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: SourceTree.root.path)
    // The package manager writes its resolution beside the manifest.
    let visible = names.filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
    #expect(Set(visible).subtracting(Self.topLevel) == [])
    for name in Self.topLevel.subtracting(["Benchmarks"]) {
      #expect(visible.contains(name), "\(name) is missing")
    }
  }

  @Test func noUnsafeBuildFlags() throws {
    let manifests = ["Package.swift", "Makefile"].map {
      SourceTree.root.appendingPathComponent($0)
    }
    for manifest in manifests {
      let text = try String(contentsOf: manifest, encoding: .utf8)
      #expect(!text.contains("unsafeFlags"), "\(manifest.lastPathComponent)")
      #expect(!text.contains("-Ounchecked"), "\(manifest.lastPathComponent)")
    }
  }

  @Test func nothingIsLeftToDo() throws {
    // Spelled in two parts, so that this file passes.
    let marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", "fatalError(\"not" + " implemented"]
    let files =
      try SourceTree.files(in: "Sources", ["swift", "c", "h"])
      + SourceTree.files(in: "Tests", ["swift"])
    for file in files {
      for (number, line) in file.lines.enumerated() {
        for mark in marks {
          #expect(!line.contains(mark), "\(file.path):\(number + 1): \(mark)")
        }
      }
    }
  }

  @Test func noFileIsAPlaceholder() throws {
    let files =
      try SourceTree.files(in: "Sources", ["swift"]) + SourceTree.files(in: "Tests", ["swift"])
    for file in files {
      let code = file.lines.contains { !$0.hasPrefix("//") && !$0.isEmpty }
      #expect(code, "\(file.path) holds nothing")
    }
  }

  @Test func sourcesDoNotImportFoundation() throws {
    // The tool's start is measured, and Foundation doubles it.
    for file in try SourceTree.swiftSources() {
      for line in file.lines {
        let module = ImportTableTests.module(importedBy: line)
        #expect(module?.hasPrefix("Foundation") != true, "\(file.path)")
      }
    }
  }
}
