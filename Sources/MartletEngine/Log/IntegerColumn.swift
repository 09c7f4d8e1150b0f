import MartletEncoding
import MartletModel

/// Integers of a log record: the least, then the differences from it in as few bytes as the
/// greatest needs, all lowest bytes first.
///
/// Plainer than the pages of segment files: a log is written on the way to every commit, and
/// bytes of one weight beside each other are what zstd's fastest level does well with.
enum IntegerColumn {
  /// Appends the values; no bytes where there are none.
  /// - Complexity: O(count).
  static func write<T: FixedWidthInteger>(_ values: [T], to writer: inout ByteWriter) {
    guard let first = values.first else { return }
    var (least, greatest) = (first, first)
    for value in values {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    let base = Int64(truncatingIfNeeded: least)
    let range = UInt64(bitPattern: Int64(truncatingIfNeeded: greatest) &- base)
    let width = (64 - range.leadingZeroBitCount + 7) / 8
    writer.writeZigZag(base)
    writer.writeUInt8(UInt8(width))
    writer.bytes.append(addingCapacity: values.count * width) { output in
      for shift in stride(from: 0, to: width * 8, by: 8) {
        for value in values {
          output.append(
            UInt8(truncatingIfNeeded: (Int64(truncatingIfNeeded: value) &- base) >> shift))
        }
      }
    }
  }

  /// Reads so many values.
  /// - Precondition: the count is within the limits of a record.
  /// - Throws: `.corrupt` where they are not there, or one lies outside `range`.
  /// - Complexity: O(count).
  static func read(
    _ count: Int, in range: ClosedRange<Int64> = .min ... .max, of what: String,
    from reader: inout ByteReader
  ) throws(MartletError) -> [Int64] {
    guard count > 0 else { return [] }
    let base = try reader.readZigZag()
    let width = Int(try reader.readUInt8())
    guard width <= 8 else { throw reader.corrupt("a column of \(what) has \(width) bytes a value") }
    let planes = try reader.readSpan(count * width)
    var values = [Int64](repeating: base, count: count)
    for plane in 0..<width {
      let (start, shift) = (plane * count, Int64(plane * 8))
      for index in 0..<count {
        values[index] &+= Int64(planes.byte(at: start + index)) << shift
      }
    }
    var (least, greatest) = (base, base)
    for value in values {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    guard range.contains(least), range.contains(greatest) else {
      throw reader.corrupt("a column of \(what) holds a value outside \(range)")
    }
    return values
  }
}
