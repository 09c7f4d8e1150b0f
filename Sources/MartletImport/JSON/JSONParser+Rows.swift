import MartletModel

extension JSONParser {
  /// Appends the line that was read as a row, or fails.
  /// - Returns: whether there is a row, or a link of two ids.
  mutating func commitLine() -> Bool {
    switch line.call {
    case .event, .identify: break
    case .alias, .merge: return commitLink()
    case .group, .page, .screen:
      return refuse("type", "not yet supported: type \(line.call.word)")
    }
    if line.user != .present { takeOtherUser() }
    let isIdentify = line.call == .identify
    guard line.user == .present else { return refuse(fields.user, line.user.reason) }
    guard isIdentify || line.event == .present else {
      return refuse(fields.event, line.event.reason)
    }
    guard line.time == .present else { return refuse(fields.time, line.time.reason) }
    switch line.insertID {
    case .present, .missing, .null, .empty: break
    default: return refuse(fields.insertID, line.insertID.reason)
    }
    switch isIdentify ? line.traits : line.properties {
    case .present, .missing, .null: break
    case let kind: return refuse(isIdentify ? "traits" : "properties", kind.reason)
    }
    guard line.anonymous != .tooLong else {
      return refuse(Self.anonymousField, line.anonymous.reason)
    }
    let firstCell = rows.cells.count
    guard commitCells(asTraits: isIdentify, from: firstCell) else {
      rows.cells.truncate(to: firstCell)
      return false
    }
    let type =
      isIdentify
      ? EventBatch.traitUpdate
      : types.batchIndex(of: line.eventType, in: &result.batch.eventTypes)
    rows.appendRow(
      user: line.userSlice, type: type, milliseconds: line.milliseconds,
      insertID: line.insertIDSlice, reading: line.reading)
    if line.anonymous == .present { linkAnonymousID() }
    return true
  }

  @inline(never)
  mutating func refuse(_ field: String, _ reason: String) -> Bool {
    failure = Failure(reason: reason, field: field)
    return false
  }

  /// Moves the line's cells into the batch: at most one for each name.
  private mutating func commitCells(asTraits: Bool, from firstCell: Int) -> Bool {
    rowStamp += 1
    var hasHole = false
    for index in 0..<cells.count {
      let staged = cells[index]
      let node = Int(staged.name)
      let origin = paths.nodes[node].origin
      let isTrait = origin == .traits && paths.nodes[node].role == .property
      // Of an identify call only the traits count, of an event all but its own fields.
      if asTraits != isTrait, asTraits || paths.nodes[node].role == .properties { continue }
      let name = asTraits ? paths.nodes[node].traitName : paths.nodes[node].propertyName
      let known = name != PathTable.none ? name : nameNode(node, asTrait: asTraits)
      guard known != PathTable.none else { return false }
      hasHole = commit(staged, name: Int(known), origin: origin, keepsNull: asTraits) || hasHole
    }
    if hasHole { closeHoles(from: firstCell) }
    return finishCells(from: firstCell)
  }

  /// Gives the row's cells their names' numbers in the batch and their items' places.
  private mutating func finishCells(from firstCell: Int) -> Bool {
    let firstItem = Int64(rows.items.count)
    for index in firstCell..<rows.cells.count {
      let cell = rows.cells[index]
      rows.cells[index].name = names.batchIndex(
        of: cell.name, in: &result.batch.propertyNames)
      if cell.kind == .list { rows.cells[index].payload += firstItem << 32 }
    }
    if !items.isEmpty { appendItems() }
    return true
  }

  @inline(never)
  private mutating func appendItems() {
    for index in 0..<items.count {
      let item = items[index]
      rows.items.append(
        EventBatch.Cell(name: 0, kind: item.kind, scale: item.scale, payload: item.payload))
    }
  }

  /// Appends a cell, or replaces the one of the same name: the later one counts, but what stands
  /// in `properties` counts more than what stands beside it.
  /// - Returns: whether a cell was left that must go.
  @inline(__always)
  private mutating func commit(
    _ staged: EventBatch.Cell, name: Int, origin: FieldRole, keepsNull: Bool
  ) -> Bool {
    let isHole = staged.kind == .null && !keepsNull
    var cell = staged
    if rowMarks[name].rowStamp == rowStamp {
      if rowMarks[name].origin == .properties, origin != .properties { return false }
      let place = rowMarks[name].cell
      rowMarks[name].origin = origin
      if place != RowMark.noCell {
        cell.name = UInt32(name)
        rows.cells[place] = cell
        if isHole { rowMarks[name].cell = RowMark.noCell }
        return isHole
      }
    }
    rowMarks[name] = RowMark(rowStamp: rowStamp, cell: RowMark.noCell, origin: origin)
    if isHole { return false }
    rowMarks[name].cell = rows.cells.count
    cell.name = UInt32(name)
    rows.cells.append(cell)
    return false
  }

  /// Removes the cells that a later null replaced.
  @inline(never)
  private mutating func closeHoles(from firstCell: Int) {
    var kept = firstCell
    for index in firstCell..<rows.cells.count
    where rows.cells[index].kind != .null {
      rows.cells[kept] = rows.cells[index]
      kept += 1
    }
    rows.cells.truncate(to: kept)
  }

  /// Gives a path its name; `PathTable.none` where that would be too long.
  @inline(never)
  private mutating func nameNode(_ node: Int, asTrait: Bool) -> UInt32 {
    let path = paths.dottedPath(of: UInt32(node), asTrait: asTrait)
    guard path.count <= Limits.nameByteCount else {
      _ = fail("a name is longer than \(Limits.nameByteCount) bytes")
      return PathTable.none
    }
    var bytes = ByteBuffer(capacity: path.count)
    bytes.append(path)
    let name = names.intern(bytes.window, at: 0, count: bytes.count)
    if asTrait {
      paths.nodes[node].traitName = name
    } else {
      paths.nodes[node].propertyName = name
    }
    while rowMarks.count < names.count { rowMarks.append(RowMark()) }
    return name
  }
}
