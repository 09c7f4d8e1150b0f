import MartletEncoding
package import MartletModel

/// Rows that will make one segment file: runs of columns in arrival order.
package struct SegmentFileBuffer {
  /// Texts of one property.
  struct Property {
    let name: Text
    var texts = TextTable()
    /// How many values refer to `texts`.
    var textValueCount = 0
  }

  private(set) var runs: [RunBuffer] = []
  private(set) var properties: [Property] = []
  private(set) var wideNumbers: [Number] = []
  private(set) var insertIDArena: [UInt8] = []
  private var runIndex: [Text: Int] = [:]
  private var traitRun: Int?
  private var propertyIndex: [Text: Int] = [:]
  private var insertIDs = InsertIDTable()
  /// Rows so far, trait updates included.
  package private(set) var rowCount = 0
  private var cellCount = 0

  /// Bytes of texts that are long enough to matter to the size of a page, repeats included.
  private var longTextByteCount = 0
  /// Bytes of the tables of texts and of insert ids.
  private var tableByteCount = 0

  /// A page of texts may hold `Format.textPageByteCountMax` bytes: with these two bounds it does,
  /// whatever the texts are.
  private static let longTextByteCountMin = 16 << 10
  private static let longTextByteCountMax = 96 << 20

  package init() {}

  /// Whether it is time to make a file of the rows: they take about `byteCount` bytes of memory.
  package func isFull(at byteCount: Int) -> Bool {
    self.byteCount >= byteCount
      || longTextByteCount >= SegmentFileBuffer.longTextByteCountMax
  }

  /// About how many bytes of memory the buffer holds.
  package var byteCount: Int {
    rowCount * 20 + cellCount * 9 + insertIDArena.count + insertIDs.byteCount + tableByteCount
  }

  /// Where a batch's names lie in this buffer; made once a batch.
  package struct NameMap {
    var runs: [Int]
    var properties: [Int]
  }

  /// - Throws: `.limit` where there would be too many event types or property names; the buffer is
  ///   as before.
  package mutating func mapNames(
    of batch: borrowing EventBatch
  ) throws(MartletError) -> NameMap {
    let newTypes = batch.eventTypes.count { runIndex[$0] == nil }
    try check(runIndex.count + newTypes, "event types", limit: Limits.eventTypes)
    let newNames = batch.propertyNames.count { propertyIndex[$0] == nil }
    try check(properties.count + newNames, "property names", limit: Limits.propertyNames)
    var names = NameMap(runs: [], properties: [])
    for type in batch.eventTypes { names.runs.append(runNumber(of: type)) }
    for name in batch.propertyNames { names.properties.append(propertyNumber(of: name)) }
    return names
  }

  private func check(_ count: Int, _ what: String, limit: Int) throws(MartletError) {
    guard count > limit else { return }
    throw MartletError(
      .limit, "there are more than \(limit) \(what)",
      remedy: "names are for kinds of things; put what varies into a value")
  }

  /// The run of an event type, or of trait updates (nil).
  mutating func runNumber(of eventType: Text?) -> Int {
    guard let eventType else { return traitRunNumber() }
    if let index = runIndex[eventType] { return index }
    runs.append(RunBuffer(eventType: eventType))
    runIndex[eventType] = runs.count - 1
    return runs.count - 1
  }

  private mutating func traitRunNumber() -> Int {
    if let traitRun { return traitRun }
    runs.append(RunBuffer(eventType: nil))
    traitRun = runs.count - 1
    return runs.count - 1
  }

  mutating func propertyNumber(of name: Text) -> Int {
    if let index = propertyIndex[name] { return index }
    properties.append(Property(name: name))
    propertyIndex[name] = properties.count - 1
    return properties.count - 1
  }

  var insertIDFingerprints: [UInt64] { insertIDs.fingerprints }

  /// Whether the buffer holds an event of that user and type with that insert id.
  package func holds(_ key: InsertIDKey, insertID: RawSpan) -> Bool {
    insertIDs.contains(key, insertID: insertID, arena: insertIDArena)
  }

  /// Adds row `row` of `batch`, which lies under `user` and was sent as `sender`.
  /// - Parameter key: of the sender, where the row has an insert id.
  package mutating func append(
    _ batch: borrowing EventBatch, row: Int, user: UInt32, sentAs sender: UInt32,
    names: NameMap, key: InsertIDKey?
  ) {
    let isEvent = batch.types[row] != EventBatch.traitUpdate
    let run = isEvent ? names.runs[Int(batch.types[row])] : traitRunNumber()
    appendRow(to: run, user: user, time: batch.timestamps[row])
    if let key {
      append(insertID: batch.bytes[batch.insertIDs[row].range], key, sentAs: sender, to: run)
    }
    for index in batch.cellRange(ofRow: row) {
      append(batch.cells[index], of: batch, names: names, to: run)
    }
    cellCount += batch.cellRange(ofRow: row).count
  }

  /// Rows move to the ordinals that stand for their users from now on; a row with an insert id
  /// keeps the ordinal it was sent under.
  /// - Complexity: O(rows · log ordinals that move)
  package mutating func remapUsers(_ canonical: OrdinalMap) {
    guard !canonical.isEmpty else { return }
    for run in runs.indices { runs[run].remapUsers(canonical) }
  }

  mutating func appendRow(to run: Int, user: UInt32, time: Int64) {
    runs[run].appendRow(user: user, time: time, arrival: UInt32(rowCount))
    rowCount += 1
  }

  /// Gives the row that was appended last its insert id.
  mutating func append(
    insertID: ArraySlice<UInt8>, _ key: InsertIDKey, sentAs sender: UInt32, to run: Int
  ) {
    let start = insertIDArena.count
    insertIDArena.append(contentsOf: insertID)
    let range = start..<insertIDArena.count
    runs[run].insertIDRows.append(UInt32(runs[run].rowCount - 1))
    runs[run].insertIDRanges.append(range)
    runs[run].insertIDSenders.append(sender)
    insertIDs.insert(key, range: range)
  }

  /// Gives the row that was appended last a value, or the list that starts at an item's position.
  mutating func append(_ value: CellValue, property: Int, run: Int, item: Int?) {
    let (kind, stored, scale): (ColumnKind, Int64, UInt8)
    switch value {
    case .number(let significand, let places):
      (kind, stored, scale) = (.number, significand, UInt8(places))
    case .wideNumber(let number):
      wideNumbers.append(number)
      (kind, stored, scale) = (.wideNumber, Int64(wideNumbers.count - 1), 0)
    case .text(let bytes):
      (kind, stored, scale) = (.text, intern(Array(bytes).rawSpan, property: property), 0)
    case .boolean(let flag): (kind, stored, scale) = (.boolean, flag, 0)
    case .null: (kind, stored, scale) = (.null, 0, 0)
    }
    if let item {
      runs[run].appendItem(
        stored, property: property, kind: kind, position: item, scale: scale)
    } else {
      runs[run].append(stored, property: property, kind: kind, scale: scale)
    }
    cellCount += 1
  }

  /// Gives the row that was appended last a list; returns the position of its first item.
  mutating func appendList(property: Int, count: Int, run: Int) -> Int {
    cellCount += 1
    return runs[run].appendList(property: property, count: count)
  }

  private mutating func append(
    _ cell: EventBatch.Cell, of batch: borrowing EventBatch, names: NameMap, to run: Int
  ) {
    let property = names.properties[Int(cell.name)]
    switch cell.kind {
    case .null: runs[run].append(0, property: property, kind: .null)
    case .list:
      let start = Int(cell.payload >> 32)
      let count = Int(cell.payload & 0xFFFF_FFFF)
      let position = runs[run].appendList(property: property, count: count)
      for offset in 0..<count {
        let item = batch.items[start + offset]
        let (kind, value) = store(item, of: batch, property: property)
        runs[run].appendItem(
          value, property: property, kind: kind, position: position + offset, scale: item.scale)
      }
      cellCount += count
    default:
      let (kind, value) = store(cell, of: batch, property: property)
      runs[run].append(value, property: property, kind: kind, scale: cell.scale)
    }
  }

  /// A scalar's column kind and value.
  private mutating func store(
    _ cell: EventBatch.Cell, of batch: borrowing EventBatch, property: Int
  ) -> (ColumnKind, Int64) {
    switch cell.kind {
    case .number: return (.number, cell.payload)
    case .boolean: return (.boolean, cell.payload)
    case .wideNumber:
      wideNumbers.append(batch.wideNumbers[Int(cell.payload)])
      return (.wideNumber, Int64(wideNumbers.count - 1))
    case .text:
      let start = Int(cell.payload >> 32)
      let end = start + Int(cell.payload & 0xFFFF_FFFF)
      let bytes = batch.bytes.rawSpan
      return (.text, intern(bytes.extracting(start..<end), property: property))
    case .list, .null: preconditionFailure("items of a list are scalars")
    }
  }

  /// The number of a text among those of a property.
  private mutating func intern(_ text: RawSpan, property: Int) -> Int64 {
    let (number, isNew) = properties[property].texts.intern(text)
    if isNew { tableByteCount += text.byteCount + 24 }
    if text.byteCount >= SegmentFileBuffer.longTextByteCountMin {
      longTextByteCount += text.byteCount
    }
    properties[property].textValueCount += 1
    return Int64(number)
  }
}
