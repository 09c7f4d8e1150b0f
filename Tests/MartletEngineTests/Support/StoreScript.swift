import MartletEngine
import MartletModel
import MartletTestSupport

/// Steps that a writer takes, and what becomes of them on a disk that fails.
struct StoreScript {
  enum Step {
    case append([ArrivalRow])
    case commit
    case save(Text, Text)
  }

  /// Where a run of the script ended.
  struct Outcome {
    /// What the last commit that succeeded holds; nil where the store was not even made.
    var acknowledged: StoreModel?
    /// What the commit that failed would have added.
    var inFlight: StoreModel?
    var error: MartletError?
    /// What append, commit and save say after the error; none where there is no writer.
    var afterwards: [MartletError.Code?] = []
  }

  static let path = "/data/store"

  var steps: [Step]
  var configuration = StoreConfiguration()

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
      ]), .commit,
    ]
    return script
  }

  static let instants: [Int64] = [1, 11, 51, 101, 201, 301]

  func run(on system: SimulatedFileSystem) -> Outcome {
    var outcome = Outcome()
    do throws(MartletError) {
      let engine = try Engine(
        at: Self.path, access: .readWrite, fileSystem: system, configuration: configuration)
      run(on: engine, &outcome)
    } catch {
      outcome.error = error
    }
    return outcome
  }

  private func run(on engine: Engine, _ outcome: inout Outcome) {
    var (committed, pending) = (StoreModel(), StoreModel())
    outcome.acknowledged = committed
    for step in steps {
      do throws(MartletError) {
        switch step {
        case .append(let rows):
          _ = try engine.append(try Self.batch(rows))
          for row in rows { pending.append(row) }
        case .commit:
          outcome.inFlight = pending
          try engine.commit()
          committed = pending
        case .save(let name, let text):
          pending.savedSegments[name] = text
          var saved = committed
          saved.savedSegments[name] = text
          outcome.inFlight = saved
          try engine.updateSavedSegments { $0[name] = text }
          committed = saved
        }
        outcome.acknowledged = committed
        outcome.inFlight = nil
      } catch {
        outcome.error = error
        outcome.afterwards = Self.codes(engine)
        return
      }
    }
  }

  private static func codes(_ engine: Engine) -> [MartletError.Code?] {
    func code(_ body: () throws(MartletError) -> Void) -> MartletError.Code? {
      do throws(MartletError) {
        try body()
        return nil
      } catch { return error.code }
    }
    let row = ArrivalRow.event(Event(user: "u", type: "A", at: Timestamp(milliseconds: 0)))
    return [
      code { () throws(MartletError) in _ = try engine.append(try batch([row])) },
      code { () throws(MartletError) in try engine.commit() },
      code { () throws(MartletError) in try engine.updateSavedSegments { $0 = [:] } },
    ]
  }

  static func batch(_ rows: [ArrivalRow]) throws(MartletError) -> EventBatch {
    var builder = EventBatchBuilder()
    for row in rows {
      switch row {
      case .event(let event): try builder.append(event)
      case .traits(let update): try builder.append(update)
      }
    }
    return builder.batch
  }
}
