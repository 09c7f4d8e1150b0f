import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

/// Rows of one time keep their order of arrival: by user and row where that tells it, else by rank.
@Suite struct TieTests {
  private struct Place {
    var arrival: Int64
    var type: Text?
    var user: UInt32
    var rank: UInt32?
    var row: Int

    /// What a reader goes by.
    var order: (UInt32, UInt32, Int) { (rank ?? 0, user, row) }
  }

  @Test(arguments: [41, 42, 43, 44] as [UInt64])
  func ranksAreOrdersOfArrival(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var sample = SegmentSample()
    let users: [UInt32] = [0, 1, 70_000, .max - 1]
    for arrival in 0..<600 {
      sample.append(
        random.pick(users), random.pick(["A", "B", "C", "D"]),
        at: Int64(random.integer(0...300)), ["n": .number(Number(Int64(arrival)))])
    }
    var (tied, free) = (0, 0)
    for (time, places) in try read(try sample.opened()) where places.count > 1 {
      let arrived = places.sorted { $0.arrival < $1.arrival }
      let byOrder = places.sorted { $0.order < $1.order }
      #expect(byOrder.map(\.arrival) == arrived.map(\.arrival), "time \(time), seed \(seed)")
      let isInOrder = zip(arrived, arrived.dropFirst()).allSatisfy {
        $0.user < $1.user || $0.user == $1.user && $0.type == $1.type
      }
      let ranks = arrived.compactMap(\.rank)
      #expect(ranks == (isInOrder ? [] : (0..<UInt32(places.count)).map { $0 }), "time \(time)")
      if isInOrder { free += 1 } else { tied += 1 }
    }
    #expect(tied > 20 && free > 10, "seed \(seed)")
  }

  private func read(_ file: SegmentFile) throws -> [Int64: [Place]] {
    var moments: [Int64: [Place]] = [:]
    for (index, rows) in try file.storedRows().enumerated() {
      let ties = try file.run(at: index).ties()
      for (row, stored) in rows.enumerated() {
        guard case .number(let arrival) = stored.properties["n"] else { continue }
        moments[stored.time, default: []].append(
          Place(
            arrival: arrival.integer ?? -1, type: stored.eventType, user: stored.user,
            rank: ties.rank(ofRow: row), row: row))
      }
    }
    return moments
  }

  @Test func traitUpdatesAreRankedApart() throws {
    var sample = SegmentSample()
    let time = Timestamp(milliseconds: 5)
    sample.rows.append((1, .traits(TraitUpdate(user: "u", at: time, ["a": 1]))))
    sample.append(1, "A", at: 5)
    var file = try sample.opened()
    #expect(try file.run(at: 0).ties().isEmpty)
    #expect(try file.run(at: 1).ties().isEmpty)
    // The second to arrive is of a user with a lesser ordinal.
    sample.rows.append((0, .traits(TraitUpdate(user: "t", at: time, ["a": 2]))))
    file = try sample.opened()
    #expect(try file.run(at: 0).ties().isEmpty)
    #expect(try file.run(at: 1).ties().rows == [0, 1])
    #expect(try file.run(at: 1).ties().ranks == [1, 0])
  }
}
