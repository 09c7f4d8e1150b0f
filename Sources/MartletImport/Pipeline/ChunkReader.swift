import MartletModel

/// Cuts the bytes of a source into chunks of whole records.
struct ChunkReader: ~Copyable {
  /// What a chunk holds.
  enum Content {
    case records
    /// One line, or the start of it, that cannot be decoded, and why.
    case brokenLine(reason: String)
  }

  let input: ByteInput
  private let chunkByteCount: Int
  private let lineByteCountLimit: Int
  /// Bytes read but not given out; they begin with a record.
  private var pending = ByteBuffer()
  private var scanner = RecordScanner.lines()
  private var isAtEnd = false
  /// Thrown once all records before it are given out.
  private var error: (any Error)?

  init(
    _ input: ByteInput, chunkByteCount: Int, lineByteCountLimit: Int = Limits.lineByteCount
  ) {
    self.input = input
    // No larger than a line may be, so that only a chunk's first record can be too long.
    self.chunkByteCount = max(min(chunkByteCount, lineByteCountLimit), 1)
    self.lineByteCountLimit = lineByteCountLimit
  }

  /// Reads on until `total` bytes are pending or the source ends, for a look at its start.
  mutating func peek(_ total: Int) throws -> ByteWindow {
    fill(to: total)
    if pending.count == 0, let error { throw error }
    pending.seal(with: 0x0A)
    return pending.window
  }

  /// Whether all that is left is pending.
  var isWhole: Bool { isAtEnd }

  /// Drops the first bytes: a byte order mark, a header.
  mutating func drop(_ byteCount: Int) { pending.removeFirst(byteCount) }

  /// Sets what ends a record; the next byte starts one.
  mutating func cutRecords(with scanner: RecordScanner) { self.scanner = scanner }

  /// Replaces the contents of `chunk` with the next records; nil at the end.
  /// - Throws: what reading throws, once everything before it has been given out.
  mutating func next(into chunk: inout ByteBuffer) throws -> Content? {
    var target = chunkByteCount
    var scanner = self.scanner.restarted
    while true {
      fill(to: target)
      pending.seal(with: 0x0A)
      // More may be pending, from the look at the start.
      let scanned = min(target, pending.count)
      let isWhole = isAtEnd && scanned == pending.count
      scanner.scan(pending.window.prefix(scanned), isWhole: isWhole)
      let boundary = scanner.lastBoundary
      if boundary > 0 {
        if scanner.firstRecordIsTooLong(pending.window, limit: lineByteCountLimit) {
          return try giveBrokenLine(into: &chunk, isQuoted: true)
        }
        return give(boundary, into: &chunk)
      }
      if isWhole {
        if let error { throw error }
        if pending.count == 0 { return nil }
        if scanner.isQuoted { return try giveBrokenLine(into: &chunk, isQuoted: true) }
        return give(pending.count, into: &chunk)
      }
      if scanned > lineByteCountLimit {
        return try giveBrokenLine(into: &chunk, isQuoted: scanner.isQuoted)
      }
      target = scanned + chunkByteCount
    }
  }

  /// Reads until `total` bytes are pending, or the source ends or fails.
  private mutating func fill(to total: Int) {
    while pending.count < total, !isAtEnd {
      do {
        isAtEnd = try input.read(into: &pending, upTo: total - pending.count) == 0
      } catch {
        self.error = error
        isAtEnd = true
      }
    }
  }

  /// Gives out the first bytes and keeps the others.
  private mutating func give(_ byteCount: Int, into chunk: inout ByteBuffer) -> Content {
    swap(&chunk, &pending)
    pending.setCount(0)
    pending.append(chunk.window, byteCount..<chunk.count)
    chunk.setCount(byteCount)
    chunk.seal(with: 0x0A)
    return .records
  }

  /// Gives out the first line alone, however long, as one that cannot be decoded.
  private mutating func giveBrokenLine(
    into chunk: inout ByteBuffer, isQuoted: Bool
  ) throws -> Content {
    var end = pending.window.firstOffset(of: 0x0A, from: 0)
    var lineByteCount = end
    chunk.setCount(0)
    // One byte more than a reject keeps shows that it is cut; the rest is read past, not kept.
    let keptByteCount = Reject.rawByteCount + 1
    chunk.append(pending.window, 0..<min(end, keptByteCount))
    while end == pending.count, !isAtEnd {
      pending.setCount(0)
      fill(to: chunkByteCount)
      pending.seal(with: 0x0A)
      end = pending.window.firstOffset(of: 0x0A, from: 0)
      lineByteCount += end
      chunk.append(pending.window, 0..<min(end, keptByteCount - chunk.count))
    }
    pending.removeFirst(min(end + 1, pending.count))
    chunk.seal(with: 0x0A)
    let reason =
      lineByteCount > lineByteCountLimit || !isQuoted
      ? ChunkReader.tooLong(lineByteCountLimit) : "a quoted cell is not closed"
    return .brokenLine(reason: reason)
  }

  /// Why a line of more bytes is refused.
  static func tooLong(_ limit: Int) -> String { "the line is longer than \(limit) bytes" }
}
