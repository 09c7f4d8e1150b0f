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

  private let run: Run
  private let moved: RowSet
  private let canonical: OrdinalMap
  private let batches: KeyBatches
  private let compressionLevel: Int
  private var keys: SourceKeys
  private var properties: [Property] = []
  private var insertIDs: ColumnCursor?
  private var sent: [Int64: UInt32] = [:]
  private let ties: Ties
  private var buffer = SegmentFileBuffer()
  private var origins: [RowOrigin] = []
  private var parts: [Part] = []

  /// Bytes of rows in memory that make a file.
  private static let byteCountMax = 64 << 20

  /// A class, so that its arrays are not counted for every cell.
  private final class Property {
    let name: Text
    let source: CellSource
    let target: CellTarget
    var reader: PropertyReader
    var cells = PropertyCells()

    init(name: Text, source: CellSource, target: CellTarget, reader: PropertyReader) {
      (self.name, self.source, self.target, self.reader) = (name, source, target, reader)
    }
  }

  init(
    _ run: Run, _ moved: RowSet, _ canonical: OrdinalMap, _ batches: KeyBatches,
    file: SegmentFile, compressionLevel: Int
  ) throws(MartletError) {
    (self.run, self.moved, self.canonical) = (run, moved, canonical)
    (self.batches, self.compressionLevel) = (batches, compressionLevel)
    keys = try SourceKeys(run, kept: moved)
    ties = try run.ties()
    let directory = run.directory
    for (index, property) in file.directory.properties.enumerated() {
      let entries = run.columns(ofProperty: index)
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
          target: target, reader: try PropertyReader(index, of: run)))
    }
    if directory.insertIDs.valueCount > 0 {
      insertIDs = try ColumnCursor(
        ColumnEntry(
          property: 0, kind: .plainText, isItemLevel: false, scale: 0,
          positionCount: directory.rowCount, presence: directory.insertIDPresence,
          values: directory.insertIDs), of: run)
      let found = try run.sentUsers()
      sent = Dictionary(zip(found.rows, found.users)) { first, _ in first }
    }
  }

  /// - Complexity: O(rows of the run)
  mutating func files() throws(MartletError) -> [Part] {
    for range in batches.ranges(of: [run]) {
      try keys.start(range)
      while let last = batches.lastUser(of: [keys]) {
        var batch = KeyBatch()
        try keys.read(upTo: last, into: &batch)
        try append(batch)
      }
    }
    try seal()
    return parts
  }

  private mutating func append(_ batch: KeyBatch) throws(MartletError) {
    let part = batch.parts[0]
    for property in properties { try read(property, part) }
    try insertIDs?.read(part.rows)
    let ids = insertIDs.map { cursor in
      Dictionary((0..<cursor.count).map { (cursor.position(of: $0), $0) }) { first, _ in first }
    }
    for place in 0..<batch.count {
      if buffer.rowCount == 0 { start() }
      try appendRow(place, batch, id: ids?[part.row(at: place) - part.rows.lowerBound])
      if buffer.isFull(at: RowMover.byteCountMax) { try seal() }
    }
  }

  private func read(
    _ property: Property, _ part: KeyBatch.Part
  ) throws(MartletError) {
    property.cells.start(count: part.keptCount, property.target)
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
    let type = run.entry.eventType
    let number = buffer.runNumber(of: type)
    buffer.appendRow(to: number, user: canonical.canonical(user), time: batch.times[place])
    origins.append(
      RowOrigin(rank: ties.rank(ofRow: row) ?? 0, user: user, row: UInt32(row)))
    if let id, let type, let text = insertIDs?.texts[id] {
      let sender = sent[Int64(row)] ?? user
      let key = InsertIDKey(
        user: sender, eventType: type, insertID: Array(text).rawSpan)
      buffer.append(insertID: text, key, sentAs: sender, to: number)
    }
    for index in properties.indices
    where properties[index].cells.kinds[place] != PropertyCells.none {
      append(place, of: properties[index], numbered: index)
    }
  }

  private mutating func append(_ place: Int, of property: Property, numbered number: Int) {
    let (kind, payload) = (property.cells.kinds[place], property.cells.payloads[place])
    guard kind == ColumnKind.list.rawValue else {
      buffer.append(
        property.cells.value(kind, payload, scale: property.cells.target.rowScale),
        property: number, run: 0, item: nil)
      return
    }
    let (first, count) = (Int(payload >> 32), Int(payload & 0xFFFF_FFFF))
    let position = buffer.appendList(property: number, count: count, run: 0)
    for offset in 0..<count {
      buffer.append(
        property.cells.value(
          property.cells.itemKinds[first + offset], property.cells.itemPayloads[first + offset],
          scale: property.cells.target.itemScale),
        property: number, run: 0, item: position + offset)
    }
  }

  /// Numbers the properties of a new buffer as they are numbered here.
  private mutating func start() {
    for property in properties { _ = buffer.propertyNumber(of: property.name) }
  }

  /// Makes a file of the rows so far.
  private mutating func seal() throws(MartletError) {
    guard buffer.rowCount > 0 else { return }
    var writer = SegmentFileWriter()
    writer.compressionLevel = compressionLevel
    let content = writer.encode(buffer, arrivalNumber: 1, firstSeen: [])
    let file = try SegmentFile(FileBytes(content, name: run.bytes.name))
    // The order in which the writer sorted the rows.
    let rows = buffer.runs[0]
    let order = RowOrder.permutation(users: rows.users, times: rows.times)
    let sorted = order.map { origins[Int($0)] }
    parts.append(Part(file: file, origins: sorted))
    (buffer, origins) = (SegmentFileBuffer(), [])
  }
}
