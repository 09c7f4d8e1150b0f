import RoaringBitmap
import Testing

/// A view answers as the bitmap does whose bytes it reads, at any alignment.
struct ViewTests {
  @Test(arguments: 0..<24)
  func answersAsTheBitmapDoes(seed: Int) throws {
    var random = Generator(seed: UInt64(seed))
    let a = random.bitmap()
    let b = random.bitmap()
    let shift = seed % 9
    let bytesA = [UInt8](repeating: 0xee, count: shift) + a.serialized()
    let bytesB = [UInt8](repeating: 0xee, count: seed % 2) + b.serialized()
    // Safe: bytes have no padding.
    let spanA = unsafe bytesA.span.bytes.extracting(shift..<bytesA.count)
    let spanB = unsafe bytesB.span.bytes.extracting((seed % 2)..<bytesB.count)
    let x = try RoaringBitmapView(spanA)
    let y = try RoaringBitmapView(trustingPayload: spanB)

    expect(x.count == a.count && x.isEmpty == a.isEmpty, "seed \(seed)")
    expect(x.min == a.min && x.max == a.max, "seed \(seed)")
    expect(x.hasSameMembers(as: a) && x.copied() == a, "seed \(seed)")
    expect(x.toArray() == a.toArray() && x.serialized() == a.serialized(), "seed \(seed)")
    expect(x.statistics == a.statistics && x.keys == a.keys, "seed \(seed)")
    expect(x.runOptimized().serialized() == a.runOptimized().serialized(), "seed \(seed)")

    // Set algebra, view with view, view with bitmap, bitmap with view.
    expect(x.union(y) == a.union(b) && x.union(b) == a.union(b), "seed \(seed)")
    expect(a.union(y) == a.union(b) && a.intersection(y) == a.intersection(b), "seed \(seed)")
    expect(x.intersection(y) == a.intersection(b), "seed \(seed)")
    expect(x.intersection(b) == a.intersection(b), "seed \(seed)")
    expect(x.subtracting(y) == a.subtracting(b), "seed \(seed)")
    expect(a.subtracting(y) == a.subtracting(b), "seed \(seed)")
    expect(x.symmetricDifference(y) == a.symmetricDifference(b), "seed \(seed)")
    expect(x.intersectionCount(with: y) == a.intersectionCount(with: b), "seed \(seed)")
    expect(x.unionCount(with: b) == a.unionCount(with: b), "seed \(seed)")
    expect(x.intersects(y) == a.intersects(b), "seed \(seed)")
    expect(x.isSubset(of: y) == a.isSubset(of: b), "seed \(seed)")
    expect(x.isSuperset(of: a.intersection(b)), "seed \(seed)")

    for _ in 0..<200 {
      let value = UInt32(truncatingIfNeeded: random.next() % 600_000)
      expect(x.contains(value) == a.contains(value), "seed \(seed), value \(value)")
      expect(x.rank(value) == a.rank(value), "seed \(seed), value \(value)")
      let index = random.below(a.count + 1)
      expect(x.select(index) == a.select(index), "seed \(seed), index \(index)")
    }
    for key: UInt16 in [0, 1, 2, 7, 65_535] {
      expect(x.words(ofKey: key) == a.words(ofKey: key), "seed \(seed), key \(key)")
      expect(x.lowValues(ofKey: key) == a.lowValues(ofKey: key), "seed \(seed), key \(key)")
    }
  }

  @Test func refusesWhatTheBitmapRefuses() throws {
    let bytes = SerializationTests.small.serialized()
    for bit in 0..<(bytes.count * 8) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      let bitmap = try? RoaringBitmap(serialized: damaged)
      // Safe: bytes have no padding.
      let span = unsafe damaged.span.bytes
      do {
        let view = try RoaringBitmapView(span)
        guard let bitmap else {
          Issue.record("bit \(bit): the view opens what the bitmap refuses")
          continue
        }
        expect(view.hasSameMembers(as: bitmap), "bit \(bit)")
      } catch {
        #expect(bitmap == nil, "bit \(bit)")
      }
    }
  }

  /// Payloads that were never checked: answers mean nothing, but each comes.
  @Test func unsoundPayloadsDoNoHarm() throws {
    let bytes = SerializationTests.small.serialized()
    var random = Generator(seed: 3)
    var opened = 0
    for _ in 0..<3_000 {
      var damaged = bytes
      for _ in 0...random.below(6) {
        damaged[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
      }
      // Safe: bytes have no padding.
      let span = unsafe damaged.span.bytes
      guard let view = try? RoaringBitmapView(trustingPayload: span) else { continue }
      opened += 1
      _ = view.toArray()
      _ = view.union(SerializationTests.small).serialized()
      _ = view.intersection(SerializationTests.small)
      _ = view.symmetricDifference(view)
      _ = SerializationTests.small.subtracting(view)
      _ = view.runOptimized()
      _ = view.select(view.count / 2)
      _ = view.rank(200_000)
      var copy = view.copied()
      for key: UInt32 in 0..<7 {
        copy.insert(key << 16 | 3)
        copy.remove(key << 16 | 5)
      }
      _ = RoaringBitmap.union(of: [copy, SerializationTests.small, copy])
    }
    #expect(opened > 100)
  }

  /// `#expect` cannot take a view apart: it must not escape.
  private func expect(
    _ condition: Bool, _ comment: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(condition, Comment(rawValue: comment), sourceLocation: sourceLocation)
  }
}
