/// The buffer under edits: blocks that outgrow their place move to the end.
extension RoaringBitmap {
  /// The index of the block with `key`, or where it belongs.
  @inline(__always)
  func place(of key: UInt16) -> Int {
    if blockCount == 0 { return 0 }
    // Most edits go to the last block or beyond.
    let last = blocks[blockCount &- 1].key
    if last < key { return blockCount }
    if last == key { return blockCount &- 1 }
    return source.index(atLeast: key, from: 0)
  }

  mutating func setBlock(_ block: Block, at index: Int) {
    words[Block.headerWordCount &* index] = block.word0
    words[Block.headerWordCount &* index &+ 1] = block.word1
  }

  @inline(__always)
  mutating func setCardinality(_ cardinality: Int, at index: Int) {
    var block = Block(word0: words[Block.headerWordCount &* index], word1: 0)
    block.cardinality = cardinality
    words[Block.headerWordCount &* index] = block.word0
  }

  /// Inserts a block with one member.
  mutating func insertBlock(key: UInt16, low: UInt16, at index: Int) {
    if blockCount == blockCapacity {
      // Headers double, as arrays do; the payloads make way.
      rebuild(blockCapacity: Swift.max(4, 2 &* blockCapacity))
    }
    let place = appendRoom(1)
    words[place] = UInt64(low)
    let size = Block.headerWordCount
    var word = size &* blockCount &+ size &- 1
    while word > size &* index &+ 1 {
      words[word] = words[word &- size]
      word &-= 1
    }
    blockCount &+= 1
    setBlock(
      Block(key: key, kind: .array, cardinality: 1, byteOffset: place &* 8, wordCapacity: 1),
      at: index)
  }

  mutating func removeBlock(_ index: Int) {
    let capacity = blocks[index].wordCapacity
    let size = Block.headerWordCount
    for word in (size &* index)..<(size &* (blockCount &- 1)) {
      words[word] = words[word &+ size]
    }
    blockCount &-= 1
    waste(capacity)
  }

  /// Appends zeros; the index of the first.
  mutating func appendRoom(_ wordCount: Int) -> Int {
    let word = words.count
    words.append(contentsOf: repeatElement(0, count: wordCount))
    return word
  }

  /// Moves a block to a larger place at the end.
  mutating func move(_ index: Int, toRoomFor wordCount: Int) {
    var block = blocks[index]
    let capacity = block.wordCapacity
    if block.wordOffset + capacity == words.count {
      // The last in the buffer grows where it is.
      _ = appendRoom(wordCount - capacity)
      block.wordCapacity = wordCount
      setBlock(block, at: index)
      return
    }
    let from = block.wordOffset
    let word = appendRoom(wordCount)
    for i in 0..<capacity { words[word &+ i] = words[from &+ i] }
    block.byteOffset = word &* 8
    block.wordCapacity = wordCount
    setBlock(block, at: index)
    waste(capacity)
  }

  /// Rewrites a block by way of 1,024 words that `edit` changes.
  mutating func rewrite(_ index: Int, _ edit: (inout MutableSpan<UInt64>) -> Void) {
    let key = blocks[index].key
    var scratch = source.words(at: index)
    var span = scratch.mutableSpan
    edit(&span)
    replace(index, with: scratch, key: key)
  }

  /// Stores a run block as what can be edited in place: an array or a bitset.
  mutating func rebuildWithoutRuns(_ index: Int) {
    let old = blocks[index]
    let scratch = source.words(at: index)
    if old.cardinality <= Format.arrayCardinalityMax {
      replace(index, with: scratch, key: old.key)
      return
    }
    // Not by way of `replace`, which would make a full block a run again.
    let word = words.count
    words.append(contentsOf: scratch)
    setBlock(
      Block(
        key: old.key, kind: .bitset, cardinality: old.cardinality, byteOffset: word &* 8,
        wordCapacity: Format.bitsetWordCount), at: index)
    waste(old.wordCapacity)
  }

  /// Puts what 1,024 words hold in the place of a block; nothing there, no block.
  private mutating func replace(_ index: Int, with scratch: [UInt64], key: UInt16) {
    let capacity = blocks[index].wordCapacity
    let stored = RoaringBitmap(key: key, words: scratch.span)
    if stored.isEmpty {
      removeBlock(index)
      return
    }
    var block = stored.blocks[0]
    let start = block.wordOffset
    block.byteOffset = words.count &* 8
    words.append(contentsOf: stored.words[start..<(start + block.wordCapacity)])
    setBlock(block, at: index)
    waste(capacity)
  }

  /// Notes a hole; when holes are most of the buffer, closes them all.
  private mutating func waste(_ wordCount: Int) {
    wastedWordCount &+= wordCount
    if wastedWordCount > 4_096 && wastedWordCount > words.count / 2 {
      rebuild(blockCapacity: blockCapacity)
    }
  }

  /// Rewrites the buffer without holes, with room for so many headers.
  private mutating func rebuild(blockCapacity: Int) {
    let headerWordCount = Block.headerWordCount * blockCapacity
    var rebuilt = [UInt64](repeating: 0, count: headerWordCount)
    rebuilt.reserveCapacity(headerWordCount + words.count)
    for i in 0..<blockCount {
      var block = blocks[i]
      let from = block.wordOffset
      block.byteOffset = rebuilt.count &* 8
      rebuilt.append(contentsOf: words[from..<(from + block.wordCapacity)])
      rebuilt[Block.headerWordCount * i] = block.word0
      rebuilt[Block.headerWordCount * i + 1] = block.word1
    }
    words = rebuilt
    self.blockCapacity = blockCapacity
    wastedWordCount = 0
  }
}
