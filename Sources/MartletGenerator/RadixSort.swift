/// Sorts 64-bit keys by a range of their bits, in 11-bit digits; equal keys keep their order.
struct RadixSort {
  private var counts = [Int](repeating: 0, count: 2048)
  private var spare: [UInt64] = []

  /// - Parameter bits: the bits to sort by, counted from the lowest. Bits above them are zero.
  /// - Complexity: O(keys * bits / 11).
  mutating func sort(_ keys: inout [UInt64], bits: Range<Int>) {
    for shift in stride(from: bits.lowerBound, to: bits.upperBound, by: 11) {
      for digit in counts.indices { counts[digit] = 0 }
      for key in keys { counts[Int((key >> UInt64(shift)) & 2047)] += 1 }
      var position = 0
      for digit in counts.indices {
        let count = counts[digit]
        counts[digit] = position
        position += count
      }
      if spare.count != keys.count { spare = keys }
      for key in keys {
        let digit = Int((key >> UInt64(shift)) & 2047)
        spare[counts[digit]] = key
        counts[digit] += 1
      }
      swap(&keys, &spare)
    }
  }
}
