public import MartletModel

/// One page of a column of integers, in the smallest of several self-describing forms: constant,
/// frame of reference (with the common divisor taken out), differences, dictionary, run lengths,
/// and the packed forms under zstd.
public enum IntegerPage {
  /// The values as a page.
  /// - Parameters:
  ///   - values: 1 ... `Format.pageValueCountMax` of them.
  ///   - compressionLevel: zstd's, 1 (fast) ... 19 (small); 0 does without zstd, for pages that
  ///     must decode fastest.
  /// - Complexity: O(count).
  public static func encode(
    _ values: ArraySlice<Int64>, compressionLevel: Int = 3
  ) -> [UInt8] {
    precondition((1...Format.pageValueCountMax).contains(values.count))
    return encode(values, compressionLevel: compressionLevel, within: .dictionary)
  }

  /// Writes the page's values to `output[position ..< position + count]`.
  /// - Precondition: the output has that range.
  /// - Throws: `.corrupt` for bytes that are no page of `count` values.
  /// - Complexity: O(count).
  public static func decode(
    _ bytes: RawSpan, count: Int, into output: inout [Int64], at position: Int
  ) throws(MartletError) {
    precondition(position >= 0 && count >= 0 && position <= output.count - count)
    try decode(bytes, count: count, into: &output, at: position, within: .dictionary)
  }
}
