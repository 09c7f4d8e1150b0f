import MartletModel
import RoaringBitmap

/// One column of a run, written value by value in the order of its positions.
struct ColumnWriter {
  let kind: ColumnKind
  let isItemLevel: Bool
  private var integers: IntegerPages
  private var texts: TextPages
  private var presence = PresenceWriter()

  init(kind: ColumnKind, isItemLevel: Bool, compressionLevel: Int) {
    (self.kind, self.isItemLevel) = (kind, isItemLevel)
    integers = IntegerPages(compressionLevel: compressionLevel)
    texts = TextPages(compressionLevel: compressionLevel)
  }

  /// How many positions have a value.
  var count: Int { presence.count }

  /// Whether a text of so many bytes may come next.
  func hasRoom(for byteCount: Int) -> Bool { texts.hasRoom(for: byteCount) }

  @inline(__always)
  mutating func append(_ value: Int64, at position: Int) {
    presence.append(UInt32(position))
    integers.append(value)
  }

  mutating func append(text: ArraySlice<UInt8>, at position: Int) {
    presence.append(UInt32(position))
    texts.append(text)
  }

  mutating func append(_ number: Number, at position: Int) {
    append(text: Array(number.description.utf8)[...], at: position)
  }

  mutating func appendNull(at position: Int) { presence.append(UInt32(position)) }

  /// Appends `values[order[i]]` at position `start + i`, for each of `order`.
  mutating func append(_ values: [Int64], in order: [UInt32], at start: Int) {
    presence.append(contentsOf: start..<start + order.count)
    // A null is a position without a value.
    guard kind != .null else { return }
    for place in order { integers.append(values[Int(place)]) }
  }

  /// Puts the column behind a sink's bytes.
  mutating func finish(
    property: Int, scale: Int, positionCount: Int, into sink: inout BlockSink
  ) -> ColumnEntry {
    let values =
      kind.isText
      ? texts.finish(into: &sink, as: .properties) : integers.finish(into: &sink, as: .properties)
    let positions = presence.finish(positionCount: positionCount)
    return ColumnEntry(
      property: property, kind: kind, isItemLevel: isItemLevel, scale: scale,
      positionCount: positionCount,
      presence: positions.map { sink.append($0, as: .properties) }, values: values)
  }
}
