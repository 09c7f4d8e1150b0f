/// Union and intersection of many sets at once.
extension RoaringBitmap {
  /// Members of at least one of `bitmaps`.
  ///
  /// Goes block by block through all of them, so each block of the result is built once.
  ///
  /// - Complexity: O(*m* + *b* log *n*), *m* the compressed size and *b* the blocks of all *n*.
  public static func union(of bitmaps: [RoaringBitmap]) -> RoaringBitmap {
    if bitmaps.count <= 1 { return bitmaps.first ?? RoaringBitmap() }
    if bitmaps.count == 2 { return bitmaps[0].union(bitmaps[1]) }
    return WideUnion.result(bitmaps)
  }

  /// Members of all of `bitmaps`; of none at all, the empty set.
  ///
  /// - Complexity: O(*n* *m*), *m* the compressed size of the smallest of *n*, at worst.
  public static func intersection(of bitmaps: [RoaringBitmap]) -> RoaringBitmap {
    // From the smallest on, so that what is left is small early.
    let ordered = bitmaps.sorted { $0.words.count < $1.words.count }
    guard var result = ordered.first else { return RoaringBitmap() }
    for other in ordered.dropFirst() {
      if result.isEmpty { break }
      result.formIntersection(other)
    }
    return result
  }
}
