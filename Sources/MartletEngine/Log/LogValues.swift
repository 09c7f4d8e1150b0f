import MartletEncoding
import MartletModel

/// The values of one property, or the items of its lists, in a log record: a tag a value, then
/// what the tags call for, kind by kind.
enum LogValues {
  /// Appends the values of the cells.
  /// - Precondition: the budget suffices for the items of lists.
  static func write(
    _ cells: [EventBatch.Cell], of batch: borrowing EventBatch, to writer: inout ByteWriter,
    budget: inout LogBudget
  ) {
    var tags: [UInt8] = []
    tags.reserveCapacity(cells.count)
    var numbers: [Int64] = []
    var (textLengths, listLengths): ([UInt32], [UInt32]) = ([], [])
    for cell in cells {
      tags.append(tag(of: cell))
      switch cell.kind {
      case .number: numbers.append(cell.payload)
      case .text: textLengths.append(UInt32(truncatingIfNeeded: cell.payload))
      case .list: listLengths.append(UInt32(truncatingIfNeeded: cell.payload))
      case .wideNumber, .boolean, .null: break
      }
    }
    IntegerColumn.write(tags, to: &writer)
    IntegerColumn.write(numbers, to: &writer)
    IntegerColumn.write(textLengths, to: &writer)
    if !textLengths.isEmpty {
      for cell in cells where cell.kind == .text {
        writer.bytes.append(contentsOf: batch.bytes[range(cell.payload)])
      }
    }
    for cell in cells where cell.kind == .wideNumber {
      let number = batch.wideNumbers[Int(cell.payload)]
      writer.writeZigZag(Int64(number.exponent))
      writer.writeUInt64(UInt64(truncatingIfNeeded: number.significand))
      writer.writeUInt64(UInt64(truncatingIfNeeded: number.significand >> 64))
    }
    IntegerColumn.write(listLengths, to: &writer)
    guard !listLengths.isEmpty else { return }
    var items: [EventBatch.Cell] = []
    for cell in cells where cell.kind == .list {
      items.append(contentsOf: batch.items[range(cell.payload)])
    }
    precondition(items.allSatisfy { $0.kind != .list && $0.kind != .null }, "items are scalars")
    precondition(budget.takeCells(items.count), "too many items for a record")
    write(items, of: batch, to: &writer, budget: &budget)
  }

  private static func tag(of cell: EventBatch.Cell) -> UInt8 {
    switch cell.kind {
    case .number:
      precondition(cell.scale <= LogFormat.ValueTag.scaleMax, "a number has too many places")
      return cell.scale
    case .wideNumber: return LogFormat.ValueTag.wideNumber
    case .text: return LogFormat.ValueTag.text
    case .boolean: return cell.payload == 0 ? LogFormat.ValueTag.false : LogFormat.ValueTag.true
    case .list: return LogFormat.ValueTag.list
    case .null: return LogFormat.ValueTag.null
    }
  }

  /// What a payload of text or list points to.
  private static func range(_ payload: Int64) -> Range<Int> {
    let start = Int(payload >> 32)
    return start..<start + Int(payload & 0xFFFF_FFFF)
  }
}
