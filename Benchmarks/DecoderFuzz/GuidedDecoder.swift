import MartletTestSupport

/// A decoder whose inputs are bytes, so that those that reached new code can be kept, and damaged
/// again.
protocol GuidedDecoder: FuzzedDecoder {
  /// What a corpus starts with.
  var corpus: [[UInt8]] { get }
  func input(of bytes: [UInt8]) -> Input
  /// The bytes with a few changes more; mostly with right checksums.
  func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8]
}

extension GuidedDecoder {
  /// The byte behind a file that says how it is read; no byte says 0.
  func option(of bytes: [UInt8]) -> Int { Int(bytes.last ?? 0) }
}
