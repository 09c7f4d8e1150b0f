import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

/// Rows that share user and time across runs keep their order of arrival by rank.
@Suite struct TieTests {
  private struct Moment: Hashable {
    var user: UInt32
    var time: Int64
  }

  private struct Place {
    var arrival: Int64
    var type: Text
    var rank: Int64?
  }

  @Test(arguments: [41, 42, 43, 44] as [UInt64])
  func ranksAreOrdersOfArrival(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var sample = SegmentSample()
    let users: [UInt32] = [0, 1, 70_000, .max - 1]
    for arrival in 0..<600 {
      sample.append(
        random.pick(users), random.pick(["A", "B", "C", "D"]),
        at: Int64(random.integer(0...60)), ["n": .number(Number(Int64(arrival)))])
    }
    let moments = try read(try sample.opened())
    var tied = 0
    for (moment, places) in moments {
      let isTied = Set(places.map(\.type)).count > 1
      let ranked = places.filter { $0.rank != nil }
      #expect(ranked.count == (isTied ? places.count : 0), "\(moment)")
      guard isTied else { continue }
      tied += 1
      let byRank = places.sorted { ($0.rank ?? -1) < ($1.rank ?? -1) }
      #expect(byRank.map(\.arrival) == places.map(\.arrival).sorted(), "\(moment)")
    }
    #expect(tied > 50)
  }

  private func read(_ file: SegmentFile) throws -> [Moment: [Place]] {
    var moments: [Moment: [Place]] = [:]
    for (index, rows) in try file.storedRows().enumerated() {
      let ties = try file.run(at: index).ties()
      #expect(ties.rows == ties.rows.sorted())
      let ranks = Dictionary(uniqueKeysWithValues: zip(ties.rows, ties.ranks))
      for (row, stored) in rows.enumerated() {
        guard case .number(let arrival) = stored.properties["n"], let type = stored.eventType
        else { continue }
        moments[Moment(user: stored.user, time: stored.time), default: []].append(
          Place(arrival: arrival.integer ?? -1, type: type, rank: ranks[Int64(row)]))
      }
    }
    return moments
  }

  @Test func traitUpdatesTakeNoPart() throws {
    var sample = SegmentSample()
    let time = Timestamp(milliseconds: 5)
    sample.rows.append((1, .traits(TraitUpdate(user: "u", at: time, ["a": 1]))))
    sample.append(1, "A", at: 5)
    let file = try sample.opened()
    #expect(try file.run(at: 0).ties().rows.isEmpty)
    #expect(try file.run(at: 1).ties().rows.isEmpty)
  }
}
