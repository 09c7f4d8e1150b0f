import MartletModel

/// Holds something that answers questions against the plain evaluator, over random histories and
/// questions, and shrinks what they disagree about.
public struct Differential {
  public typealias Asking = (RandomQuestion) throws -> NaiveAnswer

  public var events = RandomEvents()
  public var questionsPerHistory = 20
  private let open: ([ArrivalRow]) throws -> Asking

  /// - Parameter open: takes the rows of a history, in arrival order, and returns what answers
  ///   questions about them.
  public init(opening open: @escaping ([ArrivalRow]) throws -> Asking) { self.open = open }

  /// What the two first disagree about: the seeds, the smallest question and history found, and
  /// who is missing or too many. nil where they agree. An error thrown is a disagreement.
  public func firstDisagreement(seeds: Range<UInt64>) -> String? {
    for seed in seeds {
      let rows = events.rows(seed: seed)
      let plain = Differential.plainly(rows)
      let ask: Asking
      do {
        ask = try open(rows)
      } catch {
        return "history \(seed) cannot be opened: \(error)"
      }
      for number in 0..<questionsPerHistory {
        let questionSeed = seed &* 1_000_003 &+ UInt64(number)
        let question = RandomQuestion(about: rows, seed: questionSeed)
        if complaint(question, plain, ask) != nil {
          return "history \(seed) · " + report(question, rows, seed: questionSeed)
        }
      }
    }
    return nil
  }

  private func report(_ question: RandomQuestion, _ rows: [ArrivalRow], seed: UInt64) -> String {
    var smallest = question
    smallest.expression = ExpressionShrinker.shrink(question.expression) { expression in
      var simpler = question
      simpler.expression = expression
      return complaint(simpler, rows) != nil
    }
    let fewest = RowShrinker.shrink(rows) { complaint(smallest, $0) != nil }
    let wrong = complaint(smallest, fewest) ?? "only the whole question fails, and in its turn"
    return [Repro.line(smallest, seed: seed), wrong, Repro.lines(fewest)]
      .joined(separator: "\n")
  }

  /// What is wrong with the answer of a store opened for it; nil where it is right.
  private func complaint(_ question: RandomQuestion, _ rows: [ArrivalRow]) -> String? {
    do {
      return complaint(question, Differential.plainly(rows), try open(rows))
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

  private static func plainly(_ rows: [ArrivalRow]) -> Asking {
    let evaluator = NaiveEvaluator(NaiveStore(rows))
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
