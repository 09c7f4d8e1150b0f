import Martlet
import Synchronization

/// Where data goes: standard output, a block at a time.
final class StandardOutput: Sendable {
  static let shared = StandardOutput()

  private static let blockByteCount = 1 << 16
  private let buffer = Mutex<[UInt8]>([])

  /// Appends a text; writes where a block is full.
  /// - Throws: `.io` where the system refuses.
  func write(_ text: String) throws(MartletError) {
    try buffer.withLock { buffer throws(MartletError) in
      buffer.append(contentsOf: text.utf8)
      if buffer.count >= StandardOutput.blockByteCount { try StandardOutput.drain(&buffer) }
    }
  }

  /// Appends a text and a line end.
  func writeLine(_ text: String) throws(MartletError) {
    try write(text)
    try write("\n")
  }

  /// Writes what is left.
  func flush() throws(MartletError) {
    try buffer.withLock { buffer throws(MartletError) in try StandardOutput.drain(&buffer) }
  }

  private static func drain(_ buffer: inout [UInt8]) throws(MartletError) {
    let bytes = buffer
    buffer.removeAll(keepingCapacity: true)
    try SystemStreams.write(bytes, to: SystemStreams.standardOutput)
  }
}
