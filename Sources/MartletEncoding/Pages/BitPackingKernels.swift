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
}
