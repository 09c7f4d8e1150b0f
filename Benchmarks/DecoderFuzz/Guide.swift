import Glibc
import MartletTestSupport

/// libFuzzer at work on one decoder: it keeps the inputs that are read and reach new code, and has
/// them damaged further. Refused ones are dropped: what is behind their damage stays out of reach.
///
/// Source: LLVM, "libFuzzer – a library for coverage-guided fuzz testing".
final class Guide {
  /// The one that libFuzzer's calls are for; it has one thread.
  nonisolated(unsafe) static var current: Guide?

  /// One change at a time, since what is refused is seldom mended by another one. Memory, and the
  /// seconds that an input may take, are bounded.
  private static let options = [
    "-mutate_depth=1", "-max_len=16384", "-rss_limit_mb=2048", "-timeout=20", "-detect_leaks=0",
  ]

  private let kind: String
  private let corpus: [[UInt8]]
  private let damaged: ([UInt8], inout SplitMix64) -> [UInt8]
  private let check: (inout FuzzTally, [UInt8]) -> String?
  private var tally = FuzzTally()

  init(_ kind: String, _ decoder: some GuidedDecoder) {
    (self.kind, corpus) = (kind, decoder.corpus)
    damaged = { decoder.damaged($0, &$1) }
    check = { $0.check(decoder.input(of: $1), decoder) }
  }

  /// Fuzzes until libFuzzer's options end it.
  /// - Parameter folder: holds the inputs that are kept; the seeds are put there.
  func run(_ folder: String, _ options: [String]) {
    mkdir(folder, 0o755)
    for (number, bytes) in corpus.enumerated() { Guide.write(bytes, "\(folder)/seed-\(number)") }
    Guide.current = self
    atexit {
      guard let guide = Guide.current else { return }
      print("\(guide.kind): \(guide.tally.accepted) accepted, \(guide.tally.refused) refused")
    }
    let words = ["decoder-fuzz", folder] + Guide.options + options
    var arguments = words.map { strdup($0) } + [nil]
    var count = Int32(arguments.count - 1)
    arguments.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      _ = runFuzzer(&count, &start) { bytes, count in
        let bytes = Array(UnsafeBufferPointer(start: bytes, count: count))
        return Guide.current?.take(bytes) == true ? 0 : -1
      }
    }
  }

  /// - Returns: whether the bytes were read.
  private func take(_ bytes: [UInt8]) -> Bool {
    let refused = tally.refused
    if let problem = check(&tally, bytes) { fatalError(problem) }
    return tally.refused == refused
  }

  /// - Returns: at most so many bytes; nil where all that was tried became longer.
  func damaged(_ bytes: [UInt8], countMax: Int, seed: UInt64) -> [UInt8]? {
    var random = SplitMix64(seed: seed)
    for _ in 0..<4 {
      let damaged = damaged(bytes, &random)
      if damaged.count <= countMax { return damaged }
    }
    return nil
  }

  private static func write(_ bytes: [UInt8], _ path: String) {
    guard let file = fopen(path, "wb"), fwrite(bytes, 1, bytes.count, file) == bytes.count,
      fclose(file) == 0
    else { fatalError("cannot write \(path)") }
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ argumentCount: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ take: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// What libFuzzer calls to have an input changed in place.
@_cdecl("LLVMFuzzerCustomMutator")
func damage(
  _ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ countMax: Int, _ seed: UInt32
) -> Int {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let damaged = Guide.current?.damaged(bytes, countMax: countMax, seed: UInt64(seed)) else {
    return count
  }
  for (index, byte) in damaged.enumerated() { start[index] = byte }
  return damaged.count
}
