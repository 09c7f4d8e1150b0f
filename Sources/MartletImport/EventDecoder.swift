import MartletModel

/// Reads the rows of one foreign format out of whole records.
///
/// A decoder keeps names between chunks, so one worker keeps one; what it puts into a
/// `DecodedChunk` depends on the chunk alone.
protocol EventDecoder: AnyObject {
  /// Decodes a chunk that starts at a record's start and ends at a record's end (or the file's).
  /// Line numbers in the result count from 1 in this chunk.
  func decode(_ chunk: borrowing ByteBuffer) -> DecodedChunk
}
