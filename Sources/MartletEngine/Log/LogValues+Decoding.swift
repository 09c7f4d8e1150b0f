import MartletEncoding
import MartletModel

extension LogValues {
  /// Reads so many values of a property; texts, items and wide numbers go to the batch.
  /// - Parameter areItems: whether they are items of lists, and so neither lists nor null.
  /// - Precondition: the count was taken from the budget.
  /// - Throws: `.corrupt`.
  static func read(
    _ count: Int, name: UInt32, areItems: Bool, into batch: inout EventBatch,
    budget: inout LogBudget, from reader: inout ByteReader
  ) throws(MartletError) -> [EventBatch.Cell] {
    let tags = try IntegerColumn.read(count, in: 0...255, of: "values", from: &reader)
    var (numberCount, textCount, wideCount, listCount) = (0, 0, 0, 0)
    for tag in tags {
      switch UInt8(tag) {
      case ...LogFormat.ValueTag.scaleMax: numberCount += 1
      case LogFormat.ValueTag.text: textCount += 1
      case LogFormat.ValueTag.wideNumber: wideCount += 1
      case LogFormat.ValueTag.list where !areItems: listCount += 1
      case LogFormat.ValueTag.null where !areItems: break
      case LogFormat.ValueTag.true, LogFormat.ValueTag.false: break
      default: throw reader.corrupt("no value \(areItems ? "in a list " : "")has the tag \(tag)")
      }
    }
    let numbers = try IntegerColumn.read(numberCount, of: "numbers", from: &reader)
    let texts = try readTexts(textCount, into: &batch, from: &reader)
    let firstWide = batch.wideNumbers.count
    for _ in 0..<wideCount { batch.wideNumbers.append(try readWideNumber(from: &reader)) }
    let lists = try readLists(listCount, name: name, into: &batch, budget: &budget, from: &reader)
    var cells: [EventBatch.Cell] = []
    cells.reserveCapacity(count)
    var (number, text, wide, list) = (0, 0, firstWide, 0)
    for tag in tags {
      let tag = UInt8(truncatingIfNeeded: tag)
      switch tag {
      case LogFormat.ValueTag.text:
        cells.append(EventBatch.Cell(name: name, kind: .text, payload: texts[text]))
        text += 1
      case LogFormat.ValueTag.wideNumber:
        cells.append(EventBatch.Cell(name: name, kind: .wideNumber, payload: Int64(wide)))
        wide += 1
      case LogFormat.ValueTag.list:
        cells.append(EventBatch.Cell(name: name, kind: .list, payload: lists[list]))
        list += 1
      case LogFormat.ValueTag.null:
        cells.append(EventBatch.Cell(name: name, kind: .null, payload: 0))
      case LogFormat.ValueTag.true, LogFormat.ValueTag.false:
        let payload: Int64 = tag == LogFormat.ValueTag.true ? 1 : 0
        cells.append(EventBatch.Cell(name: name, kind: .boolean, payload: payload))
      default:
        cells.append(
          EventBatch.Cell(name: name, kind: .number, scale: tag, payload: numbers[number]))
        number += 1
      }
    }
    return cells
  }

  /// Reads lengths and bytes of texts; returns where they lie in the batch.
  static func readTexts(
    _ count: Int, into batch: inout EventBatch, from reader: inout ByteReader
  ) throws(MartletError) -> [Int64] {
    let lengths = try IntegerColumn.read(
      count, in: 0...Int64(Limits.textByteCount), of: "text lengths", from: &reader)
    var start = Int64(batch.bytes.count)
    var total: Int64 = 0
    var payloads: [Int64] = []
    payloads.reserveCapacity(count)
    for length in lengths {
      payloads.append(start << 32 | length)
      start += length
      total += length
    }
    batch.bytes.append(contentsOf: try reader.readBytes(Int(total)))
    return payloads
  }

  private static func readWideNumber(
    from reader: inout ByteReader
  ) throws(MartletError) -> Number {
    let exponent = try reader.readZigZag()
    let (low, high) = (try reader.readUInt64(), try reader.readUInt64())
    let significand = Int128(Int64(bitPattern: high)) << 64 | Int128(low)
    let limit = Int64(Limits.numberExponent)
    guard (-limit...limit).contains(exponent) else {
      throw reader.corrupt("a number has the exponent \(exponent)")
    }
    let number = Number(significand: significand, exponent: Int(exponent))
    guard number.significand == significand, number.exponent == Int(exponent) else {
      throw reader.corrupt("a number is not in its shortest form")
    }
    return number
  }

  /// Reads lengths and items of lists; returns where the items lie in the batch.
  private static func readLists(
    _ count: Int, name: UInt32, into batch: inout EventBatch, budget: inout LogBudget,
    from reader: inout ByteReader
  ) throws(MartletError) -> [Int64] {
    guard count > 0 else { return [] }
    let lengths = try IntegerColumn.read(
      count, in: 0...Int64(LogFormat.cellCountMax), of: "list lengths", from: &reader)
    var total: Int64 = 0
    for length in lengths { total += length }
    guard budget.takeCells(Int(total)) else {
      throw reader.corrupt("a record holds more than \(LogFormat.cellCountMax) cells and items")
    }
    let items = try read(
      Int(total), name: name, areItems: true, into: &batch, budget: &budget, from: &reader)
    var start = Int64(batch.items.count)
    batch.items += items
    return lengths.map { length in
      defer { start += length }
      return start << 32 | length
    }
  }
}
