import RoaringBitmap

/// Finds front to back which positions of a range are in a bitmap, and how many come before.
struct PresenceCursor {
  private let bitmap: RoaringBitmap
  /// The upper halves of the members.
  private let keys: [UInt16]
  /// The block that `lows` holds, as an index into `keys`.
  private var block = -1
  private var lows: [UInt16] = []
  /// Members before the block.
  private var rank = 0

  init(_ bitmap: RoaringBitmap) {
    (self.bitmap, keys) = (bitmap, bitmap.keys)
  }

  /// Appends the members in `range`, as distances from its start; returns their ranks.
  mutating func read(_ range: Range<Int>, into positions: inout [UInt32]) -> Range<Int> {
    guard !range.isEmpty else { return 0..<0 }
    let start = positions.count
    var firstRank: Int?
    seek(range.lowerBound >> 16)
    while block < keys.count, Int(keys[block]) << 16 < range.upperBound {
      let base = Int(keys[block]) << 16
      var index = lowerBound(range.lowerBound - base)
      if firstRank == nil { firstRank = rank + index }
      while index < lows.count, base + Int(lows[index]) < range.upperBound {
        positions.append(UInt32(base + Int(lows[index]) - range.lowerBound))
        index += 1
      }
      if base + 65_536 > range.upperBound { break }
      enter(block + 1)
    }
    let first = firstRank ?? 0
    return first..<first + positions.count - start
  }

  /// Goes to the first block whose key is not below `key`.
  private mutating func seek(_ key: Int) {
    if block < 0 || (block > 0 && Int(keys[block - 1]) >= key) {
      // The first read, or one behind the last: start over.
      (block, rank, lows) = (-1, 0, [])
      enter(0)
    }
    while block < keys.count, Int(keys[block]) < key { enter(block + 1) }
  }

  private mutating func enter(_ next: Int) {
    rank += lows.count
    block = next
    lows = next < keys.count ? bitmap.lowValues(ofKey: keys[next]) : []
  }

  /// The first of `lows` that is not below `low`.
  private func lowerBound(_ low: Int) -> Int {
    guard low > 0 else { return 0 }
    var (first, last) = (0, lows.count)
    while first < last {
      let middle = (first + last) / 2
      if Int(lows[middle]) < low { first = middle + 1 } else { last = middle }
    }
    return first
  }
}
