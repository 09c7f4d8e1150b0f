import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

/// Many insert ids are found at once, however their pages are stored.
@Suite struct StoredInsertIDTests {
  private struct Known: Hashable {
    var (user, sender, id): (UInt32, UInt32, Text)
  }

  /// How ids look, and the encodings of the pages that they make.
  enum Shape: CaseIterable {
    /// Of several lengths.
    case varied
    /// Digits behind a prefix: packed.
    case digits
    /// Digits of either case, then others.
    case mixed

    func id(_ number: Int, ofUser user: UInt32) -> Text {
      let digits = String(UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15 | 1 << 63, radix: 16)
      return switch self {
      case .varied: Text("id-\(number)")
      case .digits: Text("event-\(digits)")
      case .mixed where user < 340 * 977: Text("event-\(digits)")
      case .mixed where user < 370 * 977: Text("event-\(digits.uppercased())")
      case .mixed: Text("id-\(number)")
      }
    }

    /// The ids are drawn from so many.
    var idCount: Int { self == .varied ? 4_000 : 400_000 }

    func isStored(as schemes: [UInt8]) -> Bool {
      switch self {
      case .varied: schemes.allSatisfy { $0 == 0 }
      case .digits: schemes.allSatisfy { $0 == 2 }
      case .mixed: schemes.first == 2 && schemes.last == 0
      }
    }
  }

  /// Over several pages and keys, with and without a bitmap, rows that moved among them.
  @Test(arguments: Shape.allCases, [(1, 400), (3, 400), (1, 4), (2, 4)])
  func manyAreFoundAtOnce(_ shape: Shape, _ density: (step: Int, userCount: UInt32)) throws {
    let (step, userCount) = density
    let seed = UInt64(70 + step)
    var random = SplitMix64(seed: seed)
    let users = (0..<userCount).map { $0 * 399 / (userCount - 1) * 977 }
    var (sample, known): (SegmentSample, [Known]) = (SegmentSample(), [])
    for index in 0..<30_000 {
      let user = random.pick(users)
      var event = Known(
        user: user, sender: random.pick(users),
        id: shape.id(random.integer(0...shape.idCount), ofUser: user))
      // One id of several who sent it, in rows of one user.
      if random.chance(0.05), let last = known.last {
        (event.user, event.id) = (last.user, last.id)
      }
      if random.chance(0.1) { sample.senders[index] = event.sender }
      let hasID = index % step == 0
      sample.append(event.user, "A", at: Int64(index), insertID: hasID ? event.id : nil)
      guard hasID else { continue }
      known.append(
        Known(user: event.user, sender: sample.senders[index] ?? event.user, id: event.id))
    }
    let isKnown = Set(known)
    var asked = (0..<3_000).map { _ in
      var event = random.pick(known)
      if random.chance(0.3) { event.user = random.pick(users) }
      if random.chance(0.3) { event.sender = event.user }
      if random.chance(0.1) {
        event.id = shape.id(random.integer(0...2 * shape.idCount), ofUser: event.user)
      }
      return event
    }
    asked.sort { $0.user < $1.user }
    var (bytes, wanted): ([UInt8], [Run.Wanted]) = ([], [])
    for event in asked {
      let start = bytes.count
      bytes += event.id.utf8
      wanted.append(
        Run.Wanted(user: event.user, sender: event.sender, insertID: start..<bytes.count))
    }
    let file = try sample.opened()
    let run = try #require(try file.run(of: "A"))
    let schemes = run.directory.insertIDs.pages.map { file.bytes.array()[Int($0.offset)] }
    #expect(schemes.count > 1 && shape.isStored(as: schemes), "\(schemes)")
    let expected = asked.indices.filter { isKnown.contains(asked[$0]) }
    #expect(try run.held(wanted, in: bytes) == expected, "seed \(seed)")
    #expect(expected.count > 500 && expected.count < 2_900, "seed \(seed)")
  }

  /// The first row with an id need not be the one that was sent under the ordinal asked for, nor
  /// may one row answer for two of them.
  @Test(arguments: [1, 40])
  func eventsThatDifferInTheirSender(_ repeats: Int) throws {
    var sample = SegmentSample()
    for number in 0..<100 {
      sample.senders[number] = UInt32(number % 5)
      sample.append(7, "A", at: Int64(number), insertID: Text("id-\(number / 10)"))
    }
    let run = try #require(try sample.opened().run(of: "A"))
    let bytes = Array("id-3id-4id-99".utf8)
    let senders = [0, 4, 5, 7] as [UInt32]
    var wanted: [Run.Wanted] = []
    for _ in 0..<repeats {
      for sender in senders {
        wanted.append(Run.Wanted(user: 7, sender: sender, insertID: 0..<4))
        wanted.append(Run.Wanted(user: 7, sender: sender, insertID: 4..<8))
        wanted.append(Run.Wanted(user: 7, sender: sender, insertID: 8..<13))
      }
    }
    let held = wanted.indices.filter { wanted[$0].sender < 5 && wanted[$0].insertID.count == 4 }
    #expect(try run.held(wanted, in: bytes) == held)
  }

  /// A page whose bytes changed is refused before an id of it is compared.
  @Test func aDamagedPageIsFound() throws {
    var sample = SegmentSample()
    for number in 0..<200 {
      sample.append(7, "A", at: Int64(number), insertID: Shape.digits.id(number, ofUser: 7))
    }
    let bytes = try sample.encoded()
    let run = try #require(try SegmentFile(FileBytes(bytes, name: "f")).run(of: "A"))
    let page = run.directory.insertIDs.pages[0]
    for place in Int(page.offset)..<Int(page.offset) + Int(page.byteCount) {
      var damaged = bytes
      damaged[place] ^= 2
      let run = try #require(try SegmentFile(FileBytes(damaged, name: "f")).run(of: "A"))
      let error = #expect(throws: MartletError.self) {
        try run.holds(Shape.digits.id(3, ofUser: 7), ofUser: 7)
      }
      #expect(error?.code == .corrupt && error?.file == "f")
      #expect(error?.reason == "run A, insert ids, page 0 fails its checksum")
    }
    #expect(try run.holds(Shape.digits.id(3, ofUser: 7), ofUser: 7))
  }
}
