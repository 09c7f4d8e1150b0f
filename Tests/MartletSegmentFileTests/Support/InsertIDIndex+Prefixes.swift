import MartletSegmentFile

extension InsertIDIndex {
  /// What an index of fingerprints stores of them, in ascending order.
  static func prefixes(of fingerprints: [UInt64]) -> [UInt64] {
    let bits = InsertIDShape(count: fingerprints.count).bucketBits + InsertIDShape.remainderBits
    return fingerprints.map { $0 >> UInt64(64 - bits) }.sorted()
  }
}
