import RoaringBitmap
import Testing

@testable import MartletQuery

/// Kleene's three-valued logic over sets of users.
@Suite struct TruthTests {
  private enum Value: Int, CaseIterable { case no, unknown, yes }

  /// User 3a + b has the value a on the left and b on the right.
  private static let universe: Set<UInt32> = Set(0..<9)

  private func truth(_ value: (UInt32) -> Value) -> Truth {
    let matched = Self.universe.filter { value($0) == .yes }
    let possible = Self.universe.filter { value($0) != .no }
    return Truth(
      matched: RoaringBitmap(sorted: matched.sorted()),
      possible: RoaringBitmap(sorted: possible.sorted()))
  }

  private func values(_ truth: Truth) -> [Value] {
    let (matched, pending) = (Set(truth.matched), Set(truth.pending))
    #expect(matched.isDisjoint(with: pending))
    #expect(Set(truth.possible) == matched.union(pending))
    return Self.universe.sorted().map {
      matched.contains($0) ? .yes : pending.contains($0) ? .unknown : .no
    }
  }

  private func left(_ user: UInt32) -> Value { Value.allCases[Int(user / 3)] }
  private func right(_ user: UInt32) -> Value { Value.allCases[Int(user % 3)] }

  @Test func andIsTheLeast() {
    let both = truth(left).intersection(truth(right))
    #expect(values(both) == [.no, .no, .no, .no, .unknown, .unknown, .no, .unknown, .yes])
  }

  @Test func orIsTheGreatest() {
    let some = Truth.union(of: [truth(left), truth(right)])
    #expect(
      values(some) == [.no, .unknown, .yes, .unknown, .unknown, .yes, .yes, .yes, .yes])
  }

  @Test func notTurnsYesAndNoAndKeepsUnknown() {
    let universe = RoaringBitmap(sorted: Self.universe.sorted())
    let expected: [Value] = [.yes, .yes, .yes, .unknown, .unknown, .unknown, .no, .no, .no]
    #expect(values(truth(left).negated(in: universe)) == expected)
    let twice = truth(right).negated(in: universe).negated(in: universe)
    #expect(values(twice) == values(truth(right)))
  }

  @Test func certainTruthsStayCertain() {
    let (a, b) = (RoaringBitmap(sorted: [1, 2, 3]), RoaringBitmap(sorted: [3, 4]))
    #expect(Array(Truth(a).intersection(Truth(b)).matched) == [3])
    #expect(Array(Truth.union(of: [Truth(a), Truth(b), .nobody]).matched) == [1, 2, 3, 4])
    #expect(Truth(a).intersection(Truth(b)).pending.isEmpty)
    #expect(Truth(matched: a, possible: a).pending.isEmpty)
    #expect(Truth.union(of: []).matched.isEmpty)
  }
}
