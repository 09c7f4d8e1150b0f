/// A Roaring bitmap read where it lies: in portable bytes, of a mapped file for example, at any
/// alignment. Nothing is copied; only the headers are decoded.
///
/// ```swift
/// let view = try RoaringBitmapView(mappedBytes)
/// view.contains(42)
/// let both = view.intersection(bitmap)     // a RoaringBitmap
/// ```
///
/// Everything that reads a ``RoaringBitmap`` works on a view; what changes one does not. The bytes
/// must not change while the view lives.
public struct RoaringBitmapView: ~Escapable {
  private let header: PortableHeader
  private let bytes: RawSpan

  /// Reads the headers and checks every payload: order, kinds, cardinalities, runs, offsets, and
  /// that `bytes` ends where the bitmap does.
  ///
  /// - Throws: ``RoaringBitmapError``, saying what is wrong and at which byte.
  /// - Complexity: O(*m*), the compressed size.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan) throws(RoaringBitmapError) {
    try self.init(trustingPayload: bytes)
    try source.checkPayloads()
  }

  /// Reads and checks the headers, but not what the blocks hold: for bytes whose checksum has been
  /// verified, or that this process wrote.
  ///
  /// Whatever the payloads hold, no operation reads outside `bytes`; but on payloads that are not
  /// well formed, answers mean nothing.
  ///
  /// - Throws: ``RoaringBitmapError``, saying what is wrong and at which byte.
  /// - Complexity: O(*b*), *b* the number of blocks.
  @_lifetime(copy bytes)
  public init(trustingPayload bytes: RawSpan) throws(RoaringBitmapError) {
    self.bytes = bytes
    header = try PortableHeader(bytes)
    if header.byteCount != bytes.byteCount {
      throw RoaringBitmapError(
        .trailingBytes(bytes.byteCount - header.byteCount), at: header.byteCount)
    }
  }

  private var source: BlockSource {
    @_lifetime(borrow self)
    @inline(__always)
    get { BlockSource(blocks: header.blocks, bytes: bytes) }
  }
}

extension RoaringBitmapView: RoaringReadable {
  /// The blocks, for the library's own use.
  public var readableBlocks: RoaringBlocks {
    @_lifetime(borrow self)
    get { RoaringBlocks(source) }
  }
}

/// What two views are asked most, as direct calls; the others are ``RoaringReadable``'s.
extension RoaringBitmapView {
  /// Members of both sets.
  ///
  /// - Complexity: O(*k* log *n* + *m*), *k* common blocks among *n*, *m* their compressed size.
  public func intersection(_ other: borrowing RoaringBitmapView) -> RoaringBitmap {
    BlockSource.intersection(source, other.source)
  }

  /// Number of members in both sets.
  ///
  /// - Complexity: as ``intersection(_:)``, but nothing is allocated.
  public func intersectionCount(with other: borrowing RoaringBitmapView) -> Int {
    BlockSource.intersectionCount(source, other.source)
  }

  /// Whether the sets have a member in common.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` at worst; stops at the first one found.
  public func intersects(_ other: borrowing RoaringBitmapView) -> Bool {
    BlockSource.intersects(source, other.source)
  }
}
