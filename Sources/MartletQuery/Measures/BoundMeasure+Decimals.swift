import MartletLanguage
import MartletModel
import MartletSegmentFile

extension BoundMeasure {
  /// Columns of numbers of a property in one part.
  private func numberColumns(_ property: Text, _ part: RunPart) -> [ColumnEntry] {
    guard let index = part.file.propertyIndex(of: property) else { return [] }
    return part.run.columns(ofProperty: index).filter {
      $0.kind == .number || $0.kind == .wideNumber
    }
  }

  /// The scale at which all numbers of the property are integers; nil where some are too wide.
  func commonScale(_ property: Text) -> Int? {
    var scale = 0
    for part in selection.parts {
      for column in numberColumns(property, part) {
        if column.kind == .wideNumber { return nil }
        scale = max(scale, column.scale)
      }
    }
    return scale
  }

  /// The aggregation in 128-bit integers; nil where that is too narrow.
  func decimals(
    _ aggregation: Aggregation, _ property: Text, _ span: UserSpan, _ context: QueryContext
  ) throws(MartletError) -> DecimalValues? {
    guard let scale = commonScale(property) else { return nil }
    var values = DecimalValues(
      scale: scale, totals: [Int128](repeating: 0, count: span.width),
      counts: [UInt32](repeating: 0, count: span.width))
    var overflows = false
    try forEachPart(span, context) { rows, mask throws(MartletError) in
      guard let index = rows.file.propertyIndex(of: property) else { return }
      for column in rows.run.columns(ofProperty: index) where column.kind == .number {
        let read = try rows.run.values(of: column, rows: rows.rows)
        guard case .integers(let integers) = read.storage else { continue }
        let factor = Int128(DecimalScale.power(scale - column.scale))
        for (position, value) in integers.enumerated() {
          let row = read.rows.row(of: position)
          guard mask?[row] ?? true else { continue }
          let fits = values.add(Int128(value) * factor, aggregation, Int(rows.users[row]))
          if !fits { overflows = true }
        }
      }
    }
    return overflows ? nil : values
  }

  /// Everything about each user's numbers, whatever their size.
  func exactValues(
    _ property: Text, _ span: UserSpan, _ context: QueryContext
  ) throws(MartletError) -> [UInt32: ExactAccumulator] {
    var accumulators: [UInt32: ExactAccumulator] = [:]
    func add(_ number: Number, _ user: UInt32) {
      if accumulators[user] == nil {
        accumulators[user] = ExactAccumulator(number)
      } else {
        accumulators[user]?.add(number)
      }
    }
    try forEachPart(span, context) { rows, mask throws(MartletError) in
      let part = RunPart(file: rows.file, fileNumber: rows.fileNumber, run: rows.run)
      for column in numberColumns(property, part) {
        let read = try rows.run.values(of: column, rows: rows.rows)
        for position in 0..<read.count {
          let row = read.rows.row(of: position)
          guard mask?[row] ?? true else { continue }
          add(try rows.number(read, position), rows.users[row])
        }
      }
    }
    return accumulators
  }
}

extension DecimalValues {
  /// Adds a value to a user; false where the total no longer fits.
  mutating func add(_ value: Int128, _ aggregation: Aggregation, _ user: Int) -> Bool {
    let isFirst = counts[user] == 0
    counts[user] += 1
    switch aggregation {
    case .min: totals[user] = isFirst ? value : min(totals[user], value)
    case .max: totals[user] = isFirst ? value : max(totals[user], value)
    default:
      let (sum, overflow) = totals[user].addingReportingOverflow(value)
      totals[user] = sum
      return !overflow
    }
    return true
  }
}

extension RunRows {
  /// One number of a column of numbers.
  func number(_ values: ColumnValues, _ position: Int) throws(MartletError) -> Number {
    switch values.storage {
    case .integers(let integers):
      return Number(significand: Int128(integers[position]), exponent: -values.scale)
    case .texts(let arena, let ends):
      let start = position == 0 ? 0 : ends[position - 1]
      return try wideNumber(arena[start..<ends[position]])
    case .none: preconditionFailure("numbers have values")
    }
  }
}
