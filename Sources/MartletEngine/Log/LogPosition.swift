/// Where reading or writing of a log goes on: between two frames.
package struct LogPosition: Hashable, Sendable {
  /// Bytes of the file before it.
  package var offset: Int
  /// The sequence number of the frame that starts here.
  package var sequence: UInt64

  package init(offset: Int, sequence: UInt64) {
    (self.offset, self.sequence) = (offset, sequence)
  }

  /// Before the first frame.
  package static let start = LogPosition(offset: LogFormat.headerByteCount, sequence: 1)
}
