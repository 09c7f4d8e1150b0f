/// Compresses a stream piece by piece. Used by one thread at a time.
public final class StreamCompressor {
  private let step: (any CompressionStep)?
  private var isFinished = false

  /// - Parameter level: the format's own: gzip 1...9, zstd 1...19, LZ4 1...12.
  public init(format: StreamFormat, level: Int = 3) {
    switch format {
    case .plain: step = nil
    case .gzip: step = GzipCompression(level: level)
    case .zstd: step = ZstdCompression(level: level)
    case .lz4: step = LZ4Compression(level: level)
    }
  }

  /// Takes the next bytes; returns the compressed bytes that are ready, perhaps none.
  /// - Precondition: `finish` was not called.
  public func write(_ bytes: [UInt8]) -> [UInt8] {
    precondition(!isFinished)
    return run(bytes, ends: false)
  }

  /// The rest of the compressed bytes. Call once, at the end.
  public func finish() -> [UInt8] {
    precondition(!isFinished)
    isFinished = true
    return run([], ends: true)
  }

  private func run(_ input: [UInt8], ends: Bool) -> [UInt8] {
    guard let step else { return input }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var position = 0
    while true {
      let progress = step.advance(input, from: position, ends: ends, into: &buffer)
      position += progress.read
      result.append(contentsOf: buffer[..<progress.written])
      if progress.isDone { return result }
    }
  }
}

/// One format's encoder, fed by hand.
protocol CompressionStep: AnyObject {
  /// Compresses some of `input[from...]` to the start of `output`, as much as fits. `isDone` when
  /// all input is taken and, where it `ends`, all output given.
  func advance(
    _ input: [UInt8], from: Int, ends: Bool, into output: inout [UInt8]
  ) -> (read: Int, written: Int, isDone: Bool)
}
