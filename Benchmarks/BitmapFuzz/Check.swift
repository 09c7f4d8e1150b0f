import RoaringBitmap

struct Tally {
  var accepted = 0
  var accepted64 = 0
  var trusted = 0
}

struct Disagreement: Error {
  let what: String
}

/// What must hold for every input.
enum Check {
  static func all(_ bytes: RawSpan, _ partner: RoaringBitmap, _ tally: inout Tally) throws {
    if let bitmap = try? RoaringBitmap(serialized: bytes) {
      tally.accepted += 1
      guard let view = try? RoaringBitmapView(bytes) else { throw Disagreement(what: "view") }
      try behaves(bitmap, partner)
      try agrees(view, bitmap, partner)
    } else if (try? RoaringBitmapView(bytes)) != nil {
      throw Disagreement(what: "the view opens what the bitmap refuses")
    } else if let view = try? RoaringBitmapView(trustingPayload: bytes) {
      tally.trusted += 1
      harmless(view, partner)
    }
    if let wide = try? RoaringBitmap64(serialized: bytes) {
      tally.accepted64 += 1
      let again = try RoaringBitmap64(serialized: wide.serialized())
      try expect(again == wide, "64-bit round trip")
    }
  }

  private static func expect(_ condition: Bool, _ what: String) throws {
    if !condition { throw Disagreement(what: what) }
  }

  private static func behaves(_ bitmap: RoaringBitmap, _ partner: RoaringBitmap) throws {
    let count = bitmap.count
    try expect(try RoaringBitmap(serialized: bitmap.serialized()) == bitmap, "round trip")
    try expect(bitmap.runOptimized() == bitmap, "run optimisation")
    let both = bitmap.intersection(partner)
    try expect(both.count == bitmap.intersectionCount(with: partner), "intersection")
    try expect(both.isSubset(of: bitmap) && both.isSubset(of: partner), "subset")
    try expect(bitmap.union(partner).count == count + partner.count - both.count, "union")
    try expect(bitmap.subtracting(partner).count == count - both.count, "subtraction")
    try expect(
      bitmap.symmetricDifference(partner).count == count + partner.count - 2 * both.count, "xor")
    if let first = bitmap.min, let last = bitmap.max {
      try expect(bitmap.contains(first) && bitmap.contains(last), "ends")
      try expect(bitmap.select(count - 1) == last && bitmap.rank(last) == count, "select")
      var edited = bitmap
      edited.remove(first)
      edited.insert(first)
      try expect(edited == bitmap, "edit")
    }
    if count < 100_000 {
      let members = bitmap.toArray()
      try expect(members.count == count, "members")
      try expect(zip(members, members.dropFirst()).allSatisfy { $0 < $1 }, "order")
      try expect(RoaringBitmap(sorted: members) == bitmap, "rebuilt")
    }
  }

  private static func agrees(
    _ view: borrowing RoaringBitmapView, _ bitmap: RoaringBitmap, _ partner: RoaringBitmap
  ) throws {
    try expect(view.count == bitmap.count && view.hasSameMembers(as: bitmap), "view: members")
    try expect(view.min == bitmap.min && view.max == bitmap.max, "view: ends")
    try expect(view.intersection(partner) == bitmap.intersection(partner), "view: and")
    try expect(view.union(partner) == bitmap.union(partner), "view: or")
    try expect(partner.subtracting(view) == partner.subtracting(bitmap), "view: andnot")
    try expect(view.symmetricDifference(view).isEmpty, "view: xor")
  }

  /// Payloads that nobody checked: no answer is right, but none may do harm.
  private static func harmless(_ view: borrowing RoaringBitmapView, _ partner: RoaringBitmap) {
    if view.count < 100_000 { _ = view.toArray() }
    _ = view.min
    _ = view.max
    _ = view.rank(100_000)
    _ = view.select(view.count / 2)
    _ = view.contains(65_600)
    _ = view.intersection(partner)
    _ = view.union(partner).runOptimized()
    _ = view.symmetricDifference(partner)
    _ = view.subtracting(partner)
    _ = partner.subtracting(view)
    _ = view.intersects(partner)
    _ = view.isSubset(of: partner)
    var copy = view.copied()
    copy.insert(65_600)
    copy.remove(65_601)
    _ = RoaringBitmap.union(of: [copy, partner, copy]).hashValue
  }
}
