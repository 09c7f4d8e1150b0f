import MartletTestSupport

/// A decoder, damaged inputs for it, and all that it says of one.
protocol FuzzedDecoder {
  associatedtype Input
  func input(_ random: inout SplitMix64) -> Input
  /// A digest of everything that the input holds.
  func read(_ input: Input) throws -> Int
  func bytes(of input: Input) -> [UInt8]
}
