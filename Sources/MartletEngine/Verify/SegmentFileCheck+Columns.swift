import MartletModel
import MartletSegmentFile
import RoaringBitmap

extension SegmentFileCheck {
  /// The columns of one property at one level.
  private struct Level: Hashable {
    var property: Int
    var isItem: Bool
  }

  /// What the columns of a level hold so far.
  private struct Tally {
    var positions = RoaringBitmap()
    var kinds: Set<ColumnKind> = []
    /// All of one level.
    var positionCount: Int
  }

  /// Reads the values of a run; returns whether nothing is wrong.
  mutating func checkColumns(_ run: Run, _ index: Int) -> Bool {
    var isSound = true
    var tallies: [Level: Tally] = [:]
    var itemCounts: [Int: Int] = [:]
    for column in run.directory.columns {
      let property = file.directory.properties[column.property].name
      let place = place(run, index, "property \(property), \(column.kind)")
      if !checkValues(column, place, itemCount: &itemCounts[column.property, default: 0]) {
        isSound = false
      }
      guard let positions = positions(of: column, place) else {
        isSound = false
        continue
      }
      let level = Level(property: column.property, isItem: column.isItemLevel)
      var tally = tallies[level] ?? Tally(positionCount: column.positionCount)
      if let fault = fault(column, run, positions, &tally) {
        findings.note(place, fault)
        isSound = false
      }
      tallies[level] = tally
    }
    guard isSound else { return false }
    for (property, count) in itemCounts {
      let items = tallies[Level(property: property, isItem: true)]
      let isList = tallies[Level(property: property, isItem: false)]?.kinds.contains(.list) ?? false
      let isComplete =
        count == items?.positionCount ?? 0 && count == items?.positions.count ?? 0
      if !isComplete || items != nil && !isList {
        let name = file.directory.properties[property].name
        findings.note(place(run, index, "property \(name)"), "the items of its lists do not add up")
        isSound = false
      }
    }
    return isSound
  }

  /// Reads the pages of a column.
  private mutating func checkValues(
    _ column: ColumnEntry, _ place: CheckedPlace, itemCount: inout Int
  ) -> Bool {
    switch column.kind {
    case .wideNumber:
      return findings.readTexts(column.values, in: bytes, place) { arena, ends, _ in
        var start = 0
        for (index, end) in ends.enumerated() {
          let text = Text(validating: arena[start..<end])
          guard let text, Number(parsing: text.string) != nil else {
            return "value \(index) of the page is no number"
          }
          start = end
        }
        return nil
      }
    case .plainText:
      return findings.readTexts(column.values, in: bytes, place) { arena, ends, _ in
        StoredTexts.fault(arena, ends, byteCounts: 0...Limits.textByteCount, what: "text")
      }
    case .text:
      guard let count = dictionaryCounts[column.property] else {
        findings.mark(place.damage)
        return false
      }
      return findings.readIntegers(column.values, in: bytes, place) { codes, _ in
        codes.first { $0 < 0 || $0 >= Int64(count) }.map { "there is no text \($0)" }
      }
    case .boolean:
      return findings.readIntegers(column.values, in: bytes, place) { values, _ in
        values.first { $0 != 0 && $0 != 1 }.map { "\($0) is neither true nor false" }
      }
    case .list:
      var total = 0
      let isSound = findings.readIntegers(column.values, in: bytes, place) { counts, _ in
        for count in counts {
          guard (0...Int64(Limits.propertiesPerEvent)).contains(count) else {
            return "a list has \(count) items"
          }
          total += Int(count)
        }
        return nil
      }
      itemCount += total
      return isSound
    case .number: return findings.readIntegers(column.values, in: bytes, place)
    case .null: return true
    }
  }

  private mutating func positions(
    of column: ColumnEntry, _ place: CheckedPlace
  ) -> RoaringBitmap? {
    guard let handle = column.presence else {
      return RoaringBitmap(0..<UInt32(column.positionCount))
    }
    return findings.readBitmap(handle, in: bytes, place.at(handle.offset))
  }

  private func fault(
    _ column: ColumnEntry, _ run: Run, _ positions: RoaringBitmap, _ tally: inout Tally
  ) -> String? {
    let valueCount = column.kind == .null ? positions.count : column.values.valueCount
    if let fault = fault(positions, valueCount, of: column.positionCount) { return fault }
    if column.kind == .null {
      if run.entry.eventType != nil { return "an event has a null" }
      if column.values.valueCount > 0 { return "a null has values" }
    }
    if column.positionCount != tally.positionCount { return "the items do not add up" }
    if positions.intersects(tally.positions) { return "a row or an item has two values" }
    tally.positions.formUnion(positions)
    if !tally.kinds.insert(column.kind).inserted, column.kind != .wideNumber {
      return "there are two columns of this kind"
    }
    return nil
  }
}
