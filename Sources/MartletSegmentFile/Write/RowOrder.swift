/// Sorting a run's rows by (user, time, arrival).
enum RowOrder {
  private static let digitBits = 11

  /// The arrival positions of the rows in sorted order.
  ///
  /// A least-significant-digit radix sort; it is stable, so arrival settles equal keys. Rows that
  /// arrive in time order, the usual case, skip the passes over time.
  /// - Complexity: O(rows)
  static func permutation(users: [UInt32], times: [Int64]) -> [UInt32] {
    var order = stable(byTime: times)
    var scratch = order
    let keys = users.map(UInt64.init)
    sort(&order, &scratch, by: keys, greatest: keys.max() ?? 0)
    return order
  }

  /// The positions of the rows in order of their times, those of one time in the order they have.
  /// - Complexity: O(rows)
  static func stable(byTime times: [Int64]) -> [UInt32] {
    var order = (0..<UInt32(times.count)).map { $0 }
    guard times.count > 1 else { return order }
    var isInOrder = true
    var (least, greatest) = (times[0], times[0])
    for index in 1..<times.count {
      if times[index] < times[index - 1] { isInOrder = false }
      least = min(least, times[index])
      greatest = max(greatest, times[index])
    }
    guard !isInOrder else { return order }
    var scratch = order
    let offsets = times.map { UInt64(bitPattern: $0 &- least) }
    sort(&order, &scratch, by: offsets, greatest: UInt64(bitPattern: greatest &- least))
    return order
  }

  /// The positions of the rows in order of some numbers of theirs, those of equal ones in the order
  /// they have.
  /// - Complexity: O(rows)
  static func stable(by numbers: [UInt32]) -> [UInt32] {
    var order = (0..<UInt32(numbers.count)).map { $0 }
    guard let least = numbers.min(), let greatest = numbers.max() else { return order }
    var scratch = order
    let keys = numbers.map { UInt64($0 - least) }
    sort(&order, &scratch, by: keys, greatest: UInt64(greatest - least))
    return order
  }

  /// Sorts numbers and drops repeats.
  /// - Complexity: O(values)
  static func sortedDistinct(_ values: [UInt32]) -> [UInt32] {
    guard values.count > 1 else { return values }
    var sorted = values
    var scratch = values
    radixSort(&sorted, &scratch, greatest: UInt64(values.max() ?? 0)) { UInt64($0) }
    var kept = 1
    for index in 1..<sorted.count where sorted[index] != sorted[kept - 1] {
      sorted[kept] = sorted[index]
      kept += 1
    }
    sorted.removeLast(sorted.count - kept)
    return sorted
  }

  private static func sort(
    _ order: inout [UInt32], _ scratch: inout [UInt32], by keys: [UInt64], greatest: UInt64
  ) {
    radixSort(&order, &scratch, greatest: greatest) { keys[Int($0)] }
  }

  @inline(__always)
  private static func radixSort(
    _ values: inout [UInt32], _ scratch: inout [UInt32], greatest: UInt64,
    key: (UInt32) -> UInt64
  ) {
    let mask: UInt64 = 1 << UInt64(digitBits) - 1
    var shift: UInt64 = 0
    while shift < 64, greatest >> shift != 0 {
      var starts = [Int](repeating: 0, count: 1 << digitBits)
      for value in values { starts[Int(key(value) >> shift & mask)] += 1 }
      var total = 0
      for digit in starts.indices {
        let count = starts[digit]
        starts[digit] = total
        total += count
      }
      for value in values {
        let digit = Int(key(value) >> shift & mask)
        scratch[starts[digit]] = value
        starts[digit] += 1
      }
      swap(&values, &scratch)
      shift += UInt64(digitBits)
    }
  }
}
