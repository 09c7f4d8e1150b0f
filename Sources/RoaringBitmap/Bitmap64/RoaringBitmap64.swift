/// A compressed set of `UInt64` numbers: one ``RoaringBitmap`` for each high half in use.
///
/// It exists to exchange sets with other Roaring libraries. Dense 32-bit ordinals are several times
/// smaller and faster; map identifiers to ordinals where you can.
public struct RoaringBitmap64: Sendable, Hashable {
  /// Ascending by high half; no part is empty.
  private(set) var parts: [Part]

  struct Part: Sendable, Hashable {
    let high: UInt32
    var members: RoaringBitmap
  }

  /// The empty set.
  public init() { parts = [] }

  init(parts: [Part]) { self.parts = parts }

  /// The numbers of `values`, in any order, repeats allowed.
  ///
  /// - Complexity: O(*n* log *n*); O(*n*) if they ascend.
  public init<S: Sequence>(_ values: S) where S.Element == UInt64 {
    var sorted = [UInt64](values)
    if !zip(sorted, sorted.dropFirst()).allSatisfy({ $0 <= $1 }) { sorted.sort() }
    parts = []
    var start = 0
    while start < sorted.count {
      let high = UInt32(sorted[start] >> 32)
      var end = start
      while end < sorted.count && UInt32(sorted[end] >> 32) == high { end += 1 }
      let lows = sorted[start..<end].map { UInt32(truncatingIfNeeded: $0) }
      parts.append(Part(high: high, members: RoaringBitmap(lows)))
      start = end
    }
  }

  /// Number of members.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public var count: Int { parts.reduce(0) { $0 + $1.members.count } }

  /// Whether there are no members.
  public var isEmpty: Bool { parts.isEmpty }

  /// Whether `member` belongs to the set.
  ///
  /// - Complexity: O(log *n*).
  public func contains(_ member: UInt64) -> Bool {
    let index = place(of: UInt32(member >> 32))
    guard index < parts.count, parts[index].high == UInt32(member >> 32) else { return false }
    return parts[index].members.contains(UInt32(truncatingIfNeeded: member))
  }

  /// Adds `member`; whether it was new.
  ///
  /// - Complexity: as `insert(_:)`, plus O(*p*) for a new one of *p* parts.
  @discardableResult
  public mutating func insert(_ member: UInt64) -> Bool {
    let high = UInt32(member >> 32)
    let low = UInt32(truncatingIfNeeded: member)
    let index = place(of: high)
    if index == parts.count || parts[index].high != high {
      parts.insert(Part(high: high, members: [low]), at: index)
      return true
    }
    return parts[index].members.insert(low).inserted
  }

  /// Removes `member`; whether it was there.
  ///
  /// - Complexity: as `insert(_:)`.
  @discardableResult
  public mutating func remove(_ member: UInt64) -> Bool {
    let high = UInt32(member >> 32)
    let index = place(of: high)
    guard index < parts.count, parts[index].high == high,
      parts[index].members.remove(UInt32(truncatingIfNeeded: member)) != nil
    else { return false }
    if parts[index].members.isEmpty { parts.remove(at: index) }
    return true
  }

  /// All members, ascending.
  ///
  /// - Complexity: O(*n*).
  public func toArray() -> [UInt64] {
    parts.flatMap { part in part.members.map { UInt64(part.high) << 32 | UInt64($0) } }
  }

  /// Stores each block in its smallest form.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public mutating func runOptimize() {
    for i in parts.indices { parts[i].members.runOptimize() }
  }

  private func place(of high: UInt32) -> Int {
    var low = 0
    var count = parts.count
    while count > 0 {
      let half = count / 2
      if parts[low + half].high < high {
        low += half + 1
        count -= half + 1
      } else {
        count = half
      }
    }
    return low
  }
}
