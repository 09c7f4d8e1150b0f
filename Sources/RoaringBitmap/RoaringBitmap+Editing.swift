import CMartletKernels

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
  /// - Complexity: as ``insert(_:)``.
  @discardableResult
  public mutating func remove(_ member: UInt32) -> UInt32? { drop(member) ? member : nil }

  /// Adds `member`, whether or not it is there; the old one if it was.
  ///
  /// - Complexity: as ``insert(_:)``.
  @discardableResult
  public mutating func update(with member: UInt32) -> UInt32? { add(member) ? nil : member }

  private mutating func add(_ member: UInt32) -> Bool {
    let key = UInt16(truncatingIfNeeded: member >> 16)
    let low = UInt16(truncatingIfNeeded: member)
    let index = place(of: key)
    if index == blocks.count || blocks[index].key != key {
      let word = appendRoom(1)
      payload[word] = UInt64(low)
      blocks.insert(
        Block(key: key, kind: .array, cardinality: 1, byteOffset: word &* 8, wordCapacity: 1),
        at: index)
      return true
    }
    let block = blocks[index]
    switch block.kind {
    case .run:
      if source.contains(member) { return false }
      rebuildWithoutRuns(index)
      return add(member)
    case .bitset:
      if !Kernels.bitsetInsert(low, in: &payload, at: block.wordOffset) { return false }
      blocks[index].cardinality = block.cardinality &+ 1
      return true
    case .array:
      return addToArray(low, at: index)
    }
  }

  private mutating func addToArray(_ low: UInt16, at index: Int) -> Bool {
    var block = blocks[index]
    let count = block.cardinality
    if count == Format.arrayCardinalityMax || 2 &* (count &+ 1) > 8 &* Int(block.wordCapacity) {
      if source.contains(block.base | UInt32(low)) { return false }
      if count == Format.arrayCardinalityMax {
        rewrite(index) { Kernels.apply(.union, low...low, to: &$0) }
        return true
      }
      move(index, toRoomFor: Swift.min(2 &* Int(block.wordCapacity), Format.bitsetWordCount))
      block = blocks[index]
    }
    let inserted = Kernels.arrayInsert(
      low, count: count, in: &payload, at: block.wordOffset, capacity: Int(block.wordCapacity))
    if inserted { blocks[index].cardinality = count &+ 1 }
    return inserted
  }

  private mutating func drop(_ member: UInt32) -> Bool {
    let key = UInt16(truncatingIfNeeded: member >> 16)
    let low = UInt16(truncatingIfNeeded: member)
    let index = place(of: key)
    if index == blocks.count || blocks[index].key != key { return false }
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
      if !Kernels.bitsetRemove(low, in: &payload, at: block.wordOffset) { return false }
    case .array:
      if !Kernels.arrayRemove(low, count: count, in: &payload, at: block.wordOffset) {
        return false
      }
    }
    if count == 1 {
      removeBlock(index)
    } else {
      blocks[index].cardinality = count &- 1
    }
    return true
  }
}

/// The buffer under edits: blocks that outgrow their place move to the end.
extension RoaringBitmap {
  /// The index of the block with `key`, or where it belongs.
  func place(of key: UInt16) -> Int {
    // Most edits go to the last block or beyond.
    guard let last = blocks.last, last.key >= key else { return blocks.count }
    if last.key == key { return blocks.count &- 1 }
    return source.index(atLeast: key, from: 0)
  }

  /// Appends zeros; the index of the first.
  mutating func appendRoom(_ wordCount: Int) -> Int {
    let word = payload.count
    payload.append(contentsOf: repeatElement(0, count: wordCount))
    return word
  }

  /// Moves a block to a larger place at the end.
  private mutating func move(_ index: Int, toRoomFor wordCount: Int) {
    let old = blocks[index]
    if old.wordOffset + Int(old.wordCapacity) == payload.count {
      // The last in the buffer grows where it is.
      _ = appendRoom(wordCount - Int(old.wordCapacity))
      blocks[index].wordCapacity = UInt16(wordCount)
      return
    }
    let word = appendRoom(wordCount)
    for i in 0..<Int(old.wordCapacity) { payload[word &+ i] = payload[old.wordOffset &+ i] }
    blocks[index].byteOffset = UInt32(word &* 8)
    blocks[index].wordCapacity = UInt16(wordCount)
    waste(Int(old.wordCapacity))
  }

  mutating func removeBlock(_ index: Int) {
    let capacity = Int(blocks[index].wordCapacity)
    blocks.remove(at: index)
    waste(capacity)
  }

  /// Rewrites a block by way of 1,024 words that `edit` changes.
  mutating func rewrite(_ index: Int, _ edit: (inout MutableSpan<UInt64>) -> Void) {
    let old = blocks[index]
    var words = source.words(at: index)
    var span = words.mutableSpan
    edit(&span)
    replace(index, with: words, key: old.key)
  }

  private mutating func rebuildWithoutRuns(_ index: Int) {
    // A full block is stored as one run in any case: leave it room to change as a bitset.
    let old = blocks[index]
    let words = source.words(at: index)
    if old.cardinality > Format.arrayCardinalityMax {
      let word = appendRoom(Format.bitsetWordCount)
      for i in words.indices { payload[word &+ i] = words[i] }
      blocks[index] = Block(
        key: old.key, kind: .bitset, cardinality: old.cardinality, byteOffset: word &* 8,
        wordCapacity: Format.bitsetWordCount)
      waste(Int(old.wordCapacity))
    } else {
      replace(index, with: words, key: old.key)
    }
  }

  /// Puts what `words` hold in the place of a block; nothing there, no block.
  mutating func replace(_ index: Int, with words: [UInt64], key: UInt16) {
    let old = blocks[index]
    let stored = RoaringBitmap(key: key, words: words.span)
    guard var block = stored.blocks.first else {
      removeBlock(index)
      return
    }
    let word = payload.count
    payload.append(contentsOf: stored.payload)
    block.byteOffset = UInt32(word &* 8)
    blocks[index] = block
    waste(Int(old.wordCapacity))
  }

  /// Notes a hole; when holes are most of the buffer, closes them all.
  private mutating func waste(_ wordCount: Int) {
    wastedWordCount &+= wordCount
    if wastedWordCount > 4_096 && wastedWordCount > payload.count / 2 { compact() }
  }

  /// Rewrites the payload without holes.
  mutating func compact() {
    var compacted = [UInt64]()
    compacted.reserveCapacity(payload.count - wastedWordCount)
    for i in blocks.indices {
      let from = blocks[i].wordOffset
      blocks[i].byteOffset = UInt32(compacted.count &* 8)
      compacted.append(contentsOf: payload[from..<(from + Int(blocks[i].wordCapacity))])
    }
    payload = compacted
    wastedWordCount = 0
  }
}
