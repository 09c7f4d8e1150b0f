import MartletModel

/// Reads newline-delimited JSON (`formats/import.md`): one event, identify call or link of two ids
/// a line.
final class NDJSONDecoder: EventDecoder {
  private var parser: JSONParser
  private let file: String

  init(options: DecodingOptions, file: String) {
    parser = JSONParser(options: options)
    self.file = file
  }

  func decode(_ chunk: borrowing ByteBuffer) -> DecodedChunk {
    parser.decode(chunk.window, file: file)
  }
}

extension JSONParser {
  /// Nodes and names that a parser keeps from chunk to chunk.
  private static let keptNameCount = 1 << 17

  /// Decodes whole lines.
  mutating func decode(_ window: ByteWindow, file: String) -> DecodedChunk {
    input = window
    start(window)
    var position = 0
    while position < window.count {
      result.lineCount += 1
      lineStart = position
      position = input.skipSpace(position)
      if input[position] != 0x0A {
        position = readLine(at: position, file: file)
      }
      position += 1
    }
    rows.finish(into: &result)
    result.batch.bytes = arena.window.bytes(0..<arena.count)
    var finished = DecodedChunk()
    swap(&finished, &result)
    return finished
  }

  private mutating func start(_ window: ByteWindow) {
    arena.setCount(0)
    arena.reserve(window.count)
    if paths.nodes.count > JSONParser.keptNameCount || names.count > JSONParser.keptNameCount
      || types.count > JSONParser.keptNameCount
    {
      paths.removeAll()
      names.removeAll()
      types.removeAll()
      rowMarks.truncate(to: 0)
    }
    names.startBatch()
    types.startBatch()
    if linkedIDs.count > 0 { linkedIDs.removeAll() }
    rows.removeAll()
  }

  /// Reads the line whose first character is at `start`; returns the offset of its end.
  @inline(__always)
  private mutating func readLine(at start: Int, file: String) -> Int {
    line = LineState()
    cells.truncate(to: 0)
    let arenaCount = arena.count
    let wideCount = result.batch.wideNumbers.count
    if !items.isEmpty { items.truncate(to: 0) }
    var position: Int
    if input[start] == UInt8(ascii: "{") {
      position = object(at: start + 1, in: PathTable.root, depth: 1)
    } else {
      position = fail("not a JSON object")
    }
    if position >= 0 {
      position = input.skipSpace(position)
      if input[position] != 0x0A {
        position = failSyntax("the end of the line", at: position)
      } else if position - lineStart > lineByteCountLimit {
        position = fail(ChunkReader.tooLong(lineByteCountLimit))
      } else if commitLine() {
        return position
      }
    }
    arena.setCount(arenaCount)
    return reject(file: file, wideCount: wideCount)
  }

  /// Takes the line's traces out of the batch and notes why.
  @inline(never)
  private mutating func reject(file: String, wideCount: Int) -> Int {
    result.batch.wideNumbers.removeLast(result.batch.wideNumbers.count - wideCount)
    entries.truncate(to: 0)
    arrayNesting = 0
    let end = input.firstOffset(of: 0x0A, from: lineStart)
    if end - lineStart > lineByteCountLimit { _ = fail(ChunkReader.tooLong(lineByteCountLimit)) }
    result.rejects.append(
      Reject(
        file: file, line: result.lineCount, line: lineStart..<end, of: input,
        field: failure?.field, reason: failure?.reason ?? "not a JSON object"))
    failure = nil
    return end
  }
}

extension Reject {
  /// A reject of the line that lies in a range of `input`.
  init(
    file: String, line: Int, line range: Range<Int>, of input: ByteWindow, field: String?,
    reason: String
  ) {
    var end = range.upperBound
    if end > range.lowerBound, input[end - 1] == 0x0D { end -= 1 }
    let keptEnd = min(end, range.lowerBound + Reject.rawByteCount)
    self.init(
      file: file, line: line, field: field, reason: reason,
      raw: input.bytes(range.lowerBound..<keptEnd), isTruncated: keptEnd < end)
  }
}
