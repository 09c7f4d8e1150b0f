extension RoaringBitmap: Hashable {
  /// Whether both sets have the same members, in whatever form they are stored.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public static func == (a: RoaringBitmap, b: RoaringBitmap) -> Bool {
    BlockSource.areEqual(a.source, b.source)
  }

  /// Feeds the members to `hasher`.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks, some 8 KiB of work each.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(blockCount)
    let source = source
    for i in source.blocks.indices {
      hasher.combine(source.blocks[i].key)
      hasher.combine(Kernels.hash(source, i))
    }
  }
}
