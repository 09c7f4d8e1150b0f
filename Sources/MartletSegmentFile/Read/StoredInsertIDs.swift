import MartletEncoding
import MartletFiles
import MartletModel
import RoaringBitmap

/// Searches the insert ids of a run, front to back.
struct StoredInsertIDs {
  private let run: Run
  private let file: FileBytes
  /// The rows that have one; nil: all.
  private let presence: RoaringBitmap?
  private let column: PagedColumn
  /// Names the column in errors.
  private let what: String
  /// For pages that must be decoded.
  private var cursor: TextCursor
  private var texts = TextList()

  init(_ run: Run) throws(MartletError) {
    self.run = run
    file = run.bytes
    let directory = run.directory
    if let handle = directory.insertIDPresence {
      presence = try run.presence(handle)
    } else {
      presence = nil
    }
    column = directory.insertIDs
    what = "\(run.name), insert ids"
    cursor = TextCursor(column, in: file, what: what)
  }

  /// From so many events of a user on, all rows are looked through for all of them at once.
  private static let manyEvents = 16

  /// Which events of a user are among the user's rows: their indices, ascending.
  /// - Complexity: O(rows + events)
  mutating func held(
    _ events: ArraySlice<Run.Wanted>, in rows: Range<Int>, _ insertIDs: RawSpan
  ) throws(MartletError) -> [Int] {
    if events.count >= StoredInsertIDs.manyEvents {
      return try heldOfMany(events, in: rows, insertIDs)
    }
    var held: [Int] = []
    for index in events.indices where try hold(events[index], in: rows, insertIDs) {
      held.append(index)
    }
    return held
  }

  private mutating func heldOfMany(
    _ events: ArraySlice<Run.Wanted>, in rows: Range<Int>, _ insertIDs: RawSpan
  ) throws(MartletError) -> [Int] {
    var ids = TextTable()
    var eventsByID: [[Int]] = []
    for index in events.indices {
      let (id, isNew) = ids.intern(insertIDs.extracting(events[index].insertID))
      if isNew { eventsByID.append([]) }
      eventsByID[id].append(index)
    }
    let values = try values(of: rows)
    let size = SegmentFileFormat.pageValueCount
    var held: [Int] = []
    var start = values.lowerBound
    while start < values.upperBound {
      let end = min(values.upperBound, (start / size + 1) * size)
      texts.removeAll()
      try cursor.read(start..<end, into: &texts)
      for index in 0..<texts.count {
        let text = texts.arena.rawSpan.extracting(texts.range(of: index))
        guard let id = ids.find(text), !eventsByID[id].isEmpty else { continue }
        var missing: [Int] = []
        for event in eventsByID[id] {
          if try isSender(events[event], ofValue: start + index) {
            held.append(event)
          } else {
            missing.append(event)
          }
        }
        eventsByID[id] = missing
      }
      start = end
    }
    return held.sorted()
  }

  /// The insert ids of some rows, as positions in the column.
  private func values(of rows: Range<Int>) throws(MartletError) -> Range<Int> {
    let values = firstValue(notBefore: rows.lowerBound)..<firstValue(notBefore: rows.upperBound)
    guard values.upperBound <= column.valueCount else {
      throw run.corrupt("it has fewer insert ids than rows with one")
    }
    return values
  }

  /// Whether one of a user's rows is that event.
  private mutating func hold(
    _ event: Run.Wanted, in rows: Range<Int>, _ insertIDs: RawSpan
  ) throws(MartletError) -> Bool {
    let values = try values(of: rows)
    let insertID = insertIDs.extracting(event.insertID)
    let size = SegmentFileFormat.pageValueCount
    var start = values.lowerBound
    while start < values.upperBound {
      let page = start / size
      let end = min(values.upperBound, page * size + column.count(ofPage: page))
      let isHeld =
        if let place = try packed(page) {
          try hold(event, insertID, in: start..<end, ofPage: page, at: place)
        } else {
          try hold(event, insertID, in: start..<end)
        }
      if isHeld { return true }
      start = end
    }
    return false
  }

  /// Where a page lies in the file, if its ids are packed. Its checksum is verified when it is
  /// first touched.
  private func packed(_ page: Int) throws(MartletError) -> Range<Int>? {
    let handle = column.handle(ofPage: page)
    if !run.verifiedInsertIDs.contains(page) {
      let block = try handle.locate(in: file, what: "\(what), page \(page)")
      // A damaged first byte that says otherwise is found when the page is decoded.
      guard PackedTexts.isForm(of: block.bytes) else { return nil }
      _ = try handle.read(from: file, what: "\(what), page \(page)")
      run.verifiedInsertIDs.insert(page)
    }
    return Int(handle.offset)..<Int(handle.offset) + Int(handle.byteCount)
  }

  private func hold(
    _ event: Run.Wanted, _ insertID: RawSpan, in values: Range<Int>, ofPage page: Int,
    at place: Range<Int>
  ) throws(MartletError) -> Bool {
    let first = page * SegmentFileFormat.pageValueCount
    var places = values.lowerBound - first..<values.upperBound - first
    return try inFile(file.name) { () throws(MartletError) in
      let texts = try PackedTexts(
        file.bytes.extracting(place), count: column.count(ofPage: page))
      while let found = texts.firstIndex(of: insertID, in: places) {
        if try isSender(event, ofValue: first + found) { return true }
        places = found + 1..<places.upperBound
      }
      return false
    }
  }

  private mutating func hold(
    _ event: Run.Wanted, _ insertID: RawSpan, in values: Range<Int>
  ) throws(MartletError) -> Bool {
    texts.removeAll()
    try cursor.read(values, into: &texts)
    for index in 0..<texts.count {
      let text = texts.arena.rawSpan.extracting(texts.range(of: index))
      guard ByteKernels.equal(text, insertID) else { continue }
      if try isSender(event, ofValue: values.lowerBound + index) { return true }
    }
    return false
  }

  /// Whether the row of a value was sent under the ordinal that the event was sent under.
  private func isSender(_ event: Run.Wanted, ofValue value: Int) throws(MartletError) -> Bool {
    try run.sender(ofRow: row(ofValue: value)) ?? event.user == event.sender
  }

  private func firstValue(notBefore row: Int) -> Int {
    guard let presence else { return row }
    return row == 0 ? 0 : presence.rank(UInt32(row - 1))
  }

  private func row(ofValue value: Int) -> Int {
    guard let presence else { return value }
    return presence.select(value).map { Int($0) } ?? -1
  }
}
