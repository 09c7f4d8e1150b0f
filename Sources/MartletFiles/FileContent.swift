/// The bytes of a file that is put together, in pieces: as they grow, no more than a piece is
/// copied.
public struct FileContent: Sendable {
  /// Together they are the bytes, in order; none is empty.
  public private(set) var pieces: [[UInt8]] = []
  /// How many bytes there are.
  public private(set) var byteCount = 0

  /// Pieces are joined while they have no more bytes than this together.
  private static let pieceByteCount = 1 << 20

  /// No bytes.
  public init() {}

  /// Some bytes.
  public init(_ bytes: [UInt8]) { append(bytes) }

  /// Puts bytes at the end.
  /// - Complexity: O(1 + the bytes of short pieces), amortised
  public mutating func append(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    byteCount += bytes.count
    // Not the piece itself: a second reference would make the append copy it.
    if let count = pieces.last?.count, count + bytes.count <= FileContent.pieceByteCount {
      pieces[pieces.count - 1].append(contentsOf: bytes)
    } else {
      pieces.append(bytes)
    }
  }

  /// Puts other content at the end.
  /// - Complexity: O(pieces + the bytes of short ones)
  public mutating func append(_ other: FileContent) {
    for piece in other.pieces { append(piece) }
  }

  /// A copy of the bytes in one piece.
  /// - Complexity: O(`byteCount`)
  public func joined() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount)
    for piece in pieces { bytes.append(contentsOf: piece) }
    return bytes
  }
}
