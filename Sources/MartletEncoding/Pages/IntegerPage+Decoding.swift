import MartletModel

extension IntegerPage {
  static func decode(
    _ bytes: RawSpan, count: Int, into output: inout [Int64], at position: Int,
    within nesting: Nesting
  ) throws(MartletError) {
    var reader = ByteReader(bytes, of: "integer page")
    let schemeByte = try reader.readUInt8()
    guard let scheme = Format.IntegerScheme(rawValue: schemeByte) else {
      throw reader.corrupt("there is no integer encoding \(schemeByte)")
    }
    guard (1...Format.pageValueCountMax).contains(count) else {
      throw reader.corrupt("a page cannot hold \(count) values")
    }
    switch scheme {
    case .constant:
      let value = try reader.readZigZag()
      guard reader.isAtEnd else { throw reader.corrupt("bytes follow a constant") }
      for index in position..<position + count { output[index] = value }
    case .packed, .compressedPacked:
      try PackedForm.decode(
        &reader, compressed: scheme == .compressedPacked, count: count, into: &output,
        at: position)
    case .deltas, .compressedDeltas:
      let first = try reader.readZigZag()
      guard count >= 2 else { throw reader.corrupt("one value has no differences") }
      output[position] = first
      try PackedForm.decode(
        &reader, compressed: scheme == .compressedDeltas, count: count - 1, into: &output,
        at: position + 1)
      BitPackingKernels.prefixSum(
        &output, in: position + 1..<position + count, first: first)
    case .magnitudes:
      try MagnitudeForm.decode(&reader, count: count, into: &output, at: position)
    case .deltaMagnitudes:
      let first = try reader.readZigZag()
      guard count >= 2 else { throw reader.corrupt("one value has no differences") }
      output[position] = first
      try MagnitudeForm.decode(&reader, count: count - 1, into: &output, at: position + 1)
      BitPackingKernels.prefixSum(
        &output, in: position + 1..<position + count, first: first)
    case .runs:
      guard nesting <= .runs else { throw reader.corrupt("runs within runs") }
      try decodeRuns(&reader, count: count, into: &output, at: position)
    case .dictionary:
      guard nesting <= .dictionary else { throw reader.corrupt("a dictionary within a page") }
      try decodeDictionary(&reader, count: count, into: &output, at: position)
    }
  }

  private static func decodeRuns(
    _ reader: inout ByteReader, count: Int, into output: inout [Int64], at position: Int
  ) throws(MartletError) {
    let runCount = try reader.readCount(max: count)
    let valuePage = try reader.readSpan(try reader.readCount(max: reader.remaining))
    let lengthPage = try reader.readSpan(reader.remaining)
    var values = [Int64](repeating: 0, count: runCount)
    var lengths = values
    try decode(valuePage, count: runCount, into: &values, at: 0, within: .none)
    try decode(lengthPage, count: runCount, into: &lengths, at: 0, within: .none)
    let range = position..<position + count
    guard BitPackingKernels.expandRuns(values, lengths: lengths, into: &output, in: range) else {
      throw reader.corrupt("the runs' lengths do not add up to \(count) values")
    }
  }

  private static func decodeDictionary(
    _ reader: inout ByteReader, count: Int, into output: inout [Int64], at position: Int
  ) throws(MartletError) {
    let distinctCount = try reader.readCount(max: count)
    let valuePage = try reader.readSpan(try reader.readCount(max: reader.remaining))
    let codePage = try reader.readSpan(reader.remaining)
    var values = [Int64](repeating: 0, count: distinctCount)
    try decode(valuePage, count: distinctCount, into: &values, at: 0, within: .none)
    try decode(codePage, count: count, into: &output, at: position, within: .runs)
    let range = position..<position + count
    guard BitPackingKernels.lookUp(&output, in: range, dictionary: values) else {
      throw reader.corrupt("a code is not below the dictionary's \(distinctCount)")
    }
  }
}
