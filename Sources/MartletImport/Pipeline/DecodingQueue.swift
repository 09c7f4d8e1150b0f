import Dispatch
import MartletModel
import Synchronization

/// Decodes the chunks of one source on several threads and hands the results out in order.
///
/// A worker takes the reader, reads the next chunk, gives the reader up and decodes. At most a few
/// chunks are under way or waiting, so memory is bounded however slow the consumer is.
final class DecodingQueue: Sendable {
  /// One chunk's result, or the end.
  enum Outcome: Sendable {
    case decoded(DecodedChunk, bytesRead: Int)
    case end(bytesRead: Int)
    case failed(any Error)
  }

  private struct Reading: ~Copyable {
    var reader: ChunkReader
    var nextSequence = 0
    var isFinished = false
  }

  private let reading: Mutex<Reading>
  private let outcomes = Mutex<[Int: Outcome]>([:])
  private let isCancelled = Atomic<Bool>(false)
  /// Counts the chunks that may still be begun. Dispatch traps where a semaphore ends below its
  /// first value, so that is 0.
  private let room = DispatchSemaphore(value: 0)
  /// Signalled for each outcome.
  private let arrivals = DispatchSemaphore(value: 0)
  private let workers = DispatchGroup()
  private let threadCount: Int

  init(
    _ reader: consuming sending ChunkReader, layout: InputLayout, options: ImportOptions,
    file: String
  ) {
    reading = Mutex(Reading(reader: reader))
    threadCount = max(1, options.threadCount)
    for _ in 0..<threadCount + 2 { room.signal() }
    let queue = DispatchQueue(label: "martlet.import", attributes: .concurrent)
    let decoding = options.decoding
    for _ in 0..<threadCount {
      queue.async(group: workers) { [self] in
        work(layout.makeDecoder(options: decoding, file: file), file: file)
      }
    }
  }

  /// Reads and decodes chunk after chunk.
  private func work(_ decoder: any EventDecoder, file: String) {
    var chunk = ByteBuffer()
    while true {
      room.wait()
      if isCancelled.load(ordering: .acquiring) { return }
      guard let (sequence, step) = nextStep(into: &chunk) else {
        // Another worker met the end; its permit must not stop a third one.
        room.signal()
        return
      }
      let outcome: Outcome
      switch step {
      case .success(.records(let bytesRead)):
        outcome = .decoded(decoder.decode(chunk), bytesRead: bytesRead)
      case .success(.brokenLine(let reason, let bytesRead)):
        var broken = DecodedChunk()
        broken.lineCount = 1
        let window = chunk.window
        broken.rejects = [
          Reject(
            file: file, line: 1, line: 0..<window.count, of: window, field: nil, reason: reason)
        ]
        outcome = .decoded(broken, bytesRead: bytesRead)
      case .success(.end(let bytesRead)):
        outcome = .end(bytesRead: bytesRead)
      case .failure(let error):
        outcome = .failed(error)
      }
      outcomes.withLock { $0[sequence] = outcome }
      arrivals.signal()
    }
  }

  private enum Step: Sendable {
    case records(bytesRead: Int)
    case brokenLine(reason: String, bytesRead: Int)
    case end(bytesRead: Int)
  }

  /// Reads the next chunk; nil after the end.
  private func nextStep(
    into chunk: inout ByteBuffer
  ) -> (sequence: Int, step: Result<Step, any Error>)? {
    reading.withLock { reading in
      if reading.isFinished { return nil }
      let sequence = reading.nextSequence
      reading.nextSequence += 1
      do {
        let content = try reading.reader.next(into: &chunk)
        let bytesRead = reading.reader.input.bytesRead
        switch content {
        case .records: return (sequence, .success(.records(bytesRead: bytesRead)))
        case .brokenLine(let reason):
          return (sequence, .success(.brokenLine(reason: reason, bytesRead: bytesRead)))
        case nil:
          reading.isFinished = true
          return (sequence, .success(.end(bytesRead: bytesRead)))
        }
      } catch {
        reading.isFinished = true
        return (sequence, .failure(error))
      }
    }
  }

  /// Calls `consume` with each outcome in order, on this thread, up to the end or a failure.
  ///
  /// When it returns or throws, no worker is left.
  func run(_ consume: (Outcome) throws -> Void) throws {
    defer {
      isCancelled.store(true, ordering: .releasing)
      for _ in 0..<threadCount { room.signal() }
      workers.wait()
    }
    var sequence = 0
    while true {
      guard let outcome = outcomes.withLock({ $0.removeValue(forKey: sequence) }) else {
        arrivals.wait()
        continue
      }
      try consume(outcome)
      sequence += 1
      room.signal()
      switch outcome {
      case .decoded: continue
      case .end, .failed: return
      }
    }
  }
}
