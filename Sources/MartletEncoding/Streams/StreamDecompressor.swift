import MartletModel

/// Decompresses a stream piece by piece, pulling compressed chunks from a source as it needs them.
///
/// Several gzip members, or zstd or LZ4 frames, one after the other are one stream. Used by one
/// thread at a time.
public final class StreamDecompressor {
  private let format: StreamFormat
  private let source: () throws -> [UInt8]?
  private let step: (any DecompressionStep)?
  private var input: [UInt8] = []
  private var inputPosition = 0
  private var sourceIsAtEnd = false
  /// Compressed bytes before `input`.
  private var earlierByteCount = 0
  /// Met after some bytes of a chunk were decoded: thrown by the next call, so that they are not
  /// lost.
  private var delayedError: (any Error)?

  /// - Parameter source: gives the next compressed chunk, nil after the last. It is called until
  ///   then, never after.
  public init(format: StreamFormat, source: @escaping () throws -> [UInt8]?) {
    (self.format, self.source) = (format, source)
    switch format {
    case .plain: step = nil
    case .gzip: step = GzipDecompression()
    case .zstd: step = ZstdDecompression()
    case .lz4: step = LZ4Decompression()
    }
  }

  /// The next bytes: `targetByteCount` of them, fewer before the end or an error only, or nil at
  /// the end.
  /// - Throws: `.badData` for a damaged or truncated stream, with the place in the compressed
  ///   bytes; and what the source throws. All bytes before the place have been given by then.
  /// - Precondition: the target is positive.
  public func nextChunk(targetByteCount: Int) throws -> [UInt8]? {
    precondition(targetByteCount > 0)
    guard let step else { return try nextPlainChunk(targetByteCount) }
    if let delayedError { throw delayedError }
    var output = [UInt8](repeating: 0, count: targetByteCount)
    var filled = 0
    do {
      try fill(&output, &filled, step)
    } catch {
      guard filled > 0 else { throw error }
      delayedError = error
    }
    guard filled > 0 else { return nil }
    output.removeLast(targetByteCount - filled)
    return output
  }

  /// Decodes until `output` is full or the stream ends; `filled` counts the bytes in place.
  private func fill(
    _ output: inout [UInt8], _ filled: inout Int, _ step: any DecompressionStep
  ) throws {
    while filled < output.count {
      if inputPosition == input.count, try !refill() {
        // Output that waits inside the decoder needs no more input.
        let (_, written) = try advance(step, into: &output, at: filled)
        filled += written
        if written > 0 { continue }
        guard step.isBetweenFrames else {
          throw error(
            "the \(format.displayName) stream is cut off",
            remedy: "\(step.expectation) was expected here; get the whole file again")
        }
        break
      }
      let (read, written) = try advance(step, into: &output, at: filled)
      guard read + written > 0 else {
        throw error(
          "the \(format.displayName) stream is damaged: the decoder makes no progress",
          remedy: "get the file again")
      }
      filled += written
    }
  }

  private func advance(
    _ step: any DecompressionStep, into output: inout [UInt8], at position: Int
  ) throws(MartletError) -> (read: Int, written: Int) {
    switch step.advance(input, from: inputPosition, into: &output, at: position) {
    case .success(let progress):
      inputPosition += progress.read
      return progress
    case .failure(let failure):
      throw error(
        "the \(format.displayName) stream is damaged: \(failure.reason)",
        remedy: "get the file again")
    }
  }

  private func nextPlainChunk(_ targetByteCount: Int) throws -> [UInt8]? {
    var output: [UInt8] = []
    while output.count < targetByteCount {
      if inputPosition == input.count, try !refill() { break }
      let count = min(targetByteCount - output.count, input.count - inputPosition)
      output.append(contentsOf: input[inputPosition..<inputPosition + count])
      inputPosition += count
    }
    return output.isEmpty ? nil : output
  }

  /// Whether there is another chunk with bytes.
  private func refill() throws -> Bool {
    while !sourceIsAtEnd {
      guard let chunk = try source() else {
        sourceIsAtEnd = true
        break
      }
      earlierByteCount += input.count
      (input, inputPosition) = (chunk, 0)
      if !chunk.isEmpty { return true }
    }
    return false
  }

  private func error(_ reason: String, remedy: String) -> MartletError {
    MartletError(
      .badData, place: "compressed byte \(earlierByteCount + inputPosition)", reason,
      remedy: remedy)
  }
}

/// One format's decoder, fed by hand.
protocol DecompressionStep: AnyObject {
  /// Decompresses some of `input[from...]` to `output[position...]`, as much as fits.
  func advance(
    _ input: [UInt8], from: Int, into output: inout [UInt8], at position: Int
  ) -> Result<(read: Int, written: Int), DecompressionFailure>
  /// Whether the stream may end here.
  var isBetweenFrames: Bool { get }
  /// What the decoder waits for.
  var expectation: String { get }
}

/// What a library says of a damaged stream.
struct DecompressionFailure: Error {
  var reason: String
}
