/// Single members.
extension RoaringBitmap {
  /// Adds `member`; whether it was new.
  ///
  /// - Complexity: O(log *b* + *m*), *b* blocks, *m* members of one block (at most 4,096 move); a
  ///   new block before others moves the *b* headers. If the storage is shared it is copied first.
  @discardableResult
  public mutating func insert(_ member: UInt32) -> (inserted: Bool, memberAfterInsert: UInt32) {
    (add(member), member)
  }

  /// Removes `member`; nil if it was not there.
  ///
  /// - Complexity: as `insert(_:)`.
  @discardableResult
  public mutating func remove(_ member: UInt32) -> UInt32? { drop(member) ? member : nil }

  /// Adds `member`, whether or not it is there; the old one if it was.
  ///
  /// - Complexity: as `insert(_:)`.
  @discardableResult
  public mutating func update(with member: UInt32) -> UInt32? { add(member) ? nil : member }

  @inline(__always)
  private mutating func add(_ member: UInt32) -> Bool {
    let key = UInt16(truncatingIfNeeded: member >> 16)
    let low = UInt16(truncatingIfNeeded: member)
    let index = place(of: key)
    if index < blockCount {
      switch Kernels.insert(low, key: key, at: index, in: &words) {
      case .there: return false
      case .inserted: return true
      case .needsMore: break
      }
    }
    return addWithRoom(key, low, at: index)
  }

  /// Where a new block, more room or another form is needed.
  @inline(never)
  private mutating func addWithRoom(_ key: UInt16, _ low: UInt16, at index: Int) -> Bool {
    if index == blockCount || blocks[index].key != key {
      insertBlock(key: key, low: low, at: index)
      return true
    }
    let block = blocks[index]
    if source.contains(block.base | UInt32(low)) { return false }
    if block.kind == .run {
      rebuildWithoutRuns(index)
    } else if block.cardinality == Format.arrayCardinalityMax {
      rewrite(index) { Kernels.apply(.union, low...low, to: &$0) }
      return true
    } else {
      move(index, toRoomFor: Swift.min(2 &* block.wordCapacity, Format.bitsetWordCount))
    }
    return add(block.base | UInt32(low))
  }

  private mutating func drop(_ member: UInt32) -> Bool {
    let key = UInt16(truncatingIfNeeded: member >> 16)
    let low = UInt16(truncatingIfNeeded: member)
    let index = place(of: key)
    if index == blockCount || blocks[index].key != key { return false }
    let block = blocks[index]
    let count = block.cardinality
    switch block.kind {
    case .run:
      if !source.contains(member) { return false }
      rebuildWithoutRuns(index)
      return drop(member)
    case .bitset:
      if count == Format.arrayCardinalityMax &+ 1 {
        if !source.contains(member) { return false }
        rewrite(index) { Kernels.apply(.subtraction, low...low, to: &$0) }
        return true
      }
      if !Kernels.bitsetRemove(low, in: &words, at: block.wordOffset) { return false }
    case .array:
      if !Kernels.arrayRemove(low, count: count, in: &words, at: block.wordOffset) {
        return false
      }
    }
    if count == 1 {
      removeBlock(index)
    } else {
      setCardinality(count &- 1, at: index)
    }
    return true
  }
}
