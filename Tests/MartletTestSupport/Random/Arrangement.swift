import MartletModel

/// How a history comes to lie in a store: when rows are committed, where they are put, and who
/// reads them. It changes no answer.
public enum Arrangement: Hashable, Sendable, CaseIterable {
  /// All rows stay in the log, but for those that forgetting and expiry put into files.
  case log
  case oneFile
  case threeFiles
  case nineFiles
  case compacted
  /// Jobs of background compaction, and rows since.
  case partlyCompacted
  /// Anything at any time; read by the writer.
  case shuffled
  /// Anything at any time; another process reads.
  case readElsewhere

  /// The history with steps that make it lie so. All of it is committed.
  public func steps(_ history: [HistoryStep], seed: UInt64) -> [HistoryStep] {
    var random = SplitMix64(seed: seed &* 31 &+ 7)
    switch self {
    case .log:
      return Arrangement.spread([.commit], over: history, count: 5) + [.commit]
    case .oneFile: return history + [.flush]
    case .threeFiles: return Arrangement.spread([.flush], over: history, count: 2) + [.flush]
    case .nineFiles: return Arrangement.spread([.flush], over: history, count: 8) + [.flush]
    case .compacted:
      return Arrangement.spread([.flush], over: history, count: 4) + [.compact]
    case .partlyCompacted:
      let steps = Arrangement.spread([.flush, .compactOnce], over: history, count: 21)
      return steps + [.commit]
    case .shuffled: return Arrangement.shuffled(history, &random) + [.commit]
    case .readElsewhere:
      var steps = Arrangement.shuffled(history, &random)
      steps.insert(.readElsewhere, at: random.integer(0...steps.count))
      return steps + [.commit]
    }
  }

  private static func spread(
    _ upkeep: [HistoryStep], over history: [HistoryStep], count: Int
  ) -> [HistoryStep] {
    let bounds = (0...count + 1).map { history.count * $0 / (count + 1) }
    var steps = Array(history[..<bounds[1]])
    for part in 1...count { steps += upkeep + history[bounds[part]..<bounds[part + 1]] }
    return steps
  }

  private static func shuffled(
    _ history: [HistoryStep], _ random: inout SplitMix64
  ) -> [HistoryStep] {
    let pause = random.pick([4.0, 12, 40])
    var steps: [HistoryStep] = []
    for step in history {
      steps.append(step)
      guard random.chance(1 / pause) else { continue }
      switch random.integer(0...11) {
      case 0...3: steps.append(.commit)
      case 4...7: steps.append(.flush)
      case 8, 9: steps.append(.compactOnce)
      case 10: steps.append(.compact)
      // What would be lost was never acknowledged; here every row counts.
      default: steps += [.commit, .reopen]
      }
    }
    return steps
  }
}
