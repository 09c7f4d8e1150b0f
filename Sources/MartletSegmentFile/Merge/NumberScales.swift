import MartletModel

/// How many decimal places the numbers of a merged run have.
struct NumberScales {
  private(set) var rows = 0
  private(set) var items = 0

  /// The most places that a kept number of a property has, at either level.
  /// - Complexity: O(1), or O(values) where rows of a source are left out
  static func scales(of property: Int, in run: MergeRun) throws(MartletError) -> NumberScales {
    var scales = NumberScales()
    for source in run.sources {
      guard let own = source.properties.firstIndex(of: property) else { continue }
      guard let kept = source.kept else {
        for entry in source.run.columns(ofProperty: own) where entry.kind == .number {
          scales.note(entry.scale, isItem: entry.isItemLevel)
        }
        continue
      }
      try scales.note(own, of: source.run, kept)
    }
    return scales
  }

  private mutating func note(_ scale: Int, isItem: Bool) {
    if isItem { items = max(items, scale) } else { rows = max(rows, scale) }
  }

  private mutating func note(
    _ property: Int, of run: Run, _ kept: RowSet
  ) throws(MartletError) {
    let isScaled = run.columns(ofProperty: property).contains {
      $0.kind == .wideNumber || $0.scale > 0
    }
    guard isScaled else { return }
    try KeptValues.forEach(of: property, run, kept) { cursor, indices throws(MartletError) in
      let isItem = cursor.entry.isItemLevel
      switch cursor.entry.kind {
      case .number:
        for index in indices {
          let value = cursor.values[index]
          note(NumberScales.places(value, atMost: cursor.entry.scale), isItem: isItem)
        }
      case .wideNumber:
        for index in indices {
          let number = try run.wideNumber(cursor.texts[index])
          if let plain = number.plain { note(plain.places, isItem: isItem) }
        }
      default: break
      }
    }
  }

  /// The decimal places that a significand with so many of them needs.
  private static func places(_ value: Int64, atMost places: Int) -> Int {
    var (value, places) = (value, places)
    while places > 0, value % 10 == 0 { (value, places) = (value / 10, places - 1) }
    return places
  }
}
