/// Values of one property and kind, in arrival order, before they are sorted into a run.
struct ColumnBuffer {
  let property: Int
  let kind: ColumnKind
  let isItemLevel: Bool
  /// Positions (rows or items) of the values; empty while every position has one.
  private(set) var positions: [UInt32] = []
  /// number: significands; wideNumber, text: indices; boolean: 0 or 1; list: item counts.
  private(set) var values: [Int64] = []
  /// number: decimal places of each value; empty while all are 0.
  private(set) var scales: [UInt8] = []
  private var isDense = true

  init(property: Int, kind: ColumnKind, isItemLevel: Bool) {
    (self.property, self.kind, self.isItemLevel) = (property, kind, isItemLevel)
  }

  var count: Int { values.count }

  /// Whether all of `0 ..< positionCount` have a value.
  func isDense(positionCount: Int) -> Bool { isDense && values.count == positionCount }

  mutating func append(_ value: Int64, at position: Int, scale: UInt8 = 0) {
    if isDense, position != values.count {
      isDense = false
      positions = (0..<UInt32(values.count)).map { $0 }
    }
    if !isDense { positions.append(UInt32(position)) }
    if scale != 0, scales.isEmpty {
      scales = [UInt8](repeating: 0, count: values.count)
    }
    values.append(value)
    if scale != 0 || !scales.isEmpty { scales.append(scale) }
  }

  func position(of index: Int) -> Int { isDense ? index : Int(positions[index]) }

  func scale(of index: Int) -> Int { scales.isEmpty ? 0 : Int(scales[index]) }
}
