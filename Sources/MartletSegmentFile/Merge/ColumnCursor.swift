import MartletModel

/// Reads one column of a run, a range of positions after the other.
struct ColumnCursor {
  let entry: ColumnEntry
  private let run: Run
  private var presence: PresenceCursor?
  private var integers: IntegerCursor
  private var textPages: TextCursor
  /// Whether each position of the range that was read last has a value.
  private(set) var isDense = false
  /// Which positions have one, as distances from the start of the range; meaningless if dense.
  private(set) var positions: [UInt32] = []
  /// Significands, dictionary positions, booleans or item counts.
  var values: [Int64] = []
  private(set) var texts = TextList()

  init(_ entry: ColumnEntry, of run: Run) throws(MartletError) {
    (self.entry, self.run) = (entry, run)
    if let handle = entry.presence { presence = PresenceCursor(try run.presence(handle)) }
    integers = IntegerCursor(entry.values, in: run.bytes, what: "\(run.name), values")
    textPages = TextCursor(entry.values, in: run.bytes, what: "\(run.name), texts")
  }

  /// How many values the last range has.
  var count: Int { entry.kind.isText ? texts.count : values.count }

  /// The position of a value, as a distance from the start of the range.
  @inline(__always)
  func position(of index: Int) -> Int { isDense ? index : Int(positions[index]) }

  /// Reads the values of a range of positions; ranges ascend.
  mutating func read(_ range: Range<Int>) throws(MartletError) {
    positions.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    texts.removeAll()
    guard range.upperBound <= entry.positionCount else {
      throw run.corrupt("a column has too few positions")
    }
    isDense = presence == nil
    let indices = presence?.read(range, into: &positions) ?? range
    switch entry.kind {
    case .null:
      // As many values as positions, so that a null looks like any other kind.
      values.append(contentsOf: repeatElement(0, count: indices.count))
    case .wideNumber, .plainText: try textPages.read(indices, into: &texts)
    case .number, .text, .boolean, .list: try integers.read(indices, into: &values)
    }
  }
}
