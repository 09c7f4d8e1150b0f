import MartletModel
import MartletTestSupport

extension StoreScript {
  /// Users and anonymous ids.
  static let ids: [Text] = (0..<18).map { Text("u\($0)") } + (0..<8).map { Text("a\($0)") }

  /// 2024-10-04, in milliseconds since the epoch.
  private static let start: Int64 = 20_000 * 86_400_000
  private static let hour: Int64 = 3_600_000

  /// A script of all kinds of steps in random order.
  static func random(
    seed: UInt64, stepCount: Int, _ configuration: StoreConfiguration
  ) -> StoreScript {
    var maker = StepMaker(random: SplitMix64(seed: seed))
    var steps: [Step] = []
    while steps.count < stepCount {
      if steps.count % 10 == 9 { maker.expiry += hour }
      steps.append(maker.step())
    }
    let instants = [0, 30, 100, 250, 10_000_000].map { start + $0 * hour }
    return StoreScript(steps: steps, configuration: configuration, instants: instants)
  }

  private struct StepMaker {
    var random: SplitMix64
    /// Events expire before it, when they do.
    var expiry = StoreScript.start
    var sent: [Event] = []

    mutating func step() -> Step {
      switch random.integer(0...99) {
      case 0..<42: return .append(rows())
      case 42..<48: return .append(rows(), [link(), link()])
      case 48..<68: return .commit
      case 68..<76: return .flush
      case 76..<82: return .compactOnce
      case 82..<85: return .compact
      case 85..<88: return .forget((0...random.integer(0...1)).map { _ in id() })
      case 88..<91: return .admit((0...random.integer(0...3)).map { _ in id() })
      case 91..<93: return .expire(before: expiry)
      case 93..<95: return .save(Text("s\(random.integer(0...3))"), Text("did \(type())"))
      default: return .reopen(closing: random.chance(0.5))
      }
    }

    private mutating func id() -> Text { random.pick(StoreScript.ids) }
    private mutating func type() -> Text { random.pick(["A", "B", "A b"]) }

    private mutating func link() -> Link {
      let from = id()
      let others = StoreScript.ids.filter { $0 != from }
      return Link(kind: random.chance(0.8) ? .alias : .merge, from: from, to: random.pick(others))
    }

    private mutating func rows() -> [ArrivalRow] {
      let count = random.chance(0.08) ? random.integer(40...120) : random.integer(0...6)
      return (0..<count).map { _ in row() }
    }

    private mutating func row() -> ArrivalRow {
      if random.chance(0.12) {
        let traits: [Text: Value] = ["plan": random.chance(0.2) ? .null : .text(type())]
        return .traits(TraitUpdate(user: id(), at: time(), traits))
      }
      if !sent.isEmpty, random.chance(0.15) {
        var replay = random.pick(sent)
        if random.chance(0.3) { replay.timestamp = time() }
        return .event(replay)
      }
      var event = Event(user: id(), type: type(), at: time())
      if random.chance(0.7) {
        event.properties["n"] = .number(Number(Int64(random.integer(0...9))))
      }
      if random.chance(0.4) { event.properties["text"] = .text(Text("t\(random.integer(0...99))")) }
      if random.chance(0.2) { event.properties["list"] = .list([.text(type()), .boolean(true)]) }
      if random.chance(0.5) {
        event.insertID = Text("i\(random.integer(0...999))")
        sent.append(event)
      }
      return .event(event)
    }

    private mutating func time() -> Timestamp {
      if random.chance(0.03) {
        // Far from all others.
        return Timestamp(milliseconds: StoreScript.start + random.pick([-9000, 9000]) * 24 * hour)
      }
      return Timestamp(
        milliseconds: StoreScript.start + Int64(random.integer(0...300)) * hour)
    }
  }
}
