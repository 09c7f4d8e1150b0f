import MartletEncoding
import MartletModel

/// The decompressed bytes of a source, in order.
///
/// The kind of compression is told by the first bytes, never by the name.
final class ByteInput {
  let name: String
  /// The source's length as it lies on disk, where known.
  let byteCount: Int?
  /// Bytes read of the source as it lies on disk.
  private(set) var bytesRead = 0
  /// Takes the next raw bytes and appends them; returns how many, 0 at the end.
  private let readRaw: (inout ByteBuffer, Int) throws -> Int
  /// The raw bytes that were read to tell the compression.
  private var head: [UInt8] = []
  private var decompressor: StreamDecompressor?

  private static let blockByteCount = 1 << 18
  private static let headByteCount = 16

  init(_ source: ImportSource) throws {
    name = source.name
    switch source.origin {
    case .standardInput:
      let input = try FileDescriptorInput(descriptor: 0, name: "-", closesAtEnd: false)
      byteCount = input.byteCount
      readRaw = { try input.read(into: &$0, upTo: $1) }
    case .file:
      let input = try FileDescriptorInput(path: source.name)
      byteCount = input.byteCount
      readRaw = { try input.read(into: &$0, upTo: $1) }
    case .bytes(let bytes):
      byteCount = bytes.count
      var position = 0
      readRaw = { buffer, limit in
        let count = min(limit, bytes.count - position)
        buffer.append(bytes.span.extracting(position..<position + count))
        position += count
        return count
      }
    }
    try readHead()
  }

  private func readHead() throws {
    var buffer = ByteBuffer()
    while buffer.count < ByteInput.headByteCount {
      if try rawBytes(into: &buffer, upTo: ByteInput.headByteCount - buffer.count) == 0 { break }
    }
    head = buffer.window.bytes(0..<buffer.count)
    try ForeignFormat.refuseKnown(head, file: name)
    let format = StreamFormat.detect(head)
    guard format != .plain else { return }
    var isFirst = true
    decompressor = StreamDecompressor(format: format) { [unowned self] in
      if isFirst {
        isFirst = false
        return head
      }
      var block = ByteBuffer()
      let count = try rawBytes(into: &block, upTo: ByteInput.blockByteCount)
      return count == 0 ? nil : block.window.bytes(0..<count)
    }
  }

  private func rawBytes(into buffer: inout ByteBuffer, upTo limit: Int) throws -> Int {
    let count = try readRaw(&buffer, limit)
    bytesRead += count
    return count
  }

  /// Appends up to `limit` bytes; returns how many, 0 at the end.
  /// - Throws: `.badData` with the file and the place where compressed bytes are damaged or cut.
  func read(into buffer: inout ByteBuffer, upTo limit: Int) throws -> Int {
    if let decompressor {
      do {
        guard let bytes = try decompressor.nextChunk(targetByteCount: limit) else { return 0 }
        buffer.append(bytes)
        return bytes.count
      } catch var error as MartletError {
        if error.file == nil { error.file = name }
        throw error
      }
    }
    if !head.isEmpty {
      let taken = head
      head = []
      buffer.append(taken)
      return taken.count
    }
    return try rawBytes(into: &buffer, upTo: limit)
  }
}
