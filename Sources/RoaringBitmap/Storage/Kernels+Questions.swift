import CMartletKernels

/// Questions to one block, or to two, and the room that their results need.
///
/// Safe: these kernels only read, and `read` checks what they may read.
extension Kernels {
  @inline(__always)
  static func min(_ source: borrowing BlockSource, _ index: Int) -> UInt16 {
    unsafe read(source, index) { unsafe mk_block_min($0) }
  }

  @inline(__always)
  static func max(_ source: borrowing BlockSource, _ index: Int) -> UInt16 {
    unsafe read(source, index) { unsafe mk_block_max($0) }
  }

  @inline(__always)
  static func contains(_ source: borrowing BlockSource, _ index: Int, _ low: UInt16) -> Bool {
    unsafe read(source, index) { unsafe mk_block_contains($0, low) }
  }

  /// Members with a low half of at most `low`.
  @inline(__always)
  static func rank(_ source: borrowing BlockSource, _ index: Int, _ low: UInt16) -> Int {
    unsafe read(source, index) { unsafe Int(mk_block_rank($0, low)) }
  }

  /// The low half of the member with `rank` smaller ones.
  @inline(__always)
  static func select(_ source: borrowing BlockSource, _ index: Int, _ rank: Int) -> UInt16 {
    unsafe read(source, index) { unsafe mk_block_select($0, UInt32(truncatingIfNeeded: rank)) }
  }

  @inline(__always)
  static func hash(_ source: borrowing BlockSource, _ index: Int) -> UInt64 {
    unsafe read(source, index) { unsafe mk_block_hash($0) }
  }

  @inline(__always)
  static func intersectionCount(
    _ a: borrowing BlockSource, _ i: Int, _ b: borrowing BlockSource, _ j: Int
  ) -> Int {
    unsafe read(a, i, b, j) { unsafe Int(mk_block_and_count($0, $1)) }
  }

  @inline(__always)
  static func intersects(
    _ a: borrowing BlockSource, _ i: Int, _ b: borrowing BlockSource, _ j: Int
  ) -> Bool {
    unsafe read(a, i, b, j) { unsafe mk_block_intersects($0, $1) }
  }

  @inline(__always)
  static func areEqual(
    _ a: borrowing BlockSource, _ i: Int, _ b: borrowing BlockSource, _ j: Int
  ) -> Bool {
    unsafe read(a, i, b, j) { unsafe mk_block_equal($0, $1) }
  }

  /// The most bytes that a copy of a block needs.
  @inline(__always)
  static func copyBound(_ block: Block) -> Int {
    unsafe Int(mk_block_copy_bound(shape(block)))
  }

  /// The most bytes that an operation's result needs.
  @inline(__always)
  static func bound(_ a: Block, _ b: Block, _ operation: SetOperation) -> Int {
    switch operation {
    case .intersection: unsafe Int(mk_block_and_bound(shape(a), shape(b)))
    case .union, .symmetricDifference: unsafe Int(mk_block_or_bound(shape(a), shape(b)))
    case .subtraction: unsafe Int(mk_block_andnot_bound(shape(a)))
    }
  }
}
