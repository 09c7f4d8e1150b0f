import MartletEncoding
import MartletLanguage
import MartletModel
import MartletSegmentFile

/// Finds the rows of a run whose properties pass a filter.
struct RowFilter: Sendable {
  let rows: RunRows
  let matches: DictionaryMatches

  /// The rows that pass.
  /// - Complexity: O(values of the properties that the filter names)
  func mask(_ filter: PropertyExpression) throws(MartletError) -> RowMask {
    switch filter {
    case .test(let name, let test): return try mask(name, test)
    case .not(let operand):
      var mask = try mask(operand)
      mask.invert()
      return mask
    case .and(let operands):
      var result = RowMask(all: rows.count)
      for operand in operands {
        result.formIntersection(try mask(operand))
        if result.isEmpty { break }
      }
      return result
    case .or(let operands):
      var result = RowMask(none: rows.count)
      for operand in operands { result.formUnion(try mask(operand)) }
      return result
    }
  }

  /// The rows whose value of a property passes a test.
  func mask(_ name: Text, _ test: ValueTest) throws(MartletError) -> RowMask {
    if test == .isMissing {
      var mask = try mask(name, .exists)
      mask.invert()
      return mask
    }
    var mask = RowMask(none: rows.count)
    guard let property = rows.file.propertyIndex(of: name) else { return mask }
    for column in rows.run.columns(ofProperty: property) {
      // `exists` sees the row's own value; a list's items add nothing to it.
      if test == .exists, column.isItemLevel || column.kind == .null { continue }
      if test != .exists, column.kind == .list || column.kind == .null { continue }
      try add(column, test, to: &mask)
    }
    return mask
  }

  private func add(
    _ column: ColumnEntry, _ test: ValueTest, to mask: inout RowMask
  ) throws(MartletError) {
    if test == .exists, column.presence == nil {
      mask = RowMask(all: rows.count)
      return
    }
    let values = try rows.run.values(of: column, rows: rows.rows)
    switch values.storage {
    case .none: return
    case .texts(let arena, let ends):
      try addTexts(arena, ends, column.kind, test, values.rows, to: &mask)
    case .integers(let integers):
      switch column.kind {
      case .text:
        let match = try matches.match(test, property: column.property, of: rows.file)
        try addDictionary(integers, match, column, values.rows, to: &mask)
      case .boolean:
        let (accepted, other) = (test.accepts(true), test.accepts(false))
        RowFilter.mark(integers, values.rows, &mask) { $0 == 0 ? other : accepted }
      default:
        let ranges = NumberSet(test, scale: column.scale).int64Ranges
        if ranges.count == 1 {
          let (low, high) = (ranges[0].lowerBound, ranges[0].upperBound)
          RowFilter.mark(integers, values.rows, &mask) { $0 >= low && $0 <= high }
        } else if !ranges.isEmpty {
          RowFilter.mark(integers, values.rows, &mask) { value in
            ranges.contains { $0.contains(value) }
          }
        }
      }
    }
  }

  private func addDictionary(
    _ integers: [Int64], _ match: DictionaryMatch, _ column: ColumnEntry,
    _ positions: RowPositions, to mask: inout RowMask
  ) throws(MartletError) {
    switch match {
    case .positions(let wanted):
      if wanted.count == 1 {
        let only = wanted[0]
        RowFilter.mark(integers, positions, &mask) { $0 == only }
      } else if !wanted.isEmpty {
        RowFilter.mark(integers, positions, &mask) { wanted.contains($0) }
      }
    case .table(let table):
      for value in integers where value < 0 || value >= table.count {
        throw rows.run.corrupt("a text lies outside its dictionary")
      }
      RowFilter.mark(integers, positions, &mask) { table[Int($0)] }
    }
  }

  private func addTexts(
    _ arena: [UInt8], _ ends: [Int], _ kind: ColumnKind, _ test: ValueTest,
    _ positions: RowPositions, to mask: inout RowMask
  ) throws(MartletError) {
    let textTest = TextTest(test)
    var start = 0
    for (index, end) in ends.enumerated() {
      let passes: Bool
      if kind == .wideNumber {
        passes = test.accepts(try rows.wideNumber(arena[start..<end]))
      } else {
        passes = textTest.accepts(arena.rawSpan.extracting(start..<end))
      }
      if passes { mask.insert(positions.row(of: index)) }
      start = end
    }
  }

  /// Adds the rows whose value passes.
  @inline(__always)
  private static func mark(
    _ values: [Int64], _ positions: RowPositions, _ mask: inout RowMask,
    where passes: (Int64) -> Bool
  ) {
    switch positions {
    case .all: mask.formUnion(ofDense: values, where: passes)
    case .some(let rows):
      for (index, row) in rows.enumerated() where passes(values[index]) {
        mask.insert(Int(row))
      }
    }
  }
}

extension RowMask {
  /// Adds each row whose value passes; row `i` has value `i`.
  @inline(__always)
  mutating func formUnion(ofDense values: [Int64], where passes: (Int64) -> Bool) {
    for start in stride(from: 0, to: values.count, by: 64) {
      let end = min(start &+ 64, values.count)
      var bits: UInt64 = 0
      for row in start..<end {
        bits |= (passes(values[row]) ? 1 : 0) &<< UInt64(truncatingIfNeeded: row &- start)
      }
      insert(bits, atWord: start >> 6)
    }
  }
}
