import MartletModel

/// What a decoder made of one chunk.
struct DecodedChunk: Sendable {
  var batch = EventBatch()
  /// Their line numbers count from 1 in the chunk.
  var rejects: [Reject] = []
  /// Lines in the chunk, blank ones included.
  var lineCount = 0
  /// How the timestamps of the batch's rows were read.
  var readings = TimestampReadings()
}
