import MartletModel

/// Prepared bytes, one piece a name of a batch, laid end to end.
struct FragmentTable {
  private(set) var bytes: [UInt8] = []
  private(set) var ranges: [Range<Int>] = []
  private var names: [Text] = []

  /// Makes `prefix`, the name as a JSON string, `suffix` for each name, unless that is done.
  mutating func prepare(_ newNames: [Text], prefix: String = "", suffix: String) {
    guard newNames != names else { return }
    names = newNames
    bytes = []
    ranges = []
    for name in newNames {
      let start = bytes.count
      let text = Array(name.utf8)
      bytes.append(addingCapacity: text.count * 6 + 64) { output in
        output.append(prefix)
        output.append(jsonText: text.span, 0..<text.count)
        output.append(suffix)
      }
      ranges.append(start..<bytes.count)
    }
  }
}
