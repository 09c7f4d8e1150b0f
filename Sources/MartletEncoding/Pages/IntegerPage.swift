public import MartletModel

/// One page of a column of integers, in the smallest of several self-describing forms: constant,
/// frame of reference (with the common divisor taken out), differences, run lengths, and the
/// packed forms under zstd.
public enum IntegerPage {
  /// The values as a page.
  /// - Parameters:
  ///   - values: 1 ... `Format.pageValueCountMax` of them.
  ///   - compressionLevel: zstd's, 1 (fast) ... 19 (small).
  /// - Complexity: O(count).
  public static func encode(
    _ values: ArraySlice<Int64>, compressionLevel: Int = 3
  ) -> [UInt8] {
    precondition((1...Format.pageValueCountMax).contains(values.count))
    return encode(values, compressionLevel: compressionLevel, mayUseRuns: true)
  }

  /// Writes the page's values to `output[position ..< position + count]`.
  /// - Precondition: the output has that range.
  /// - Throws: `.corrupt` for bytes that are no page of `count` values.
  /// - Complexity: O(count).
  public static func decode(
    _ bytes: RawSpan, count: Int, into output: inout [Int64], at position: Int
  ) throws(MartletError) {
    precondition(position >= 0 && count >= 0 && position <= output.count - count)
    try decode(bytes, count: count, into: &output, at: position, mayUseRuns: true)
  }
}

extension IntegerPage {
  static func encode(
    _ values: ArraySlice<Int64>, compressionLevel: Int, mayUseRuns: Bool
  ) -> [UInt8] {
    let statistics = BitPackingKernels.statistics(values)
    if statistics.minimum == statistics.maximum { return constant(statistics.minimum) }
    let plain = PackedForm(
      values, minimum: statistics.minimum, maximum: statistics.maximum)
    let candidates = [
      Candidate(form: plain, first: nil),
      differences(values, statistics, narrowerThan: plain),
    ].compactMap { $0 }
    var best = Candidate.smallest(candidates).encoded()
    if let compressed = Candidate.compressed(
      candidates, below: best.count, level: compressionLevel)
    {
      best = compressed
    }
    if mayUseRuns,
      let runs = runs(
        values, statistics, below: best.count, compressionLevel: compressionLevel)
    {
      best = runs
    }
    return best
  }

  private static func constant(_ value: Int64) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeUInt8(Format.IntegerScheme.constant.rawValue)
    writer.writeZigZag(value)
    return writer.bytes
  }

  /// The form of the differences of neighbours, where it is narrower than that of the values.
  private static func differences(
    _ values: ArraySlice<Int64>, _ statistics: BitPackingKernels.Statistics,
    narrowerThan plain: PackedForm
  ) -> Candidate? {
    let range = UInt64(bitPattern: statistics.maximumDelta &- statistics.minimumDelta)
    guard 64 - (range / plain.divisor).leadingZeroBitCount < plain.width else { return nil }
    let form = PackedForm(
      BitPackingKernels.deltas(values)[...], minimum: statistics.minimumDelta,
      maximum: statistics.maximumDelta)
    return Candidate(form: form, first: values.first)
  }

  /// Each run's value and length, where they take fewer than `limit` bytes.
  private static func runs(
    _ values: ArraySlice<Int64>, _ statistics: BitPackingKernels.Statistics, below limit: Int,
    compressionLevel: Int
  ) -> [UInt8]? {
    // Even in a bit for the value and one for the length, the runs would take as much.
    guard statistics.runCount * 2 < limit * 8, statistics.runCount * 2 <= values.count
    else { return nil }
    var runValues: [Int64] = []
    var lengths: [Int64] = []
    runValues.reserveCapacity(statistics.runCount)
    lengths.reserveCapacity(statistics.runCount)
    var start = values.startIndex
    for index in values.indices.dropFirst() where values[index] != values[start] {
      runValues.append(values[start])
      lengths.append(Int64(index - start))
      start = index
    }
    runValues.append(values[start])
    lengths.append(Int64(values.endIndex - start))
    let valuePage = encode(
      runValues[...], compressionLevel: compressionLevel, mayUseRuns: false)
    let lengthPage = encode(lengths[...], compressionLevel: compressionLevel, mayUseRuns: false)
    var writer = ByteWriter()
    writer.writeUInt8(Format.IntegerScheme.runs.rawValue)
    writer.writeVarint(UInt64(runValues.count))
    writer.writeVarint(UInt64(valuePage.count))
    writer.writeBytes(valuePage)
    writer.writeBytes(lengthPage)
    return writer.count < limit ? writer.bytes : nil
  }
}
