/// Why bytes are not a Roaring bitmap, and where.
public struct RoaringBitmapError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// The bytes end before the structure does; so many more are needed.
    case truncated(missingByteCount: Int)
    /// The first bytes are not those of the portable format.
    case unknownCookie(UInt32)
    /// More blocks are announced than there can be.
    case tooManyBlocks(Int)
    /// A key is not above the one before.
    case keysOutOfOrder
    /// An entry of the offset header does not point to where the block starts.
    case wrongOffset(stated: Int, actual: Int)
    /// A member of an array is not above the one before.
    case arrayOutOfOrder
    /// A bitset has other than the announced number of members.
    case wrongCardinality(stated: Int, actual: Int)
    /// Runs overlap, touch, are out of order, or pass the end of the block.
    case invalidRuns
    /// A run block without runs.
    case noRuns
    /// Bytes follow the end of the bitmap.
    case trailingBytes(Int)
    /// A 64-bit form announces more parts than its bytes can hold.
    case tooManyParts(UInt64)
    /// A part of a 64-bit form has no members.
    case emptyPart
  }

  /// What is wrong.
  public let reason: Reason
  /// Offset of the offending bytes from the start of the bitmap.
  public let byteOffset: Int
  /// The block at fault, counted from 0; nil if none is.
  public let blockIndex: Int?

  init(_ reason: Reason, at byteOffset: Int, block: Int? = nil) {
    self.reason = reason
    self.byteOffset = byteOffset
    self.blockIndex = block
  }

  /// The error in words.
  public var description: String {
    let place = blockIndex.map { "byte \(byteOffset), block \($0)" } ?? "byte \(byteOffset)"
    return "not a Roaring bitmap: \(words) (\(place))"
  }

  private var words: String {
    switch reason {
    case .truncated(let missing): "the bytes end \(missing) too early"
    case .unknownCookie(let cookie): "unknown cookie \(cookie)"
    case .tooManyBlocks(let count): "\(count) blocks where 65536 is the most"
    case .keysOutOfOrder: "the key is not above the one before"
    case .wrongOffset(let stated, let actual):
      "the offset header says \(stated) where the block starts at \(actual)"
    case .arrayOutOfOrder: "an array's members do not ascend"
    case .wrongCardinality(let stated, let actual):
      "\(stated) members announced where there are \(actual)"
    case .invalidRuns: "runs overlap, touch, are out of order or pass the block's end"
    case .noRuns: "a run block has no runs"
    case .trailingBytes(let count): "\(count) bytes follow the end"
    case .tooManyParts(let count): "\(count) parts cannot fit into the bytes"
    case .emptyPart: "a part of a 64-bit bitmap is empty"
    }
  }
}
