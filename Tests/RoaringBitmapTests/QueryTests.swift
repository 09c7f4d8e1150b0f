import RoaringBitmap
import Testing

struct QueryTests {
  @Test(arguments: 0..<20)
  func rankSelectAndRanges(seed: Int) {
    var random = Generator(seed: UInt64(seed))
    let bitmap = random.bitmap()
    let members = bitmap.toArray()
    #expect(bitmap.count == members.count && bitmap.isEmpty == members.isEmpty, "seed \(seed)")
    #expect(bitmap.min == members.first && bitmap.max == members.last, "seed \(seed)")
    #expect(bitmap.select(-1) == nil && bitmap.select(members.count) == nil, "seed \(seed)")
    for _ in 0..<100 where !members.isEmpty {
      let index = random.below(members.count)
      let member = members[index]
      #expect(bitmap.select(index) == member, "seed \(seed), index \(index)")
      #expect(bitmap.rank(member) == index + 1, "seed \(seed), member \(member)")
      #expect(bitmap.contains(member), "seed \(seed), member \(member)")
      let other = members[random.below(members.count)]
      let range = Swift.min(member, other)...Swift.max(member, other)
      #expect(
        bitmap.rangeCardinality(range) == bitmap.rank(range.upperBound)
          - bitmap.rank(range.lowerBound) + 1, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<20)
  func iteration(seed: Int) {
    var random = Generator(seed: UInt64(seed + 100))
    let bitmap = random.bitmap()
    let members = bitmap.toArray()
    #expect(Array(bitmap) == members, "seed \(seed)")
    var batched: [UInt32] = []
    bitmap.forEachBatch { batch in for i in batch.indices { batched.append(batch[i]) } }
    #expect(batched == members, "seed \(seed)")
    var position = 0
    var filled: [UInt32] = []
    while position < members.count {
      filled += [UInt32](capacity: 777) { out in position = bitmap.fill(&out, from: position) }
    }
    #expect(filled == members, "seed \(seed)")
    for start: UInt32 in [0, 1, 65_535, 65_536, 100_000, 458_752, 4_294_901_760, .max] {
      var iterator = bitmap.makeIterator(from: start)
      let expected = members.first { $0 >= start }
      #expect(iterator.next() == expected, "seed \(seed), start \(start)")
    }
  }

  /// Small sets need no buffer from the heap; the change to one lies in between.
  @Test(arguments: 0...40, [1, 70_000])
  func iterationOfFew(count: Int, step: Int) {
    let members = (0..<count).map { UInt32($0 * step) }
    let bitmap = RoaringBitmap(members).runOptimized()
    #expect(Array(bitmap) == members)
    var batched: [UInt32] = []
    bitmap.forEachBatch { batch in for i in batch.indices { batched.append(batch[i]) } }
    #expect(batched == members)
    var iterator = bitmap.makeIterator()
    for member in members.prefix(count / 2) { #expect(iterator.next() == member) }
    var copy = iterator
    let rest = Array(members.dropFirst(count / 2))
    for member in rest { #expect(copy.next() == member) }
    #expect(copy.next() == nil && copy.next() == nil)
    for member in rest { #expect(iterator.next() == member) }
    #expect(iterator.next() == nil)
  }

  /// A bitset in batches: each batch begins somewhere within a word.
  @Test(arguments: 0..<6)
  func batchesOfABitset(seed: Int) {
    var random = Generator(seed: UInt64(seed + 700))
    let members = (0..<65_536).filter { _ in random.below(6) <= seed }.map { UInt32($0) }
    let bitmap = RoaringBitmap(sorted: members)
    var batched: [UInt32] = []
    bitmap.forEachBatch { batch in for i in batch.indices { batched.append(batch[i]) } }
    #expect(batched == members, "seed \(seed)")
    #expect(Array(bitmap) == members, "seed \(seed)")
  }

  @Test func buildingInAnyOrder() {
    var random = Generator(seed: 9)
    for count in [0, 1, 5, 100, 1_023, 1_024, 5_000, 70_000] {
      let values = (0..<count).map { _ in UInt32(truncatingIfNeeded: random.next() % 300_000) }
      let bitmap = RoaringBitmap(values)
      #expect(bitmap.toArray() == Set(values).sorted(), "\(count) values")
      #expect(RoaringBitmap(sorted: bitmap.toArray()) == bitmap, "\(count) values")
      #expect(RoaringBitmap(values.lazy.map { $0 }) == bitmap, "\(count) values")
      var inserted = RoaringBitmap()
      for value in values { inserted.insert(value) }
      #expect(inserted == bitmap, "\(count) values")
    }
  }

  @Test(arguments: 0..<10)
  func blocks(seed: Int) {
    var random = Generator(seed: UInt64(seed + 200))
    let bitmap = random.bitmap()
    var builder = RoaringBitmapBuilder()
    var lows = RoaringBitmapBuilder()
    var before = 0
    for key in bitmap.keys {
      #expect(bitmap.rankOfBlock(key) == before, "seed \(seed)")
      before += bitmap.cardinality(ofKey: key)
      builder.append(key: key, words: bitmap.words(ofKey: key))
      lows.append(key: key, lowValues: bitmap.lowValues(ofKey: key))
      let own = UInt32(key) << 16
      #expect(
        bitmap.restricted(toKey: key) == bitmap.intersection(RoaringBitmap(own...(own | 0xffff))),
        "seed \(seed)")
    }
    #expect(builder.finish() == bitmap && lows.finish() == bitmap, "seed \(seed)")
    #expect(builder.finish().isEmpty)
    #expect(before == bitmap.count, "seed \(seed)")

    let other = random.bitmap()
    for key in Set(bitmap.keys).union(other.keys) {
      var words = bitmap.words(ofKey: key)
      other.orWords(ofKey: key, into: &words)
      #expect(words == bitmap.union(other).words(ofKey: key), "seed \(seed)")
      words = bitmap.words(ofKey: key)
      other.andWords(ofKey: key, into: &words)
      #expect(words == bitmap.intersection(other).words(ofKey: key), "seed \(seed)")
      words = bitmap.words(ofKey: key)
      other.andNotWords(ofKey: key, into: &words)
      #expect(words == bitmap.subtracting(other).words(ofKey: key), "seed \(seed)")
    }
  }

  @Test func descriptions() {
    #expect(RoaringBitmap([3, 1, 2]).description == "{1, 2, 3}")
    #expect(RoaringBitmap(0..<20).description.hasSuffix("… 20 members}"))
    let literal: RoaringBitmap = [9, 1, 9]
    #expect(literal.toArray() == [1, 9])
    let s = RoaringBitmap(0..<70_000).statistics
    #expect(s.runBlockCount == 2 && s.cardinality == 70_000 && s.runCount == 2)
  }
}
