import MartletModel

/// The columns of one property of a merged run, written batch by batch.
struct PropertyColumns {
  private let target: CellTarget
  /// By kind.
  private var rows: [ColumnWriter] = []
  private var items: [ColumnWriter] = []
  private var itemCount = 0

  init(_ target: CellTarget, compressionLevel: Int) {
    self.target = target
    for kind in ColumnKind.allCases {
      rows.append(
        ColumnWriter(kind: kind, isItemLevel: false, compressionLevel: compressionLevel))
      items.append(
        ColumnWriter(kind: kind, isItemLevel: true, compressionLevel: compressionLevel))
    }
  }

  /// Appends the values of a batch whose rows stand in the order of their places `order`.
  /// - Parameter firstRow: the number of the first of these rows.
  /// - Throws: `.limit` where texts are too long to share a page.
  mutating func append(
    _ cells: PropertyCells, in order: [UInt32], firstRow: Int
  ) throws(MartletError) {
    if let kind = cells.uniformKind, !kind.isText {
      rows[Int(kind.rawValue)].append(cells.payloads, in: order, at: firstRow)
      return
    }
    for (index, place) in order.enumerated() {
      let kind = cells.kinds[Int(place)]
      guard kind != PropertyCells.none else { continue }
      let payload = cells.payloads[Int(place)]
      try append(kind, payload, cells, to: &rows[Int(kind)], at: firstRow + index)
      guard kind == ColumnKind.list.rawValue else { continue }
      let first = Int(payload >> 32)
      for item in first..<first + Int(payload & 0xFFFF_FFFF) {
        let kind = cells.itemKinds[item]
        try append(
          kind, cells.itemPayloads[item], cells, to: &items[Int(kind)], at: itemCount)
        itemCount += 1
      }
    }
  }

  @inline(__always)
  private func append(
    _ kind: UInt8, _ payload: Int64, _ cells: PropertyCells, to column: inout ColumnWriter,
    at position: Int
  ) throws(MartletError) {
    switch kind {
    case ColumnKind.list.rawValue: column.append(payload & 0xFFFF_FFFF, at: position)
    case ColumnKind.null.rawValue: column.appendNull(at: position)
    case ColumnKind.wideNumber.rawValue:
      column.append(cells.numbers[Int(payload)], at: position)
    case ColumnKind.plainText.rawValue:
      let text = cells.texts[Int(payload)]
      guard column.hasRoom(for: text.count) else { throw PropertyColumns.pageIsFull }
      column.append(text: text, at: position)
    default: column.append(payload, at: position)
    }
  }

  private static let pageIsFull = MartletError(
    .limit, "neighbouring rows have texts that are too long to lie in one page",
    remedy: "merge fewer files at once")

  /// Puts the columns that have a value behind a sink's bytes.
  mutating func finish(
    property: Int, rowCount: Int, into sink: inout BlockSink
  ) -> [ColumnEntry] {
    var entries: [ColumnEntry] = []
    for kind in rows.indices where rows[kind].count > 0 {
      let scale = rows[kind].kind == .number ? target.rowScale : 0
      entries.append(
        rows[kind].finish(
          property: property, scale: scale, positionCount: rowCount, into: &sink))
    }
    for kind in items.indices where items[kind].count > 0 {
      let scale = items[kind].kind == .number ? target.itemScale : 0
      entries.append(
        items[kind].finish(
          property: property, scale: scale, positionCount: itemCount, into: &sink))
    }
    return entries
  }
}
