/// How an index of so many insert ids is laid out.
package struct InsertIDShape: Hashable, Sendable {
  /// Leading bits of a fingerprint that are its bucket.
  package let bucketBits: Int
  /// The last of them, which number the buckets of a page.
  private let placeBits: Int
  package let pageCount: Int

  /// Bits behind those of the bucket that are stored.
  package static let remainderBits = 24
  static let remainderByteCount = remainderBits / 8
  /// Ids in a bucket, on average: at least so many, and fewer than twice as many.
  package static let idsPerBucketMin = 4
  /// Bits of a bucket's number within its page.
  private static let pageBucketBits = 10
  /// Ids of a page up to which the ends of its buckets are 16 bits wide, else 32.
  private static let narrowIDCountMax = Int(UInt16.max)

  package init(count: Int) {
    let buckets = max(1, count / InsertIDShape.idsPerBucketMin)
    bucketBits = Int.bitWidth - 1 - buckets.leadingZeroBitCount
    placeBits = min(bucketBits, InsertIDShape.pageBucketBits)
    pageCount = count == 0 ? 0 : 1 << (bucketBits - placeBits)
  }

  package var bucketsPerPage: Int { 1 << placeBits }

  var bucketCount: Int { 1 << bucketBits }

  /// Bytes of the end of a bucket, in a page of so many ids.
  static func endByteCount(ofIDs count: Int) -> Int { count > narrowIDCountMax ? 4 : 2 }

  /// Bytes of the ends of the buckets of a page of so many ids.
  func endsByteCount(ofIDs count: Int) -> Int {
    bucketsPerPage * InsertIDShape.endByteCount(ofIDs: count)
  }

  /// How many ids a page of so many bytes holds; nil where there is no such page.
  func idCount(ofPageOf byteCount: Int) -> Int? {
    for width in [2, 4] {
      let (count, rest) = (byteCount - bucketsPerPage * width).quotientAndRemainder(
        dividingBy: InsertIDShape.remainderByteCount)
      if rest == 0, count >= 0, InsertIDShape.endByteCount(ofIDs: count) == width {
        return count
      }
    }
    return nil
  }

  /// The bucket of a fingerprint.
  @inline(__always)
  func bucket(of fingerprint: UInt64) -> Int {
    // A shift by all 64 bits gives 0.
    Int(truncatingIfNeeded: fingerprint >> UInt64(64 - bucketBits))
  }

  /// The page that holds a bucket.
  @inline(__always)
  func page(ofBucket bucket: Int) -> Int { bucket >> placeBits }

  /// A bucket's number within its page.
  @inline(__always)
  func place(ofBucket bucket: Int) -> Int { bucket & (1 << placeBits - 1) }

  /// All that is stored of a fingerprint: its leading bits.
  package func prefix(of fingerprint: UInt64) -> UInt64 {
    UInt64(bucket(of: fingerprint)) << UInt64(InsertIDShape.remainderBits)
      | UInt64(remainder(of: fingerprint))
  }

  /// What is stored of a fingerprint in its bucket.
  @inline(__always)
  func remainder(of fingerprint: UInt64) -> UInt32 {
    let shift = UInt64(64 - InsertIDShape.remainderBits - bucketBits)
    return UInt32(truncatingIfNeeded: fingerprint >> shift) & 0xFF_FFFF
  }
}
