import RoaringBitmap

/// A segment under three-valued logic: who is in it, and who may yet be.
struct Truth: Sendable {
  /// The users for whom the question is true.
  var matched: RoaringBitmap
  /// The users for whom it is true or still undecided; nil where nobody is undecided.
  private(set) var undecidedOrMatched: RoaringBitmap?

  init(_ matched: RoaringBitmap) { self.matched = matched }

  /// - Precondition: `possible` holds all of `matched`.
  init(matched: RoaringBitmap, possible: RoaringBitmap) {
    self.matched = matched
    undecidedOrMatched = possible == matched ? nil : possible
  }

  static let nobody = Truth(RoaringBitmap())

  /// The users for whom the question is not false.
  var possible: RoaringBitmap { undecidedOrMatched ?? matched }

  /// The users for whom the question is undecided.
  var pending: RoaringBitmap {
    guard let undecidedOrMatched else { return RoaringBitmap() }
    return undecidedOrMatched.subtracting(matched)
  }

  /// Kleene's `not` within a universe.
  func negated(in universe: RoaringBitmap) -> Truth {
    guard let undecidedOrMatched else { return Truth(universe.subtracting(matched)) }
    return Truth(
      matched: universe.subtracting(undecidedOrMatched), possible: universe.subtracting(matched))
  }

  /// Kleene's `and`.
  func intersection(_ other: Truth) -> Truth {
    let both = matched.intersection(other.matched)
    if undecidedOrMatched == nil, other.undecidedOrMatched == nil { return Truth(both) }
    return Truth(matched: both, possible: possible.intersection(other.possible))
  }

  /// The same for some users, and false for all others.
  func restricted(to users: RoaringBitmap) -> Truth {
    Truth(
      matched: matched.intersection(users), possible: possible.intersection(users))
  }

  /// Kleene's `or`.
  static func union(of truths: [Truth]) -> Truth {
    let matched = RoaringBitmap.union(of: truths.map(\.matched))
    if truths.allSatisfy({ $0.undecidedOrMatched == nil }) { return Truth(matched) }
    return Truth(matched: matched, possible: RoaringBitmap.union(of: truths.map(\.possible)))
  }
}
