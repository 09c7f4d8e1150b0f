/// A number for each member of a set, stored by binary digit: slice *i* is the set of members whose
/// number has bit *i*. Comparisons, sums, extremes and quantiles are then a few set operations,
/// whatever the number of members.
///
/// ```swift
/// let purchases = BitSlicedIndex([(7, 3), (9, 12), (40, 1)])
/// let often = purchases.members(.greaterOrEqual, 3)          // {7, 9}
/// let total = purchases.sum(among: often)                    // 15
/// ```
///
/// Numbers are `Int64`; a decimal is stored as an integer times 10 to the power of minus ``scale``:
/// 12.50 with a scale of 2 is 1250. All numbers of one index have the same scale, and the numbers
/// that its methods take and return are in that unit.
///
/// Sources: P. O'Neil, D. Quass, "Improved query performance with variant indexes", 1997; the
/// comparison that goes from the lowest slice up is that of R. Startin's RangeBitmap, 2021.
public struct BitSlicedIndex: Sendable, Hashable {
  /// How many decimal places a number has: its value is the integer divided by 10 to this power.
  public let scale: Int
  /// The members that have a number.
  public internal(set) var members: RoaringBitmap
  /// What is added to the digits of the slices: 0, or the smallest number if that is negative.
  var base: Int64
  /// Slice *i*: members whose number less `base` has bit *i*. The last one is not empty.
  var slices: [RoaringBitmap]

  /// An index without members.
  ///
  /// - Precondition: `scale` is in 0...18.
  public init(scale: Int = 0) {
    precondition(Self.scales.contains(scale), "a scale is a number of decimal places, 0...18")
    self.scale = scale
    members = RoaringBitmap()
    base = 0
    slices = []
  }

  /// The scales there are: 10 to the power of 18 is the last one that an `Int64` holds.
  static let scales = 0...18

  /// Each member with its number; of a member listed twice, the last number counts.
  ///
  /// - Complexity: O(*n* log *n*).
  public init<S: Sequence>(_ numbers: S, scale: Int = 0) where S.Element == (UInt32, Int64) {
    var latest: [UInt32: Int64] = [:]
    for (member, number) in numbers { latest[member] = number }
    let sorted = latest.sorted { $0.key < $1.key }
    self.init(
      members: RoaringBitmap(sorted: sorted.map(\.key)), numbers: sorted.map(\.value),
      scale: scale)
  }

  /// The members with their numbers, both in ascending order of members.
  ///
  /// - Precondition: there are as many numbers as members; `scale` is in 0...18.
  /// - Complexity: O(*n* *k*), *k* the bits of the largest number.
  public init(members: RoaringBitmap, numbers: [Int64], scale: Int = 0) {
    precondition(members.count == numbers.count, "one number for each member")
    self.init(scale: scale)
    self.members = members
    base = Swift.min(numbers.min() ?? 0, 0)
    slices = Self.slices(of: members, numbers, base: base)
  }

  /// Number of members.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public var count: Int { members.count }

  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// How many slices there are: the bits of the largest number.
  public var sliceCount: Int { slices.count }

  /// The number of `member`; nil if it has none.
  ///
  /// - Complexity: O(*k* log *n*), *k* slices.
  public func value(of member: UInt32) -> Int64? {
    if !members.contains(member) { return nil }
    var digits: UInt64 = 0
    for (bit, slice) in slices.enumerated() where slice.contains(member) {
      digits |= 1 << UInt64(bit)
    }
    return number(digits)
  }

  /// The number that has these digits. It fits, for it was one, or `adding` checked it.
  func number(_ digits: UInt64) -> Int64 { base &+ Int64(bitPattern: digits) }

  /// The digits of `number`; nil if it is below the base.
  func digits(_ number: Int64) -> UInt64? {
    number < base ? nil : UInt64(bitPattern: number &- base)
  }

  private static func slices(
    of members: RoaringBitmap, _ numbers: [Int64], base: Int64
  ) -> [RoaringBitmap] {
    var all: UInt64 = 0
    for number in numbers { all |= UInt64(bitPattern: number &- base) }
    let sliceCount = 64 - all.leadingZeroBitCount
    var builders = [RoaringBitmapBuilder](repeating: RoaringBitmapBuilder(), count: sliceCount)
    var words = [UInt64](repeating: 0, count: sliceCount * Format.bitsetWordCount)
    var position = 0
    for key in members.keys {
      for low in members.lowValues(ofKey: key) {
        var digits = UInt64(bitPattern: numbers[position] &- base)
        position += 1
        let place = Int(low >> 6)
        while digits != 0 {
          let slice = digits.trailingZeroBitCount
          words[slice &* Format.bitsetWordCount &+ place] |= 1 << UInt64(low & 63)
          digits &= digits &- 1
        }
      }
      for slice in 0..<sliceCount {
        let range = (slice * Format.bitsetWordCount)..<((slice + 1) * Format.bitsetWordCount)
        builders[slice].append(key: key, words: words.span.extracting(range))
        for i in range { words[i] = 0 }
      }
    }
    return builders.indices.map { builders[$0].finish().runOptimized() }
  }
}
