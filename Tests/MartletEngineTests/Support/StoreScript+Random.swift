import MartletModel
import MartletTestSupport

extension StoreScript {
  /// Users and anonymous ids.
  static let ids: [Text] = (0..<18).map { Text("u\($0)") } + (0..<8).map { Text("a\($0)") }

  /// 2024-10-04, in milliseconds since the epoch.
  private static let start: Int64 = 20_000 * 86_400_000
  private static let hour: Int64 = 3_600_000

  /// What of each hundred steps is of which kind.
  private enum Kind {
    case append, appendWithLinks, commit, flush, compactOnce, compact, forget, admit, expire
    case save, reopen, read

    static let hundred: [Kind] = [
      (.append, 39), (.appendWithLinks, 6), (.commit, 20), (.flush, 8), (.compactOnce, 8),
      (.compact, 2), (.forget, 3), (.admit, 3), (.expire, 2), (.save, 2), (.reopen, 4), (.read, 3),
    ].flatMap { (kind, count) in [Kind](repeating: kind, count: count) }
  }

  /// A script of all kinds of steps in random order: of each hundred, as many of each kind.
  static func random(
    seed: UInt64, stepCount: Int, _ configuration: StoreConfiguration
  ) -> StoreScript {
    var maker = StepMaker(random: SplitMix64(seed: seed))
    var steps: [Step] = []
    var kinds: [Kind] = []
    while steps.count < stepCount {
      if kinds.isEmpty { kinds = Kind.hundred.shuffled(using: &maker.random) }
      if steps.count % 10 == 9 { maker.expiry += hour }
      steps.append(maker.step(kinds.removeLast()))
    }
    let instants = [0, 30, 100, 250, 10_000_000].map { start + $0 * hour }
    return StoreScript(steps: steps, configuration: configuration, instants: instants)
  }

  private struct StepMaker {
    var random: SplitMix64
    /// Events expire before it, when they do.
    var expiry = StoreScript.start
    var sent: [Event] = []
    var forgotten: [Text] = []

    mutating func step(_ kind: Kind) -> Step {
      switch kind {
      case .append: .append(rows())
      case .appendWithLinks: .append(rows(), [link(), link()])
      case .commit: .commit
      case .flush: .flush
      case .compactOnce: .compactOnce
      case .compact: .compact
      case .forget: .forget(idsToForget())
      case .admit: .admit((0...random.integer(0...3)).map { _ in idToAdmit() })
      case .expire: .expire(before: expiry)
      case .save: .save(Text("s\(random.integer(0...3))"), Text("did \(type())"))
      case .reopen: .reopen(closing: random.chance(0.5))
      case .read: .read
      }
    }

    private mutating func id() -> Text { random.pick(StoreScript.ids) }
    private mutating func idsToForget() -> [Text] {
      let ids = (0...random.integer(0...1)).map { _ in id() }
      forgotten += ids
      return ids
    }

    private mutating func idToAdmit() -> Text {
      forgotten.isEmpty || random.chance(0.3) ? id() : random.pick(forgotten)
    }

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
