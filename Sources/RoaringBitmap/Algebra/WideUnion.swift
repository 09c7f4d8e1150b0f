import CMartletKernels

/// The union of many bitmaps: the blocks of all of them sorted by key, then one kernel call a key.
///
/// Safe: a pointer to a bitmap's payload is used only within the closure that lent it (`lend`
/// nests one closure a bitmap), and each block was checked to lie within its payload.
enum WideUnion {
  /// How many bitmaps are combined at once: each is a stack frame.
  private static let groupSize = 256

  static func result(_ bitmaps: [RoaringBitmap]) -> RoaringBitmap {
    var rest = bitmaps
    while rest.count > groupSize {
      rest = stride(from: 0, to: rest.count, by: groupSize).map { start in
        group(rest[start..<Swift.min(start + groupSize, rest.count)])
      }
    }
    return group(rest[...])
  }

  private static func group(_ bitmaps: ArraySlice<RoaringBitmap>) -> RoaringBitmap {
    let blocks = BlocksByKey(bitmaps)
    var operands: [mk_block] = unsafe []
    unsafe operands.reserveCapacity(blocks.places.count)
    var payloads: [UnsafeRawBufferPointer] = unsafe []
    unsafe payloads.reserveCapacity(bitmaps.count)
    return unsafe lend(bitmaps, &payloads) { payloads in
      for place in blocks.places {
        unsafe operands.append(
          Kernels.operand(
            bitmaps[bitmaps.startIndex + Int(place.bitmap)].block(at: Int(place.block)),
            payloads[Int(place.bitmap)]))
      }
      return unsafe operands.withUnsafeBufferPointer { operands in
        unsafe combine(blocks, operands)
      }
    }
  }

  private static func lend<R>(
    _ bitmaps: ArraySlice<RoaringBitmap>, _ payloads: inout [UnsafeRawBufferPointer],
    _ body: ([UnsafeRawBufferPointer]) -> R
  ) -> R {
    guard let first = bitmaps.first else { return unsafe body(payloads) }
    return unsafe first.words.withUnsafeBytes { bytes in
      unsafe payloads.append(bytes)
      return unsafe lend(bitmaps.dropFirst(), &payloads, body)
    }
  }

  private static func combine(
    _ blocks: BlocksByKey, _ operands: UnsafeBufferPointer<mk_block>
  ) -> RoaringBitmap {
    var wordCount = 0
    for range in blocks.ranges {
      let own = unsafe UnsafeBufferPointer(rebasing: operands[range])
      wordCount &+= unsafe Int(mk_block_or_many_bound(own.baseAddress, own.count) &+ 7) / 8
    }
    return RoaringBitmap(blockCount: blocks.ranges.count, wordCount: wordCount) { headers, words in
      for range in blocks.ranges {
        let own = unsafe UnsafeBufferPointer(rebasing: operands[range])
        let start = words.count
        let bound = unsafe Int(mk_block_or_many_bound(own.baseAddress, own.count))
        let result = unsafe Kernels.write(bound: bound, into: &words) { out in
          unsafe mk_block_or_many(out, own.baseAddress, own.count)
        }
        Kernels.append(
          result, key: blocks.places[range.lowerBound].key, at: start, to: &headers, &words)
      }
    }
  }
}

/// Which block of which bitmap has which key, ascending by key.
private struct BlocksByKey {
  struct Place {
    let key: UInt16
    /// Counted from the first bitmap.
    let bitmap: UInt32
    let block: UInt32
  }

  let places: [Place]
  /// The places of each key.
  let ranges: [Range<Int>]

  /// A counting sort.
  init(_ bitmaps: ArraySlice<RoaringBitmap>) {
    var low = UInt16.max
    var high = UInt16.min
    var total = 0
    for bitmap in bitmaps {
      if bitmap.isEmpty { continue }
      low = Swift.min(low, bitmap.block(at: 0).key)
      high = Swift.max(high, bitmap.block(at: bitmap.blockCount - 1).key)
      total += bitmap.blockCount
    }
    if total == 0 {
      places = []
      ranges = []
      return
    }
    var starts = [Int](repeating: 0, count: Int(high - low) + 2)
    for bitmap in bitmaps {
      for i in 0..<bitmap.blockCount { starts[Int(bitmap.block(at: i).key - low) + 1] += 1 }
    }
    var ranges: [Range<Int>] = []
    for i in 1..<starts.count {
      let start = starts[i - 1]
      starts[i] += start
      if starts[i] > start { ranges.append(start..<starts[i]) }
    }
    self.ranges = ranges
    var places = [Place](repeating: Place(key: 0, bitmap: 0, block: 0), count: total)
    for (b, bitmap) in bitmaps.enumerated() {
      for i in 0..<bitmap.blockCount {
        let key = bitmap.block(at: i).key
        let slot = Int(key - low)
        places[starts[slot]] = Place(key: key, bitmap: UInt32(b), block: UInt32(i))
        starts[slot] += 1
      }
    }
    self.places = places
  }
}
