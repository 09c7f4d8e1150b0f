extension IntegerPage {
  /// Forms that hold pages of their own, in the order in which they may be within each other.
  enum Nesting: Comparable { case dictionary, runs, none }

  static func encode(
    _ values: ArraySlice<Int64>, compressionLevel: Int, within nesting: Nesting
  ) -> [UInt8] {
    let statistics = BitPackingKernels.statistics(values)
    if statistics.minimum == statistics.maximum { return constant(statistics.minimum) }
    let plain = Candidate(
      form: PackedForm(values, minimum: statistics.minimum, maximum: statistics.maximum),
      first: nil)
    let differences = differences(values, statistics, narrowerThan: plain.form)
    let smallest = differences ?? plain
    if nesting <= .dictionary, differences == nil,
      let page = dictionary(plain.form, compressionLevel: compressionLevel)
    {
      return page
    }
    let packedSize = smallest.form.payloadByteCount
    if nesting <= .runs, statistics.runCount * 3 <= values.count,
      let page = runs(
        values, count: statistics.runCount, below: packedSize,
        compressionLevel: compressionLevel)
    {
      return page
    }
    let most = packedSize * Format.compressionGainPercent / 100
    let choice = Candidate.mostPromising(
      differences.map { [plain, $0] } ?? [plain], below: most, level: compressionLevel)
    return magnitudes(
      plain.form, below: packedSize, compressed: choice?.expectedByteCount ?? packedSize,
      compressionLevel: compressionLevel)
      ?? choice?.page(most: most) ?? smallest.encoded()
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

  /// The distinct values in order, and each value's place among them, where that is promising.
  private static func dictionary(_ plain: PackedForm, compressionLevel: Int) -> [UInt8]? {
    let count = plain.values.count
    // The packed codes must take a tenth less than the packed values.
    guard plain.width > 4, count >= 32,
      let found = DistinctValues(plain.values, most: min(4096, count / 4))
    else { return nil }
    let codeWidth = 64 - UInt64(found.sorted.count - 1).leadingZeroBitCount
    let bits = codeWidth * count + plain.width * found.sorted.count
    guard bits * 10 <= plain.width * count * 9 else { return nil }

    let valuePage = encode(
      found.sorted[...], compressionLevel: compressionLevel, within: .none)
    let codePage = encode(found.codes[...], compressionLevel: compressionLevel, within: .runs)
    return nested(
      .dictionary, count: found.sorted.count, first: valuePage, second: codePage)
  }

  /// Each run's value and length, where they take fewer than `limit` bytes.
  private static func runs(
    _ values: ArraySlice<Int64>, count: Int, below limit: Int, compressionLevel: Int
  ) -> [UInt8]? {
    // Even in a bit for the value and one for the length, the runs would take as much.
    guard count * 2 < limit * 8 else { return nil }
    var runValues: [Int64] = []
    var lengths: [Int64] = []
    runValues.reserveCapacity(count)
    lengths.reserveCapacity(count)
    var start = values.startIndex
    var value = values[start]
    for index in values.indices where values[index] != value {
      runValues.append(value)
      lengths.append(Int64(index - start))
      (start, value) = (index, values[index])
    }
    runValues.append(value)
    lengths.append(Int64(values.endIndex - start))
    let valuePage = encode(runValues[...], compressionLevel: compressionLevel, within: .none)
    let lengthPage = encode(lengths[...], compressionLevel: compressionLevel, within: .none)
    let page = nested(.runs, count: count, first: valuePage, second: lengthPage)
    return page.count < limit ? page : nil
  }

  /// The values' or their differences' magnitudes, where that saves at least 15 % of the packed
  /// size, and 5 % of the compressed one, which decodes as slowly.
  private static func magnitudes(
    _ plain: PackedForm, below packed: Int, compressed: Int, compressionLevel: Int
  ) -> [UInt8]? {
    let most =
      min(packed * Format.slowFormGainPercent, compressed * Format.compressionGainPercent) / 100
    guard compressionLevel > 0, plain.width > 4, plain.values.count >= 32 else { return nil }
    let values = MagnitudeForm(plain.values, base: plain.base, divisor: plain.divisor)
    let differences = MagnitudeForm(
      BitPackingKernels.deltas(plain.values)[...], base: 0, divisor: plain.divisor)
    let valuesSize = values.expectedByteCount(below: most)
    let differencesSize = differences.expectedByteCount(below: valuesSize ?? most)
    var writer = ByteWriter()
    if differencesSize != nil {
      writer.writeUInt8(Format.IntegerScheme.deltaMagnitudes.rawValue)
      writer.writeZigZag(plain.values[plain.values.startIndex])
      differences.write(to: &writer, level: compressionLevel)
    } else if valuesSize != nil {
      writer.writeUInt8(Format.IntegerScheme.magnitudes.rawValue)
      values.write(to: &writer, level: compressionLevel)
    } else {
      return nil
    }
    return writer.count <= most ? writer.bytes : nil
  }

  private static func nested(
    _ scheme: Format.IntegerScheme, count: Int, first: [UInt8], second: [UInt8]
  ) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeUInt8(scheme.rawValue)
    writer.writeVarint(UInt64(count))
    writer.writeVarint(UInt64(first.count))
    writer.writeBytes(first)
    writer.writeBytes(second)
    return writer.bytes
  }
}
