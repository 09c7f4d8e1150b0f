import RoaringBitmap

/// The positions that have a value, in ascending order; costs nothing while none is missing.
struct PresenceWriter {
  private(set) var count = 0
  /// Whether the positions so far are 0 ..< `count`.
  private var isDense = true
  private var builder = RoaringBitmapBuilder()
  private var key: UInt32 = 0
  private var lows: [UInt16] = []

  /// - Precondition: `position` is above every position appended before.
  @inline(__always)
  mutating func append(_ position: UInt32) {
    if isDense {
      if position == UInt32(count) {
        count += 1
        return
      }
      leaveDense()
    }
    if position >> 16 != key {
      flush()
      key = position >> 16
    }
    lows.append(UInt16(truncatingIfNeeded: position))
    count += 1
  }

  /// Appends the next `extra` positions behind a dense start, or one by one from `first` on.
  mutating func append(contentsOf positions: Range<Int>) {
    if isDense, positions.lowerBound == count {
      count += positions.count
    } else {
      for position in positions { append(UInt32(position)) }
    }
  }

  /// The positions as a bitmap, or nil where they are all of 0 ..< `positionCount`.
  mutating func finish(positionCount: Int) -> RoaringBitmap? {
    if isDense {
      guard count != positionCount else { return nil }
      return count == 0 ? RoaringBitmap() : RoaringBitmap(0...UInt32(count - 1))
    }
    flush()
    return builder.finish()
  }

  private mutating func leaveDense() {
    isDense = false
    guard count > 0 else { return }
    let start = RoaringBitmap(0...UInt32(count - 1))
    key = UInt32(count - 1) >> 16
    for whole in 0..<key { builder.append(blockOf: start, key: UInt16(whole)) }
    for low in 0...(UInt32(count - 1) & 0xFFFF) { lows.append(UInt16(low)) }
  }

  private mutating func flush() {
    guard !lows.isEmpty else { return }
    builder.append(key: UInt16(key), lowValues: lows)
    lows.removeAll(keepingCapacity: true)
  }
}
