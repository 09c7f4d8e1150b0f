import CMartletKernels
import Testing

/// Each instruction set's kernels against the portable ones: all pairs of forms, at all edges of
/// size. Serialized: the level in use belongs to the process.
@Suite(.serialized)
struct KernelTests {
  /// A block's payload with its description.
  struct Payload {
    let kind: Int
    let cardinality: Int
    let runs: Int
    let lows: [UInt16]

    /// The members in this form; nil if the form cannot hold them.
    init?(_ members: [UInt16], kind: Int) {
      if members.isEmpty || (kind == MK_ARRAY && members.count > 4_096) { return nil }
      self.kind = kind
      cardinality = members.count
      switch kind {
      case MK_ARRAY:
        lows = members
        runs = 0
      case MK_BITSET:
        var words = [UInt16](repeating: 0, count: 4_096)
        for member in members { words[Int(member >> 4)] |= 1 << (member & 15) }
        lows = words
        runs = 0
      default:
        var pairs: [UInt16] = []
        var previous = -2
        for member in members {
          if Int(member) == previous + 1 {
            pairs[pairs.count - 1] += 1
          } else {
            pairs.append(member)
            pairs.append(0)
          }
          previous = Int(member)
        }
        lows = pairs
        runs = pairs.count / 2
      }
    }

    func withBlock<R>(_ body: (mk_block) -> R) -> R {
      unsafe lows.withUnsafeBytes { bytes in
        unsafe body(
          mk_block(
            data: bytes.baseAddress, cardinality: UInt32(cardinality), runs: UInt16(runs),
            kind: UInt16(kind)))
      }
    }
  }

  enum Operation: CaseIterable {
    case and
    case or
    case xor
    case andnot

    func run(_ out: UnsafeMutableRawPointer?, _ x: mk_block, _ y: mk_block) -> mk_result {
      switch self {
      case .and: unsafe mk_block_and(out, x, y)
      case .or: unsafe mk_block_or(out, x, y)
      case .xor: unsafe mk_block_xor(out, x, y)
      case .andnot: unsafe mk_block_andnot(out, x, y)
      }
    }
  }

  /// What an operation makes of two blocks, as members, and the room that it used.
  private func result(
    _ a: Payload, _ b: Payload, _ operation: Operation
  ) -> (members: [UInt16], cardinality: Int) {
    var out = [UInt64](repeating: 0, count: 1_024 + 8)
    let result = unsafe a.withBlock { x in
      unsafe b.withBlock { y in
        unsafe out.withUnsafeMutableBytes { bytes in
          unsafe operation.run(bytes.baseAddress, x, y)
        }
      }
    }
    if result.cardinality == 0 { return ([], 0) }
    var members = [UInt16](repeating: 0, count: 65_536)
    let count = unsafe out.withUnsafeBytes { bytes in
      unsafe mk_block_values16(
        &members, 65_536,
        mk_block(
          data: bytes.baseAddress, cardinality: result.cardinality, runs: result.runs,
          kind: result.kind))
    }
    return (Array(members[..<Int(count)]), Int(result.cardinality))
  }

  /// The four results, by merging two sorted lists.
  private func expected(_ x: [UInt16], _ y: [UInt16]) -> [[UInt16]] {
    var results: [[UInt16]] = [[], [], [], []]
    var i = 0
    var j = 0
    while i < x.count || j < y.count {
      let both = i < x.count && j < y.count && x[i] == y[j]
      if both || j == y.count || (i < x.count && x[i] < y[j]) {
        results[1].append(x[i])
        if both { results[0].append(x[i]) } else { results[2].append(x[i]) }
        if !both { results[3].append(x[i]) }
        i += 1
        if both { j += 1 }
      } else {
        results[1].append(y[j])
        results[2].append(y[j])
        j += 1
      }
    }
    return results
  }

  private func check(_ x: [UInt16], _ y: [UInt16], _ label: String) {
    let expected = expected(x, y)
    for kindA in [MK_ARRAY, MK_BITSET, MK_RUN] {
      for kindB in [MK_ARRAY, MK_BITSET, MK_RUN] {
        guard let a = Payload(x, kind: kindA), let b = Payload(y, kind: kindB) else { continue }
        for level in [MK_CPU_PORTABLE, mk_cpu_best()] {
          #expect(mk_bitmap_use_level(level))
          let place = "\(label), forms \(kindA) and \(kindB), level \(level.rawValue)"
          for (index, operation) in Operation.allCases.enumerated() {
            let found = result(a, b, operation)
            #expect(found.members == expected[index], "\(operation): \(place)")
            #expect(found.cardinality == expected[index].count, "\(operation): \(place)")
          }
          let common = unsafe a.withBlock { p in
            unsafe b.withBlock { q in unsafe mk_block_and_count(p, q) }
          }
          #expect(Int(common) == expected[0].count, "and-count: \(place)")
          let meets = unsafe a.withBlock { p in
            unsafe b.withBlock { q in unsafe mk_block_intersects(p, q) }
          }
          #expect(meets == !expected[0].isEmpty, "intersects: \(place)")
        }
      }
    }
    #expect(mk_bitmap_use_level(mk_cpu_active()))
  }

  private func members(_ flags: [Bool]) -> [UInt16] {
    flags.indices.filter { flags[$0] }.map { UInt16($0) }
  }

  @Test(arguments: 0..<24)
  func randomPairs(seed: Int) {
    var random = Generator(seed: UInt64(seed))
    let x = members(random.block())
    let y = members(random.block())
    check(x, y, "seed \(seed)")
  }

  /// Arrays whose lengths stand around the vector width and around the limits of the forms.
  @Test(
    arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 24, 31, 33, 255, 256, 257, 4_095, 4_096],
    [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 300, 4_096])
  func sizeEdges(first: Int, second: Int) {
    var random = Generator(seed: UInt64(first * 10_000 + second))
    func some(_ count: Int) -> [UInt16] {
      // Either spread over the whole block or crowded together.
      let span = random.below(2) == 0 ? 65_536 : 2 * count + 3
      let start = span == 65_536 ? 0 : random.below(65_536 - span)
      var members = Set<UInt16>()
      while members.count < count { members.insert(UInt16(start + random.below(span))) }
      return members.sorted()
    }
    let x = some(first)
    let y = some(second)
    check(x, y, "\(first) and \(second) members")
  }

  @Test func emptyAndFullEdges() {
    let full = (0...65_535).map { UInt16($0) }
    let ends: [UInt16] = [0, 65_535]
    let allButOne = full.filter { $0 != 40_000 }
    for (name, x) in [("full", full), ("ends", ends), ("all but one", allButOne)] {
      for (other, y) in [("full", full), ("ends", ends), ("all but one", allButOne)] {
        check(x, y, "\(name) and \(other)")
      }
    }
  }

  @Test(arguments: 0..<12)
  func membersOfABitset(seed: Int) throws {
    var random = Generator(seed: UInt64(seed + 500))
    let flags = random.block()
    let expected = flags.indices.filter { flags[$0] }.map { UInt32($0) + 131_072 }
    for kind in [MK_ARRAY, MK_BITSET, MK_RUN] {
      guard let payload = Payload(members(flags), kind: kind) else { continue }
      for level in [MK_CPU_PORTABLE, mk_cpu_best()] {
        #expect(mk_bitmap_use_level(level))
        for room in [expected.count, expected.count / 2, 1] {
          for skip in [0, 1, expected.count / 3] {
            var out = [UInt32](repeating: 7, count: room + 1)
            let count = unsafe payload.withBlock { block in
              unsafe mk_block_values32(&out, UInt32(room), block, 131_072, UInt32(skip))
            }
            #expect(out[room] == 7, "seed \(seed): written past the room")
            #expect(
              Array(out[..<Int(count)]) == Array(expected.dropFirst(skip).prefix(room)),
              "seed \(seed), form \(kind), room \(room), skip \(skip)")
          }
        }
      }
    }
    #expect(mk_bitmap_use_level(mk_cpu_active()))
  }
}
