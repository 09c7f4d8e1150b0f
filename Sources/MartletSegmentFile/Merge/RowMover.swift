import MartletEncoding
import MartletFiles
import MartletModel

/// Makes files of the rows of a run that lie under other users from now on.
struct RowMover {
  /// Some of the rows, in one run, and where they were.
  struct Part {
    let file: SegmentFile
    let origins: [RowOrigin]
  }

  private let source: MergeSource
  private let moved: RowSet
  private let canonical: OrdinalMap
  private let compressionLevel: Int
  private var keys: SourceKeys
  private var properties: [Property] = []
  private var insertIDs: ColumnCursor?
  private var sent: [Int64: UInt32] = [:]
  private var buffer = SegmentFileBuffer()
  private var origins: [RowOrigin] = []
  private var parts: [Part] = []

  /// Bytes of rows in memory that make a file.
  private static let byteCountMax = 64 << 20

  private struct Property {
    let name: Text
    let source: CellSource
    var reader: PropertyReader
    var cells: PropertyCells
  }

  init(
    _ source: MergeSource, _ moved: RowSet, _ canonical: OrdinalMap, file: SegmentFile,
    compressionLevel: Int
  ) throws(MartletError) {
    (self.source, self.moved, self.canonical) = (source, moved, canonical)
    self.compressionLevel = compressionLevel
    keys = try SourceKeys(source.run, kept: moved)
    let directory = source.run.directory
    for (index, property) in file.directory.properties.enumerated() {
      let entries = source.run.columns(ofProperty: index)
      guard !entries.isEmpty else { continue }
      let scales = entries.filter { $0.kind == .number }
      let target = CellTarget(
        merged: nil, rowScale: scales.first { !$0.isItemLevel }?.scale ?? 0,
        itemScale: scales.first { $0.isItemLevel }?.scale ?? 0)
      let hasDictionary = property.dictionary.valueCount > 0
      properties.append(
        Property(
          name: property.name,
          source: CellSource(
            dictionary: hasDictionary ? try file.dictionary(ofProperty: index) : nil),
          reader: try PropertyReader(index, of: source.run), cells: PropertyCells(target)))
    }
    if directory.insertIDs.valueCount > 0 {
      insertIDs = try ColumnCursor(
        ColumnEntry(
          property: 0, kind: .plainText, isItemLevel: false, scale: 0,
          positionCount: directory.rowCount, presence: directory.insertIDPresence,
          values: directory.insertIDs), of: source.run)
      let found = try source.run.sentUsers()
      sent = Dictionary(zip(found.rows, found.users)) { first, _ in first }
    }
  }

  /// - Complexity: O(rows of the run)
  mutating func files() throws(MartletError) -> [Part] {
    for range in KeyBatches.ranges(of: [source.run], rowCount: KeyBatches.rowCount) {
      var batch = KeyBatch()
      try keys.read(range, into: &batch)
      let part = batch.parts[0]
      for index in properties.indices { try read(&properties[index], part) }
      try insertIDs?.read(part.rows)
      let ids = insertIDs.map { cursor in
        Dictionary((0..<cursor.count).map { (cursor.position(of: $0), $0) }) { first, _ in first }
      }
      for place in 0..<batch.count {
        try appendRow(place, batch, id: ids?[part.row(at: place) - part.rows.lowerBound])
        if buffer.isFull(at: RowMover.byteCountMax) { try seal() }
      }
    }
    try seal()
    return parts
  }

  private func read(
    _ property: inout Property, _ part: KeyBatch.Part
  ) throws(MartletError) {
    property.cells.start(count: part.keptCount)
    try property.reader.read(part.rows)
    var places = [Int32](repeating: -1, count: part.rows.count)
    for (place, row) in (part.keptRows ?? []).enumerated() {
      places[Int(row) - part.rows.lowerBound] = Int32(place)
    }
    try property.cells.add(&property.reader, part, places, property.source)
  }

  private mutating func appendRow(
    _ place: Int, _ batch: KeyBatch, id: Int?
  ) throws(MartletError) {
    let row = batch.parts[0].row(at: place)
    let user = batch.users[place]
    let type = source.run.entry.eventType
    let run = buffer.runNumber(of: type)
    buffer.appendRow(to: run, user: canonical.canonical(user), time: batch.times[place])
    origins.append(
      RowOrigin(rank: try source.run.rank(ofRow: row) ?? 0, user: user, row: UInt32(row)))
    if let id, let type, let text = insertIDs?.texts[id] {
      let sender = sent[Int64(row)] ?? user
      let key = InsertIDKey(
        user: sender, eventType: type, insertID: Array(text).rawSpan)
      buffer.append(insertID: text, key, sentAs: sender, to: run)
    }
    for property in properties where property.cells.kinds[place] != PropertyCells.none {
      append(property, property.cells.kinds[place], property.cells.payloads[place], run)
    }
  }

  private mutating func append(
    _ property: Property, _ kind: UInt8, _ payload: Int64, _ run: Int
  ) {
    let number = buffer.propertyNumber(of: property.name)
    guard kind == ColumnKind.list.rawValue else {
      buffer.append(
        property.cells.value(kind, payload, scale: property.cells.target.rowScale),
        property: number, run: run, item: nil)
      return
    }
    let (first, count) = (Int(payload >> 32), Int(payload & 0xFFFF_FFFF))
    let position = buffer.appendList(property: number, count: count, run: run)
    for offset in 0..<count {
      buffer.append(
        property.cells.value(
          property.cells.itemKinds[first + offset], property.cells.itemPayloads[first + offset],
          scale: property.cells.target.itemScale),
        property: number, run: run, item: position + offset)
    }
  }

  /// Makes a file of the rows so far.
  private mutating func seal() throws(MartletError) {
    guard buffer.rowCount > 0 else { return }
    var writer = SegmentFileWriter()
    writer.compressionLevel = compressionLevel
    let bytes = writer.encode(buffer, arrivalNumber: 1, firstSeen: [])
    let file = try SegmentFile(FileBytes(bytes, name: source.run.bytes.name))
    // The order in which the writer sorted the rows.
    let rows = buffer.runs[0]
    let order = RowOrder.permutation(users: rows.users, times: rows.times)
    let sorted = order.map { origins[Int($0)] }
    parts.append(Part(file: file, origins: sorted))
    (buffer, origins) = (SegmentFileBuffer(), [])
  }
}
