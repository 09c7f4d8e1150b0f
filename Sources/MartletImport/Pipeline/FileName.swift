/// What a file's name says about its format, its compression suffix aside.
struct FileName {
  private let suffix: String

  init(_ path: String) {
    var parts = path.lowercased().split(separator: "/").last?.split(separator: ".") ?? []
    if let last = parts.last, ["gz", "zst", "lz4"].contains(last) { parts.removeLast() }
    suffix = parts.count > 1 ? String(parts[parts.count - 1]) : ""
  }

  var isTabSeparated: Bool { suffix == "tsv" || suffix == "tab" }
  var isCSV: Bool { suffix == "csv" || isTabSeparated }
  var isJSON: Bool { ["ndjson", "jsonl", "json"].contains(suffix) }
}
