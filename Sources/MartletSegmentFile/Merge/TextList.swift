/// Texts one after the other in one array of bytes.
struct TextList {
  private(set) var arena: [UInt8] = []
  /// Where each text ends in `arena`.
  private(set) var ends: [Int] = []

  var count: Int { ends.count }

  func range(of index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  subscript(index: Int) -> ArraySlice<UInt8> { arena[range(of: index)] }

  mutating func removeAll() {
    arena.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  mutating func append(_ text: ArraySlice<UInt8>) {
    arena.append(contentsOf: text)
    ends.append(arena.count)
  }

  /// Appends texts `range` of others, of which text `i` ends at `otherEnds[i]`.
  mutating func append(_ other: [UInt8], _ otherEnds: [Int], _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let start = range.lowerBound == 0 ? 0 : otherEnds[range.lowerBound - 1]
    let base = arena.count - start
    arena.append(contentsOf: other[start..<otherEnds[range.upperBound - 1]])
    for index in range { ends.append(base + otherEnds[index]) }
  }

  mutating func append(contentsOf other: TextList) {
    append(other.arena, other.ends, 0..<other.count)
  }
}
