import ArgumentParser

/// How an answer is printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people: aligned, with thousands separators. Not for scripts.
  case table
  /// One JSON document.
  case json
  /// RFC 4180.
  case csv
}
