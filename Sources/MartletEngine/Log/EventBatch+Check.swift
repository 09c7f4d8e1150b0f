import MartletModel

extension EventBatch {
  /// Makes sure that the batch keeps the rules that `EventBatch` states and the limits of a
  /// store, except for its `users`.
  /// - Throws: `.badData`, naming the row where there is one.
  /// - Complexity: O(bytes of the batch).
  func check() throws(MartletError) {
    try EventBatch.check(eventTypes, "event type", max: Limits.eventTypes)
    try EventBatch.check(propertyNames, "property name", max: Limits.propertyNames)
    guard types.count == count, timestamps.count == count, insertIDs.count == count,
      cellEnds.count == count, Int(cellEnds.last ?? 0) == cells.count
    else { throw MartletError(.badData, "the columns of a batch differ in length") }
    for number in wideNumbers where !EventBatch.isWide(number) {
      throw MartletError(.badData, "\(number) is no wide number")
    }
    // Most arenas are one valid text; where they are, a text in them needs but a look at its ends.
    let isText = TextRules.isText(bytes.span)
    for cell in items where cell.kind == .list || cell.kind == .null {
      throw MartletError(.badData, "an item of a list is no scalar")
    }
    for (index, cell) in items.enumerated() {
      guard isValid(cell, arenaIsText: isText) else {
        throw MartletError(.badData, "item \(index) of the lists is malformed")
      }
    }
    var lastRow = [Int](repeating: -1, count: propertyNames.count)
    var start = 0
    for row in 0..<count {
      guard isValidRow(row, arenaIsText: isText) else {
        throw MartletError(.badData, place: "row \(row)", "its type, time or insert id is wrong")
      }
      let end = Int(cellEnds[row])
      guard start <= end, end <= cells.count else {
        throw MartletError(.badData, place: "row \(row)", "its cells end before they start")
      }
      for cell in start..<end {
        let cell = cells[cell]
        guard Int(cell.name) < propertyNames.count, lastRow[Int(cell.name)] != row else {
          throw MartletError(.badData, place: "row \(row)", "it has two values of one name")
        }
        lastRow[Int(cell.name)] = row
        guard isValid(cell, arenaIsText: isText),
          cell.kind != .null || types[row] == EventBatch.traitUpdate
        else {
          throw MartletError(
            .badData, place: "row \(row)",
            "the value of \(propertyNames[Int(cell.name)]) is malformed")
        }
      }
      start = end
    }
  }

  private static func check(_ names: [Text], _ what: String, max: Int) throws(MartletError) {
    guard names.count <= max else {
      throw MartletError(.limit, "there are \(names.count) names; the limit is \(max)")
    }
    guard Set(names).count == names.count else {
      throw MartletError(.badData, "an \(what) is listed twice")
    }
    for name in names where !(1...Limits.nameByteCount).contains(name.utf8.count) {
      throw MartletError(.badData, "an \(what) has \(name.utf8.count) bytes")
    }
  }

  /// Whether only the wide form holds the number, and a store takes it.
  private static func isWide(_ number: Number) -> Bool {
    guard abs(number.exponent) <= Limits.numberExponent,
      number.significand.magnitude < significandBound
    else { return false }
    return !(-18...0).contains(number.exponent) || Int64(exactly: number.significand) == nil
  }

  /// 10^38, the least number with more digits than a store takes.
  private static let significandBound =
    UInt128(10_000_000_000_000_000_000) * UInt128(10_000_000_000_000_000_000)

  private func isValidRow(_ row: Int, arenaIsText: Bool) -> Bool {
    guard types[row] == EventBatch.traitUpdate || Int(types[row]) < eventTypes.count,
      timestamps[row] >= Timestamp.earliest.milliseconds,
      timestamps[row] <= Timestamp.latest.milliseconds
    else { return false }
    let id = insertIDs[row]
    if id.isNone { return true }
    return (1...Limits.insertIDByteCount).contains(Int(id.count))
      && holdsText(start: Int(id.offset), count: Int(id.count), arenaIsText: arenaIsText)
  }

  private func isValid(_ cell: Cell, arenaIsText: Bool) -> Bool {
    let (start, count) = (Int(cell.payload >> 32), Int(cell.payload & 0xFFFF_FFFF))
    switch cell.kind {
    case .number:
      return cell.scale == 0 || cell.scale <= 18 && cell.payload % 10 != 0
    case .wideNumber: return (0..<Int64(wideNumbers.count)).contains(cell.payload)
    case .text:
      return count <= Limits.textByteCount
        && holdsText(start: start, count: count, arenaIsText: arenaIsText)
    case .boolean: return cell.payload == 0 || cell.payload == 1
    case .list: return start >= 0 && start <= items.count && count <= items.count - start
    case .null: return true
    }
  }

  private func holdsText(start: Int, count: Int, arenaIsText: Bool) -> Bool {
    guard start >= 0, start <= bytes.count, count <= bytes.count - start else { return false }
    if count == 0 { return true }
    if !arenaIsText { return TextRules.isText(bytes.span.extracting(start..<start + count)) }
    let end = start + count
    return TextRules.startsCharacter(bytes[start])
      && (end == bytes.count || TextRules.startsCharacter(bytes[end]))
  }
}
