/// The union of many bitmaps, block by block in ascending order of keys.
struct WideUnion {
  private let bitmaps: [RoaringBitmap]
  /// Which block of which bitmap has which key, ascending by key.
  private let places: [Place]

  private struct Place {
    let key: UInt16
    let bitmap: UInt32
    let block: UInt32
  }

  init(_ bitmaps: [RoaringBitmap]) {
    self.bitmaps = bitmaps
    // A counting sort by key.
    var starts = [Int](repeating: 0, count: Format.blockCountMax + 1)
    var total = 0
    for bitmap in bitmaps {
      for block in bitmap.blocks { starts[Int(block.key) + 1] += 1 }
      total += bitmap.blocks.count
    }
    for key in 1..<starts.count { starts[key] += starts[key - 1] }
    var places = [Place](repeating: Place(key: 0, bitmap: 0, block: 0), count: total)
    for (b, bitmap) in bitmaps.enumerated() {
      for (i, block) in bitmap.blocks.enumerated() {
        places[starts[Int(block.key)]] = Place(
          key: block.key, bitmap: UInt32(b), block: UInt32(i))
        starts[Int(block.key)] += 1
      }
    }
    self.places = places
  }

  func result() -> RoaringBitmap {
    var blockCount = 0
    var wordCount = 0
    forEachKey { range in
      blockCount += 1
      wordCount += (Swift.min(2 * limit(range), Format.bitsetByteCount) + 7) / 8
    }
    return RoaringBitmap(blockCount: blockCount, wordCount: wordCount) { blocks, words in
      var scratch = [UInt64](repeating: 0, count: Format.bitsetWordCount)
      forEachKey { range in
        let first = places[range.lowerBound]
        if range.count == 1 {
          let bitmap = bitmaps[Int(first.bitmap)]
          Kernels.copy(bitmap.source, Int(first.block), to: &blocks, &words)
          return
        }
        for i in scratch.indices { scratch[i] = 0 }
        var span = scratch.mutableSpan
        for place in places[range] {
          let bitmap = bitmaps[Int(place.bitmap)]
          Kernels.combine(bitmap.source, Int(place.block), into: &span, .union)
        }
        Kernels.store(scratch.span, key: first.key, limit: limit(range), to: &blocks, &words)
      }
    }
  }

  /// The most members that the union of these blocks can have.
  private func limit(_ range: Range<Int>) -> Int {
    var total = 0
    for place in places[range] {
      total += bitmaps[Int(place.bitmap)].blocks[Int(place.block)].cardinality
    }
    return total
  }

  private func forEachKey(_ body: (Range<Int>) -> Void) {
    var start = 0
    while start < places.count {
      var end = start + 1
      while end < places.count && places[end].key == places[start].key { end += 1 }
      body(start..<end)
      start = end
    }
  }
}
