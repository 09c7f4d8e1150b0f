import Testing

/// The import table of the README: modules import strictly downward.
@Suite struct ImportTableTests {
  static let table: [String: Set<String>] = [
    "RoaringBitmap": ["CMartletKernels"],
    "MartletModel": [],
    "MartletEncoding": ["MartletModel", "CMartletKernels", "CZstd", "CLZ4", "CZlib"],
    "MartletFiles": ["MartletModel"],
    "MartletLanguage": ["MartletModel"],
    "MartletImport": ["MartletModel", "MartletFiles", "MartletEncoding"],
    "MartletGenerator": ["MartletModel", "MartletFiles", "MartletEncoding"],
    "MartletSegmentFile": ["MartletModel", "MartletEncoding", "MartletFiles", "RoaringBitmap"],
    "MartletEngine": [
      "MartletModel", "MartletEncoding", "MartletFiles", "RoaringBitmap", "MartletSegmentFile",
    ],
    "MartletQuery": [
      "MartletModel", "MartletEncoding", "MartletLanguage", "MartletSegmentFile",
      "MartletEngine", "RoaringBitmap",
    ],
    "Martlet": [
      "MartletModel", "MartletEncoding", "MartletFiles", "MartletLanguage", "MartletImport",
      "MartletGenerator", "MartletSegmentFile", "MartletEngine", "MartletQuery",
      "RoaringBitmap",
    ],
    "MartletCLI": ["Martlet", "ArgumentParser"],
  ]

  /// The standard library's and the system's modules, and who asks the system for anything.
  static let libraries: [String: Set<String>] = [
    "Synchronization": [
      "MartletModel", "MartletEncoding", "MartletFiles", "MartletImport", "MartletSegmentFile",
      "MartletEngine", "MartletQuery", "Martlet", "MartletCLI",
    ],
    "Dispatch": ["MartletModel", "MartletImport", "MartletEngine"],
    "Glibc": ["MartletModel", "MartletFiles", "MartletImport", "MartletCLI"],
    "Musl": ["MartletModel", "MartletFiles", "MartletImport", "MartletCLI"],
    "Darwin": ["MartletModel", "MartletFiles", "MartletImport", "MartletCLI"],
  ]

  /// What an import line names; nil for any other line.
  static func module(importedBy line: String) -> String? {
    var words = line.split(separator: " ").map(String.init)
    while let first = words.first, first.hasPrefix("@") { words.removeFirst() }
    let access = ["public", "package", "internal", "fileprivate", "private"]
    if let first = words.first, access.contains(first) { words.removeFirst() }
    guard words.first == "import", words.count > 1 else { return nil }
    let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    let name = kinds.contains(words[1]) ? words[words.count - 1] : words[1]
    return String(name.prefix { $0 != "." })
  }

  @Test func everyImportIsInTheTable() throws {
    var seen = 0
    for file in try SourceTree.swiftSources() {
      guard let allowed = Self.table[file.target] else {
        Issue.record("\(file.path): the target \(file.target) is not in the import table")
        continue
      }
      for (number, line) in file.lines.enumerated() {
        guard let module = Self.module(importedBy: line.trimmingPrefix { $0 == " " }.description)
        else { continue }
        seen += 1
        let isAllowed =
          allowed.contains(module) || Self.libraries[module]?.contains(file.target) == true
        #expect(isAllowed, "\(file.path):\(number + 1): \(file.target) imports \(module)")
      }
    }
    // The reader of import lines reads import lines.
    #expect(seen > 100)
  }

  @Test func theTableHasNoCycle() {
    // Each pass takes away the targets whose imports are all taken away.
    var left = Self.table
    while let leaf = left.first(where: { $0.value.allSatisfy { left[$0] == nil } }) {
      left[leaf.key] = nil
    }
    #expect(left.isEmpty, "these import one another: \(left.keys.sorted())")
  }

  @Test(arguments: [
    ("import Glibc", "Glibc"), ("public import MartletModel", "MartletModel"),
    ("@_exported public import MartletImport", "MartletImport"),
    ("@testable import Martlet", "Martlet"), ("import struct Martlet.Snapshot", "Martlet"),
    ("let important = 1", nil), ("// import Foundation", nil),
  ])
  func importLinesAreRead(_ line: String, _ module: String?) {
    #expect(Self.module(importedBy: line) == module)
  }
}
