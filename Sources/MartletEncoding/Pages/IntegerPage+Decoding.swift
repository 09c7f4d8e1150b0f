import MartletModel

extension IntegerPage {
  static func decode(
    _ bytes: RawSpan, count: Int, into output: inout [Int64], at position: Int,
    mayUseRuns: Bool
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
    case .runs:
      guard mayUseRuns else { throw reader.corrupt("runs within runs") }
      try decodeRuns(&reader, count: count, into: &output, at: position)
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
    try decode(valuePage, count: runCount, into: &values, at: 0, mayUseRuns: false)
    try decode(lengthPage, count: runCount, into: &lengths, at: 0, mayUseRuns: false)
    var next = position
    let end = position + count
    for run in 0..<runCount {
      guard lengths[run] >= 1, lengths[run] <= Int64(end - next) else {
        throw reader.corrupt("run \(run) has a length of \(lengths[run])")
      }
      let runEnd = next + Int(lengths[run])
      let value = values[run]
      while next < runEnd {
        output[next] = value
        next += 1
      }
    }
    guard next == end else {
      throw reader.corrupt("the runs hold \(next - position) values, not \(count)")
    }
  }
}
