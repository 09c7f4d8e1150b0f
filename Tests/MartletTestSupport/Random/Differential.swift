import MartletModel

/// Holds something that answers questions against the plain evaluator, over random histories and
/// questions, and shrinks what they disagree about.
public struct Differential {
  public typealias Asking = (RandomQuestion) throws -> NaiveAnswer

  /// What a history made.
  public struct Opened {
    public var ask: Asking
    /// What became of what the history gave; nil where it is not told.
    public var tally: HistoryTally?

    public init(tally: HistoryTally? = nil, asking ask: @escaping Asking) {
      (self.tally, self.ask) = (tally, ask)
    }
  }

  public var history = RandomHistory()
  public var questionsPerHistory = 20
  /// Each question is asked of a store in each of these states.
  public let arrangements: [Arrangement]
  private let open: ([HistoryStep]) throws -> Opened

  /// - Parameter open: goes through the steps of a history, and returns what answers questions
  ///   about the result.
  public init(
    _ arrangements: [Arrangement], opening open: @escaping ([HistoryStep]) throws -> Opened
  ) {
    (self.arrangements, self.open) = (arrangements, open)
  }

  /// What the two first disagree about: the seeds, the smallest question and history found, and
  /// who is missing or too many. nil where they agree. An error thrown is a disagreement.
  public func firstDisagreement(seeds: Range<UInt64>) -> String? {
    for seed in seeds {
      if let report = firstDisagreement(seed: seed) { return "history \(seed) · " + report }
    }
    return nil
  }

  private func firstDisagreement(seed: UInt64) -> String? {
    let steps = history.steps(seed: seed)
    let rows = Differential.rows(of: steps)
    let model = NaiveHistory(steps + [.commit])
    let plain = Differential.plainly(model)
    var states: [(steps: [HistoryStep], arrangement: Arrangement, opened: Opened)] = []
    for arrangement in arrangements {
      let arranged = arrangement.steps(steps, seed: seed)
      do {
        states.append((arranged, arrangement, try open(arranged)))
      } catch {
        return "\(arrangement) · " + reportFailure(to: arranged)
      }
      if let tally = states[states.count - 1].opened.tally, tally != model.pending.tally {
        return "\(arrangement) · " + reportTally(of: arranged)
      }
    }
    for number in 0..<questionsPerHistory {
      let questionSeed = seed &* 1_000_003 &+ UInt64(number)
      let question = RandomQuestion(about: rows, seed: questionSeed)
      for state in states where complaint(question, plain, state.opened.ask) != nil {
        return "\(state.arrangement) · " + report(question, state.steps, seed: questionSeed)
      }
    }
    return nil
  }

  /// What is wrong with the answer of a store opened for it; nil where it is right.
  private func complaint(_ question: RandomQuestion, _ steps: [HistoryStep]) -> String? {
    do {
      let plain = Differential.plainly(NaiveHistory(steps))
      return complaint(question, plain, try open(steps).ask)
    } catch {
      return "cannot be opened: \(error)"
    }
  }

  private func complaint(
    _ question: RandomQuestion, _ plain: Asking, _ ask: Asking
  ) -> String? {
    do {
      let (expected, actual) = (try plain(question), try ask(question))
      return expected == actual
        ? nil : Repro.difference(expected: expected, actual: actual)
    } catch {
      return "threw \(error)"
    }
  }

  static func rows(of steps: [HistoryStep]) -> [ArrivalRow] {
    steps.compactMap { step in
      guard case .row(let row) = step else { return nil }
      return row
    }
  }

  static func plainly(_ history: NaiveHistory) -> Asking {
    let evaluator = NaiveEvaluator(history.committed)
    return { question in
      guard let zone = NaiveZone(question.timeZone) else {
        throw MartletError(.usage, "no zone \(question.timeZone)")
      }
      return try evaluator.evaluate(
        question.expression, asOf: question.asOf, timeZone: zone,
        savedSegments: question.savedSegments)
    }
  }
}

// What is told of a disagreement.
extension Differential {
  private func report(
    _ question: RandomQuestion, _ steps: [HistoryStep], seed: UInt64
  ) -> String {
    var smallest = question
    smallest.expression = ExpressionShrinker.shrink(question.expression) { expression in
      var simpler = question
      simpler.expression = expression
      return complaint(simpler, steps) != nil
    }
    let fewest = HistoryShrinker.shrink(steps) { complaint(smallest, $0) != nil }
    let wrong = complaint(smallest, fewest) ?? "only the whole question fails, and in its turn"
    return [Repro.line(smallest, seed: seed), wrong, Repro.lines(fewest)]
      .joined(separator: "\n")
  }

  private func reportFailure(to steps: [HistoryStep]) -> String {
    func failure(_ steps: [HistoryStep]) -> String? {
      do {
        _ = try open(steps)
        return nil
      } catch {
        return "cannot be opened: \(error)"
      }
    }
    let fewest = HistoryShrinker.shrink(steps) { failure($0) != nil }
    return (failure(fewest) ?? "it fails in its turn only") + "\n" + Repro.lines(fewest)
  }

  private func reportTally(of steps: [HistoryStep]) -> String {
    func difference(_ steps: [HistoryStep]) -> String? {
      let expected = NaiveHistory(steps).pending.tally
      let actual = (try? open(steps))?.tally
      return actual == expected
        ? nil : "expected \(expected), got \(actual.map { "\($0)" } ?? "an error")"
    }
    let fewest = HistoryShrinker.shrink(steps) { difference($0) != nil }
    return (difference(fewest) ?? "it fails in its turn only") + "\n" + Repro.lines(fewest)
  }
}
