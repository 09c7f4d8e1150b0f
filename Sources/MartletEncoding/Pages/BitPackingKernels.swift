import CMartletKernels

/// The C loops of bit packing behind checked arrays.
enum BitPackingKernels {
  /// What the choice of an encoding needs to know; deltas are modulo 2^64, read as signed.
  struct Statistics {
    var minimum: Int64
    var maximum: Int64
    var minimumDelta: Int64
    var maximumDelta: Int64
    var runCount: Int
  }

  /// Bytes of `count` values of `width` bits.
  static func byteCount(count: Int, width: Int) -> Int { (count * width + 7) / 8 }

  static func statistics(_ values: ArraySlice<Int64>) -> Statistics {
    precondition(!values.isEmpty)
    // Safe: the callee reads `count` values of a buffer that is not empty.
    let found = unsafe values.withUnsafeBufferPointer { buffer in
      unsafe martlet_measure_integers(buffer.baseAddress, buffer.count)
    }
    return Statistics(
      minimum: found.minimum, maximum: found.maximum, minimumDelta: found.minimum_delta,
      maximumDelta: found.maximum_delta, runCount: found.run_count)
  }

  /// The greatest common divisor of the distances from `base`; 1 where all are zero.
  static func commonDivisor(_ values: ArraySlice<Int64>, base: Int64) -> UInt64 {
    // Safe: the callee reads `count` values.
    unsafe values.withUnsafeBufferPointer { buffer in
      unsafe martlet_common_divisor(buffer.baseAddress, buffer.count, base)
    }
  }

  /// The differences of neighbours, modulo 2^64; one fewer than there are values.
  static func deltas(_ values: ArraySlice<Int64>) -> [Int64] {
    precondition(!values.isEmpty)
    // Safe: the callee reads `count` values and writes `count - 1`, the output's capacity.
    return unsafe [Int64](unsafeUninitializedCapacity: values.count - 1) { output, count in
      unsafe values.withUnsafeBufferPointer { buffer in
        unsafe martlet_deltas(buffer.baseAddress, buffer.count, output.baseAddress)
      }
      count = values.count - 1
    }
  }

  /// Packs `(value - base) / divisor`, each of which must fit `width` bits.
  static func pack(
    _ values: ArraySlice<Int64>, base: Int64, divisor: UInt64, width: Int
  ) -> [UInt8] {
    precondition((1...64).contains(width) && divisor > 0)
    let size = byteCount(count: values.count, width: width)
    // Safe: the callee reads `count` values and writes exactly `size` bytes.
    return unsafe [UInt8](unsafeUninitializedCapacity: size) { output, count in
      unsafe values.withUnsafeBufferPointer { buffer in
        unsafe martlet_pack(
          buffer.baseAddress, buffer.count, base, divisor, UInt32(width), output.baseAddress)
      }
      count = size
    }
  }

  /// Writes `base + divisor * packed` to `output[position ..< position + count]`.
  static func unpack(
    _ bytes: RawSpan, width: Int, base: Int64, divisor: UInt64, count: Int,
    into output: inout [Int64], at position: Int
  ) {
    precondition((1...64).contains(width) && count >= 0)
    precondition(bytes.byteCount == byteCount(count: count, width: width))
    precondition(position >= 0 && position <= output.count - count)
    // Safe: the callee reads exactly the bytes whose count was checked, and writes `count`
    // values from `position`, which were checked to lie in the output.
    unsafe output.withUnsafeMutableBufferPointer { target in
      unsafe bytes.withUnsafeBytes { source in
        guard count > 0, let start = target.baseAddress else { return }
        unsafe martlet_unpack(
          source.baseAddress?.assumingMemoryBound(to: UInt8.self), count, UInt32(width), base,
          divisor, start + position)
      }
    }
  }

  /// Replaces `values[range]` by `first` plus their running sums, modulo 2^64.
  static func prefixSum(_ values: inout [Int64], in range: Range<Int>, first: Int64) {
    precondition(range.lowerBound >= 0 && range.upperBound <= values.count)
    // Safe: the callee touches `range` only, which was checked to lie in the array.
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard !range.isEmpty, let start = buffer.baseAddress else { return }
      unsafe martlet_prefix_sum(start + range.lowerBound, range.count, first)
    }
  }

  /// Replaces each code in `values[range]` by the dictionary's entry; false, with nothing
  /// changed, where one has none.
  static func lookUp(
    _ values: inout [Int64], in range: Range<Int>, dictionary: [Int64]
  ) -> Bool {
    precondition(range.lowerBound >= 0 && range.upperBound <= values.count)
    // Safe: the callee touches `range` only, which was checked to lie in the array, and checks
    // every code against the dictionary's count.
    return unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard !range.isEmpty, let start = buffer.baseAddress else { return true }
      return unsafe martlet_look_up(
        start + range.lowerBound, range.count, dictionary, dictionary.count) != 0
    }
  }

  /// Writes each value as often as its length says to `output[range]`; false, with nothing
  /// changed, where the lengths are not positive or do not fill the range.
  static func expandRuns(
    _ values: [Int64], lengths: [Int64], into output: inout [Int64], in range: Range<Int>
  ) -> Bool {
    precondition(values.count == lengths.count)
    precondition(range.lowerBound >= 0 && range.upperBound <= output.count)
    // Safe: the callee reads both arrays' count of values, and writes `range` only, which was
    // checked to lie in the output.
    return unsafe output.withUnsafeMutableBufferPointer { buffer in
      guard !range.isEmpty, let start = buffer.baseAddress else { return values.isEmpty }
      return unsafe martlet_expand_runs(
        values, lengths, values.count, start + range.lowerBound, range.count) != 0
    }
  }

  /// The distinct values in order of first sight, and each value's place among them; nil where
  /// there are more than `most`.
  static func distinct(
    _ values: ArraySlice<Int64>, most: Int
  ) -> (distinct: [Int64], positions: [Int32])? {
    precondition((1...1 << 20).contains(most))
    // Open addressing, at most half full.
    let bits = Int.bitWidth - (most * 2).leadingZeroBitCount
    var slots = [Int32](repeating: -1, count: 1 << bits)
    var distinct = [Int64](repeating: 0, count: most)
    var positions = [Int32](repeating: 0, count: values.count)
    // Safe: the callee reads `count` values and writes as many positions; the slots are 2^bits,
    // and it stops before it would write more than `most` distinct values.
    let found = unsafe values.withUnsafeBufferPointer { buffer in
      unsafe martlet_distinct(
        buffer.baseAddress, buffer.count, most, UInt32(bits), &slots, &distinct, &positions)
    }
    guard found <= most else { return nil }
    distinct.removeLast(most - found)
    return (distinct, positions)
  }
}

// The signs and bit lengths of numbers apart from their bits: `MagnitudeForm`.
extension BitPackingKernels {
  /// The class of `(value - base) / divisor` for each value, and the bits that all take.
  static func magnitudeClasses(
    _ values: ArraySlice<Int64>, base: Int64, divisor: UInt64
  ) -> (classes: [UInt8], bitCount: Int) {
    precondition(divisor > 0)
    var bitCount = 0
    // Safe: the callee reads `count` values and writes as many classes.
    let classes = unsafe [UInt8](unsafeUninitializedCapacity: values.count) { output, count in
      unsafe values.withUnsafeBufferPointer { buffer in
        bitCount = unsafe martlet_magnitude_classes(
          buffer.baseAddress, buffer.count, base, divisor, output.baseAddress)
      }
      count = values.count
    }
    return (classes, bitCount)
  }

  /// The bits of the same numbers, whose count is `bitCount`.
  static func packMagnitudes(
    _ values: ArraySlice<Int64>, base: Int64, divisor: UInt64, bitCount: Int
  ) -> [UInt8] {
    precondition(divisor > 0)
    let size = (bitCount + 7) / 8
    // Safe: the callee reads `count` values and writes the `size` bytes that their bits take, as
    // `magnitudeClasses` counted them.
    return unsafe [UInt8](unsafeUninitializedCapacity: size) { output, count in
      unsafe values.withUnsafeBufferPointer { buffer in
        unsafe martlet_magnitude_pack(
          buffer.baseAddress, buffer.count, base, divisor, output.baseAddress)
      }
      count = size
    }
  }

  /// The bits that numbers of these classes take; nil where one is no class.
  static func magnitudeBitCount(_ classes: [UInt8]) -> Int? {
    // Safe: the callee reads `count` classes.
    let bits = unsafe martlet_magnitude_bits(classes, classes.count)
    // SIZE_MAX arrives as -1.
    return bits >= 0 ? bits : nil
  }

  /// Writes `base + divisor * number` to `output` from `position` on, one for each class.
  static func unpackMagnitudes(
    _ classes: [UInt8], _ bits: RawSpan, base: Int64, divisor: UInt64,
    into output: inout [Int64], at position: Int
  ) {
    precondition(position >= 0 && position <= output.count - classes.count)
    // Safe: the callee reads `count` classes and at most the bytes of `bits`, and writes as many
    // values from `position`, which were checked to lie in the output.
    unsafe output.withUnsafeMutableBufferPointer { target in
      unsafe bits.withUnsafeBytes { source in
        guard !classes.isEmpty, let start = target.baseAddress else { return }
        unsafe martlet_magnitude_unpack(
          classes, classes.count, source.baseAddress?.assumingMemoryBound(to: UInt8.self),
          source.count, base, divisor, start + position)
      }
    }
  }
}
