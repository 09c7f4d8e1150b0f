package import MartletEncoding
package import MartletModel

/// What the values of a column are.
package enum ColumnKind: UInt8, CaseIterable, Sendable {
  /// Decimals: significands at the column's scale.
  case number = 0
  /// Decimals that no such significand holds, as their canonical text.
  case wideNumber = 1
  /// Texts as positions in the property's sorted dictionary.
  case text = 2
  /// Texts written out.
  case plainText = 3
  /// 0 or 1.
  case boolean = 4
  /// Item counts of lists; the items lie in the property's item columns.
  case list = 5
  /// No values: the rows that unset a trait.
  case null = 6

  /// Whether pages of this kind are `TextPage`s; all others are `IntegerPage`s.
  package var isText: Bool { self == .wideNumber || self == .plainText }
}

/// One column of a run: the values of one property that are of one kind.
package struct ColumnEntry: Hashable, Sendable {
  /// Index into the file's property names.
  package var property: Int
  package var kind: ColumnKind
  /// Whether the column's positions are list items (in row order) rather than rows.
  package var isItemLevel: Bool
  /// Decimal places of a `number` column, 0...18.
  package var scale: Int
  /// Positions that the column covers: rows of the run, or items of the property's list column.
  package var positionCount: Int
  /// Roaring bitmap of the positions that have a value; nil where all have.
  package var presence: BlockHandle?
  package var values: PagedColumn

  package init(
    property: Int, kind: ColumnKind, isItemLevel: Bool, scale: Int, positionCount: Int,
    presence: BlockHandle?, values: PagedColumn
  ) {
    (self.property, self.kind, self.isItemLevel) = (property, kind, isItemLevel)
    (self.scale, self.positionCount) = (scale, positionCount)
    (self.presence, self.values) = (presence, values)
  }

  package func write(to writer: inout ByteWriter) {
    writer.writeVarint(UInt64(property))
    let flags = (isItemLevel ? 1 : 0) | (presence == nil ? 0 : 2)
    writer.writeUInt8(kind.rawValue)
    writer.writeUInt8(UInt8(flags))
    writer.writeUInt8(UInt8(scale))
    writer.writeVarint(UInt64(positionCount))
    presence?.write(to: &writer)
    values.write(to: &writer)
  }

  package init(from reader: inout ByteReader, propertyCount: Int) throws(MartletError) {
    property = try reader.readCount(limit: Limits.propertyNames)
    guard property < propertyCount else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)",
        "a column is of property \(property), but the file has \(propertyCount)",
        remedy: BlockHandle.remedy)
    }
    let (rawKind, flags) = (try reader.readUInt8(), try reader.readUInt8())
    scale = Int(try reader.readUInt8())
    guard let kind = ColumnKind(rawValue: rawKind), flags <= 3, scale <= 18 else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "a column's kind, flags or scale is unknown",
        remedy: BlockHandle.remedy)
    }
    self.kind = kind
    isItemLevel = flags & 1 != 0
    guard !isItemLevel || kind != .list && kind != .null else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "items of lists are lists or null",
        remedy: BlockHandle.remedy)
    }
    positionCount = try reader.readCount(limit: Int(UInt32.max))
    presence = flags & 2 != 0 ? try BlockHandle(from: &reader) : nil
    values = try PagedColumn(from: &reader, valueCountMax: positionCount)
    guard presence != nil || kind == .null || values.valueCount == positionCount else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "a column lacks values",
        remedy: BlockHandle.remedy)
    }
  }

  package func shifted(by distance: UInt64) -> ColumnEntry {
    var copy = self
    copy.presence?.offset += distance
    copy.values = values.shifted(by: distance)
    return copy
  }
}
