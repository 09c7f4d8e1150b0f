import MartletModel

@testable import MartletImport

/// Decodes NDJSON text as one chunk.
func decode(
  _ text: String, fields: FieldMapping = FieldMapping()
) -> DecodedChunk {
  decode(Array(text.utf8), fields: fields)
}

func decode(
  _ bytes: [UInt8], fields: FieldMapping = FieldMapping()
) -> DecodedChunk {
  var options = DecodingOptions()
  options.fields = fields
  return NDJSONDecoder(options: options, file: "x.ndjson").decode(sealed(bytes))
}

/// A buffer as a reader hands it to a decoder.
func sealed(_ bytes: [UInt8]) -> ByteBuffer {
  var buffer = ByteBuffer()
  buffer.append(bytes)
  buffer.seal(with: 0x0A)
  return buffer
}

/// The rows of a batch, one text each: `USER EVENT MILLISECONDS [#INSERTID] NAME=VALUE ...`.
func dump(_ batch: EventBatch) -> [String] {
  (0..<batch.count).map { row in
    var parts = [text(batch.users[row], batch)]
    let type = batch.types[row]
    parts.append(
      type == EventBatch.traitUpdate ? "(traits)" : batch.eventTypes[Int(type)].string)
    parts.append(String(batch.timestamps[row]))
    if !batch.insertIDs[row].isNone { parts.append("#" + text(batch.insertIDs[row], batch)) }
    for cell in batch.cells[batch.cellRange(ofRow: row)] {
      parts.append("\(batch.propertyNames[Int(cell.name)])=\(describe(cell, batch))")
    }
    return parts.joined(separator: " ")
  }
}

private func text(_ slice: EventBatch.Slice, _ batch: EventBatch) -> String {
  String(validating: batch.bytes[slice.range], as: UTF8.self) ?? "(invalid UTF-8)"
}

private func describe(_ cell: EventBatch.Cell, _ batch: EventBatch) -> String {
  let (high, low) = (Int(cell.payload >> 32), Int(cell.payload & 0xFFFF_FFFF))
  switch cell.kind {
  case .number:
    return cell.scale == 0 ? "\(cell.payload)" : "\(cell.payload)/10^\(cell.scale)"
  case .wideNumber:
    let number = batch.wideNumbers[Int(cell.payload)]
    return "wide(\(number.significand)e\(number.exponent))"
  case .text:
    return "\"" + text(.init(offset: UInt32(high), count: UInt32(low)), batch) + "\""
  case .boolean: return cell.payload == 1 ? "true" : "false"
  case .list:
    return "[" + batch.items[high..<high + low].map { describe($0, batch) }.joined(separator: ",")
      + "]"
  case .null: return "null"
  }
}

/// The cells of the one event with these properties, as `dump` writes them.
func properties(_ json: String) -> String {
  let chunk = decode(#"{"user_id":"u","event":"e","timestamp":0,"properties":\#(json)}"#)
  guard chunk.rejects.isEmpty, let row = dump(chunk.batch).first else {
    return chunk.rejects.map { "\($0.field ?? "-"): \($0.reason)" }.joined(separator: "; ")
  }
  return String(row.dropFirst("u e 0 ".count))
}

/// What the one line is refused for: `FIELD: REASON`.
func refusal(_ line: String, fields: FieldMapping = FieldMapping()) -> String? {
  refusal(Array(line.utf8), fields: fields)
}

func refusal(_ line: [UInt8], fields: FieldMapping = FieldMapping()) -> String? {
  let chunk = decode(line, fields: fields)
  guard chunk.batch.count == 0, chunk.rejects.count == 1 else { return nil }
  return "\(chunk.rejects[0].field ?? "-"): \(chunk.rejects[0].reason)"
}
