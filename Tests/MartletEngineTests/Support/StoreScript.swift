import MartletEngine
import MartletModel
import MartletTestSupport

/// Steps that a writer takes.
struct StoreScript: Sendable {
  /// Says that two ids are one user's.
  struct Link: Hashable, Sendable {
    var kind: IdentityLink.Kind
    var from: Text
    var to: Text
  }

  enum Step: Sendable {
    case append([ArrivalRow], [Link] = [])
    case commit, flush, compact, compactOnce
    case save(Text, Text)
    case forget([Text])
    case admit([Text])
    case expire(before: Int64)
    /// Readers take snapshots, and use them while the writer goes on.
    case read
    /// The writer goes, with or without its goodbye, and another comes.
    case reopen(closing: Bool)
  }

  static let path = "/data/store"
  static let instants: [Int64] = [1, 11, 51, 101, 201, 301]

  var steps: [Step]
  var configuration = StoreScript.quiet
  /// Where universes are asked about.
  var instants = StoreScript.instants

  /// Nothing happens in the background, so that the same steps make the same calls.
  static let quiet: StoreConfiguration = {
    var configuration = StoreConfiguration()
    (configuration.compaction, configuration.compressionLevel) = (.manual, 1)
    return configuration
  }()

  /// A short script in which every kind of write occurs: commits of one and of several files, files
  /// of users that are merged, corrections of first-seen times, replays, a saved segment.
  static func everyWrite() -> StoreScript {
    var script = StoreScript(steps: [])
    // Each append is sealed into a file of its own.
    script.configuration.bufferByteCount = 1
    func event(_ user: Text, _ time: Int64, id: Text? = nil) -> ArrivalRow {
      .event(
        Event(
          user: user, type: "A", at: Timestamp(milliseconds: time),
          ["n": .number(Number(time))], insertID: id))
    }
    script.steps = [
      .append([event("u1", 100, id: "x"), event("u2", 200)]), .commit,
      .append([event("u3", 300)]), .append([event("u1", 50), event("u1", 1, id: "x")]),
      .save("s", "did A"), .commit, .append([event("u1", 2, id: "x")]), .commit,
      .append([
        .traits(TraitUpdate(user: "u4", at: Timestamp(milliseconds: 10), ["plan": "free"]))
      ]), .commit, .append([], [Link(kind: .alias, from: "a1", to: "u1")]), .flush,
      .append([event("a1", 250), event("a2", 260)], [Link(kind: .merge, from: "u3", to: "u1")]),
      .forget(["u2"]), .compact, .admit(["u2"]), .append([event("u2", 40)]), .flush,
      .expire(before: 45), .reopen(closing: true), .append([event("u5", 75, id: "y")]), .commit,
    ]
    return script
  }

  static func batch(_ rows: [ArrivalRow], _ links: [Link] = []) throws(MartletError) -> EventBatch {
    var builder = EventBatchBuilder()
    for row in rows {
      switch row {
      case .event(let event): try builder.append(event)
      case .traits(let update): try builder.append(update)
      }
    }
    for link in links { try builder.link(link.kind, from: link.from, to: link.to) }
    return builder.batch
  }
}
