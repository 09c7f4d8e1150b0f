import MartletEncoding
import MartletModel

/// Merges the insert ids of the sources of a run.
struct InsertIDMerge {
  /// Where the ids lie.
  struct Columns {
    var presence: BlockHandle?
    var ids: PagedColumn
    var sentRows: PagedColumn
    var sentUsers: PagedColumn
  }

  private let run: MergeRun
  private let typeHash: UInt64
  /// By source; nil where it has no ids.
  private var cursors: [ColumnCursor?] = []
  private var sent: [(rows: [Int64], users: [UInt32])] = []
  private var pages: TextPages
  private var presence = PresenceWriter()
  private var sentRows: [Int64] = []
  private var sentUsers: [Int64] = []
  private(set) var fingerprints: [UInt64] = []

  init(_ run: MergeRun, compressionLevel: Int) throws(MartletError) {
    self.run = run
    typeHash = InsertIDKey.hash(ofType: run.eventType ?? "")
    pages = TextPages(compressionLevel: compressionLevel)
    for source in run.sources {
      let directory = source.run.directory
      guard directory.insertIDs.valueCount > 0 else {
        cursors.append(nil)
        sent.append(([], []))
        continue
      }
      let column = ColumnEntry(
        property: 0, kind: .plainText, isItemLevel: false, scale: 0,
        positionCount: directory.rowCount, presence: directory.insertIDPresence,
        values: directory.insertIDs)
      cursors.append(try ColumnCursor(column, of: source.run))
      sent.append(try source.run.sentUsers())
    }
  }

  /// Appends the ids of a batch.
  mutating func append(
    _ batch: KeyBatch, _ places: [[Int32]?], _ order: [UInt32], firstRow: Int
  ) throws(MartletError) {
    guard cursors.contains(where: { $0 != nil }) else { return }
    var idOfPlace = [Int32](repeating: -1, count: batch.count)
    var texts = TextList()
    for (index, part) in batch.parts.enumerated() {
      guard cursors[index] != nil else { continue }
      try cursors[index]?.read(part.rows)
      guard let cursor = cursors[index] else { continue }
      let first = texts.count
      texts.append(contentsOf: cursor.texts)
      for id in 0..<cursor.count {
        let row = cursor.position(of: id)
        guard let kept = places[index] else {
          idOfPlace[part.start + row] = Int32(first + id)
          continue
        }
        if kept[row] >= 0 { idOfPlace[Int(kept[row])] = Int32(first + id) }
      }
    }
    for (index, place) in order.enumerated() where idOfPlace[Int(place)] >= 0 {
      let row = firstRow + index
      let id = texts[Int(idOfPlace[Int(place)])]
      let user = batch.users[Int(place)]
      let sender = sender(of: Int(place), in: batch) ?? user
      presence.append(UInt32(row))
      guard pages.hasRoom(for: id.count) else {
        throw run.sources[0].run.corrupt("an insert id is too long")
      }
      pages.append(id)
      let range = texts.range(of: Int(idOfPlace[Int(place)]))
      fingerprints.append(
        InsertIDKey.fingerprint(
          user: sender, typeHash: typeHash, insertID: texts.arena.rawSpan.extracting(range)))
      if sender != user {
        sentRows.append(Int64(row))
        sentUsers.append(Int64(sender))
      }
    }
  }

  /// The ordinal a row was sent under, where it is not the one it lies under in its source.
  private func sender(of place: Int, in batch: KeyBatch) -> UInt32? {
    let part = batch.part(of: place)
    let (rows, users) = sent[part]
    guard !rows.isEmpty else { return nil }
    let row = Int64(batch.parts[part].row(at: place))
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low] == row ? users[low] : nil
  }

  /// Puts the ids behind a sink's bytes.
  mutating func finish(rowCount: Int, into sink: inout BlockSink) -> Columns {
    guard pages.count > 0 else {
      return Columns(presence: nil, ids: .empty, sentRows: .empty, sentUsers: .empty)
    }
    let rows = presence.finish(positionCount: rowCount)
    return Columns(
      presence: rows.map { sink.append($0, as: .insertIDs) },
      ids: pages.finish(into: &sink, as: .insertIDs),
      sentRows: sink.appendColumn(sentRows, as: .directories),
      sentUsers: sink.appendColumn(sentUsers, as: .directories))
  }
}
