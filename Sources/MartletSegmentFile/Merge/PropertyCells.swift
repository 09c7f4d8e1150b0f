import MartletModel

/// The values of one property in a batch of rows: a kind and a payload for each place.
///
/// Payloads: a number's significand at the target's scale, a wide number's place in `numbers`, a
/// text's number (in the merged dictionary, or in `texts` where it is written out), a boolean, and
/// a list's first item and count in halves.
struct PropertyCells {
  /// Stands for "no value".
  static let none: UInt8 = 0xFF

  private(set) var target = CellTarget(merged: nil, rowScale: 0, itemScale: 0)
  private(set) var kinds: [UInt8] = []
  private(set) var payloads: [Int64] = []
  private(set) var itemKinds: [UInt8] = []
  private(set) var itemPayloads: [Int64] = []
  var texts = TextList()
  var numbers: [Number] = []
  /// The kind of all places so far, where they have one and all the same.
  private(set) var uniformKind: ColumnKind?
  private var isMixed = false

  /// Starts a batch of `count` places without values, which will be those of a property.
  mutating func start(count: Int, _ target: CellTarget) {
    self.target = target
    kinds.removeAll(keepingCapacity: true)
    kinds.append(contentsOf: repeatElement(PropertyCells.none, count: count))
    payloads.removeAll(keepingCapacity: true)
    payloads.append(contentsOf: repeatElement(0, count: count))
    itemKinds.removeAll(keepingCapacity: true)
    itemPayloads.removeAll(keepingCapacity: true)
    texts.removeAll()
    numbers.removeAll(keepingCapacity: true)
    (uniformKind, isMixed) = (nil, false)
  }

  /// Says that rows of the batch have no value.
  mutating func addNothing(_ part: KeyBatch.Part) {
    if part.keptCount > 0 { (uniformKind, isMixed) = (nil, true) }
  }

  /// Takes the values of one source's rows.
  /// - Parameters:
  ///   - reader: has read the rows of `part`.
  ///   - placesOfRows: the place of each of the part's rows, or -1; nil: all follow one another.
  mutating func add(
    _ reader: inout PropertyReader, _ part: KeyBatch.Part, _ placesOfRows: [Int32]?,
    _ source: CellSource
  ) throws(MartletError) {
    let places = Places(start: part.start, places: placesOfRows)
    for index in reader.scalars.indices {
      let kind = reader.scalars[index].entry.kind
      let exceptions = try convert(&reader.scalars[index], target.rowScale, source, reader.run)
      note(
        reader.scalars[index], part, kind: exceptions.isEmpty ? target.kind(of: kind) : nil)
      try place(
        reader.scalars[index], kind: target.kind(of: kind), exceptions, places, reader.run)
    }
    guard let lists = reader.lists else { return }
    (uniformKind, isMixed) = (nil, true)
    try addItems(&reader, source)
    var first = itemKinds.count - reader.itemCount
    for index in 0..<lists.count {
      let count = Int(lists.values[index])
      if let place = places[lists.position(of: index)] {
        try set(place, .list, Int64(first) << 32 | Int64(count), reader.run)
      }
      first += count
    }
  }

  /// Keeps track of whether all places have a value of one kind.
  private mutating func note(
    _ cursor: ColumnCursor, _ part: KeyBatch.Part, kind: ColumnKind?
  ) {
    guard part.keptCount > 0 else { return }
    if let kind, cursor.isDense, !isMixed, uniformKind == nil || uniformKind == kind {
      uniformKind = kind
    } else {
      (uniformKind, isMixed) = (nil, true)
    }
  }

  private mutating func addItems(
    _ reader: inout PropertyReader, _ source: CellSource
  ) throws(MartletError) {
    let base = itemKinds.count
    itemKinds.append(contentsOf: repeatElement(PropertyCells.none, count: reader.itemCount))
    itemPayloads.append(contentsOf: repeatElement(0, count: reader.itemCount))
    for index in reader.items.indices {
      let kind = target.kind(of: reader.items[index].entry.kind).rawValue
      let exceptions = try convert(&reader.items[index], target.itemScale, source, reader.run)
      let cursor = reader.items[index]
      for index in 0..<cursor.count {
        let item = base + cursor.position(of: index)
        guard itemKinds[item] == PropertyCells.none else {
          throw reader.run.corrupt("an item of a list has two values")
        }
        (itemKinds[item], itemPayloads[item]) = (kind, cursor.values[index])
      }
      for (index, kind) in exceptions {
        itemKinds[base + cursor.position(of: index)] = kind.rawValue
      }
    }
    guard !itemKinds[base...].contains(PropertyCells.none) else {
      throw reader.run.corrupt("an item of a list has no value")
    }
  }

  private mutating func place(
    _ cursor: ColumnCursor, kind: ColumnKind, _ exceptions: [(index: Int, kind: ColumnKind)],
    _ places: Places, _ run: Run
  ) throws(MartletError) {
    for index in 0..<cursor.count {
      guard let place = places[cursor.position(of: index)] else { continue }
      try set(place, kind, cursor.values[index], run)
    }
    for (index, kind) in exceptions {
      guard let place = places[cursor.position(of: index)] else { continue }
      kinds[place] = kind.rawValue
    }
  }

  @inline(__always)
  private mutating func set(
    _ place: Int, _ kind: ColumnKind, _ payload: Int64, _ run: Run
  ) throws(MartletError) {
    guard kinds[place] == PropertyCells.none else {
      throw run.corrupt("a row has two values of a property")
    }
    (kinds[place], payloads[place]) = (kind.rawValue, payload)
  }

  /// Places by distance from the first row of a part.
  private struct Places {
    let start: Int
    let places: [Int32]?

    @inline(__always)
    subscript(row: Int) -> Int? {
      guard let places else { return start + row }
      return places[row] < 0 ? nil : Int(places[row])
    }
  }
}
