/// What a bitmap in memory and a view over portable bytes have in common: all questions, and set
/// algebra with one another. The results of set algebra are always ``RoaringBitmap``s.
///
/// The two conforming types are ``RoaringBitmap`` and ``RoaringBitmapView``; there is nothing that
/// another one could provide.
public protocol RoaringReadable: ~Escapable {
  /// The blocks, for the library's own use.
  var readableBlocks: RoaringBlocks {
    @_lifetime(borrow self)
    get
  }
}

/// The blocks of a bitmap or a view: an opaque handle.
public struct RoaringBlocks: ~Escapable {
  let source: BlockSource

  @_lifetime(copy source)
  init(_ source: BlockSource) { self.source = source }
}

extension RoaringBitmap: RoaringReadable {
  /// The blocks, for the library's own use.
  public var readableBlocks: RoaringBlocks {
    @_lifetime(borrow self)
    get { RoaringBlocks(source) }
  }
}
