import MartletEncoding

extension InsertIDIndex {
  /// Puts an index of fingerprints, in any order, behind a sink's bytes.
  /// - Complexity: O(fingerprints)
  static func append(_ fingerprints: [UInt64], to sink: inout BlockSink) -> InsertIDIndex {
    guard !fingerprints.isEmpty else { return .empty }
    let shape = InsertIDShape(count: fingerprints.count)
    let (ends, remainders) = buckets(of: fingerprints, shape)
    var pages: [PagedColumn.Page] = []
    for page in 0..<shape.pageCount {
      let first = page * shape.bucketsPerPage
      let buckets = first..<first + shape.bucketsPerPage
      let start = first == 0 ? 0 : ends[first - 1]
      let count = ends[buckets.upperBound - 1] - start
      var bytes = ByteWriter()
      bytes.bytes.reserveCapacity(
        shape.endsByteCount(ofIDs: count) + count * InsertIDShape.remainderByteCount)
      let isNarrow = InsertIDShape.endByteCount(ofIDs: count) == 2
      for bucket in buckets {
        let end = ends[bucket] - start
        if isNarrow { bytes.writeUInt16(UInt16(end)) } else { bytes.writeUInt32(UInt32(end)) }
      }
      for remainder in remainders[start..<start + count] {
        bytes.writeUInt16(UInt16(truncatingIfNeeded: remainder))
        bytes.writeUInt8(UInt8(truncatingIfNeeded: remainder >> 16))
      }
      let handle = sink.append(bytes.bytes, as: .insertIDs)
      pages.append(
        PagedColumn.Page(
          offset: handle.offset, byteCount: handle.byteCount, checksum: handle.checksum))
    }
    return InsertIDIndex(count: fingerprints.count, pages: pages)
  }

  /// Where each bucket ends, and the remainders, ascending in each bucket.
  private static func buckets(
    of fingerprints: [UInt64], _ shape: InsertIDShape
  ) -> (ends: [Int], remainders: [UInt32]) {
    // First how many each holds, then where each starts; placing moves the starts to the ends.
    var ends = [Int](repeating: 0, count: shape.bucketCount)
    for fingerprint in fingerprints { ends[shape.bucket(of: fingerprint)] += 1 }
    var total = 0
    for bucket in ends.indices {
      let count = ends[bucket]
      ends[bucket] = total
      total += count
    }
    var remainders = [UInt32](repeating: 0, count: fingerprints.count)
    for fingerprint in fingerprints {
      let bucket = shape.bucket(of: fingerprint)
      remainders[ends[bucket]] = shape.remainder(of: fingerprint)
      ends[bucket] += 1
    }
    var start = 0
    for end in ends {
      if end - start > 1 { remainders[start..<end].sort() }
      start = end
    }
    return (ends, remainders)
  }
}
