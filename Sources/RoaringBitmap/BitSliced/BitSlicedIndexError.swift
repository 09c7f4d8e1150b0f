/// Why an operation on bit-sliced indexes fails, or bytes are not one, and where.
public struct BitSlicedIndexError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// Indexes of different scales cannot be added.
    case differentScales(Int, Int)
    /// A sum does not fit into `Int64`.
    case overflow
    /// The bytes end before the structure does.
    case truncated
    /// The first bytes are not those of a bit-sliced index.
    case unknownMagic(UInt32)
    /// The version is not one that this library reads.
    case unknownVersion(Int)
    /// The scale is above 18.
    case invalidScale(Int)
    /// More slices than a number has bits, or an empty last slice.
    case invalidSliceCount(Int)
    /// The base is positive, or the digits pass what `Int64` holds.
    case invalidBase(Int64)
    /// A slice has members that the index has not.
    case strayMembers(slice: Int)
    /// A part is not a Roaring bitmap.
    case invalidBitmap(RoaringBitmapError)
    /// Bytes follow the end of the index.
    case trailingBytes(Int)
  }

  /// What is wrong.
  public let reason: Reason
  /// Offset of the offending bytes from the start of the index; nil if it is not about bytes.
  public let byteOffset: Int?

  init(_ reason: Reason, at byteOffset: Int? = nil) {
    self.reason = reason
    self.byteOffset = byteOffset
  }

  /// The error in words.
  public var description: String {
    let place = byteOffset.map { " (byte \($0))" } ?? ""
    return "bit-sliced index: \(words)\(place)"
  }

  private var words: String {
    switch reason {
    case .differentScales(let a, let b): "scales \(a) and \(b) differ"
    case .overflow: "a sum does not fit into 64 bits"
    case .truncated: "the bytes end too early"
    case .unknownMagic(let magic): "unknown magic number \(magic)"
    case .unknownVersion(let version): "unknown version \(version)"
    case .invalidScale(let scale): "scale \(scale) where 18 is the largest"
    case .invalidSliceCount(let count): "\(count) slices cannot be"
    case .invalidBase(let base): "base \(base) cannot be"
    case .strayMembers(let slice): "slice \(slice) has members that the index has not"
    case .invalidBitmap(let error): error.description
    case .trailingBytes(let count): "\(count) bytes follow the end"
    }
  }
}
