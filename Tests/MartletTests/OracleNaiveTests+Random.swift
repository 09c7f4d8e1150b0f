import MartletLanguage
import MartletModel
import MartletTestSupport
import Testing

// Whether random histories and questions are what a comparison needs: the same for a seed on
// every machine, readable and writable, seldom trivial, and shrunk to what matters.
extension OracleNaiveTests {
  @Test func sameSeedSameHistory() {
    let bytes = RandomEvents().lines(seed: 1).joined(separator: "\n").utf8
    #expect(
      SHA256.hexadecimal(Array(bytes))
        == "19e37b5a8b293c3f3768ea5d766256c7d31a9e775b84898c436219aeb19e6a9a")
  }

  @Test func digestsAreThoseOfTheStandard() {
    #expect(
      SHA256.hexadecimal(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hexadecimal([])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.hexadecimal(
        Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }

  @Test(arguments: UInt64(0)..<10)
  func linesReadBack(_ seed: UInt64) throws {
    let rows = RandomEvents().rows(seed: seed)
    #expect(try CanonicalNDJSON.rows(Array(Repro.lines(rows).utf8)) == rows, "seed \(seed)")
  }

  @Test(arguments: UInt64(0)..<10)
  func expressionsReadBack(_ seed: UInt64) throws {
    let rows = RandomEvents().rows(seed: seed)
    for number in 0..<20 {
      let question = RandomQuestion(about: rows, seed: seed * 20 + UInt64(number))
      let text = PlainText.of(question.expression)
      #expect(try SegmentExpression(parsing: text) == question.expression, "\(text)")
    }
  }

  @Test func answersAreSeldomTrivial() throws {
    var (telling, pending) = (0, 0)
    for seed in UInt64(0)..<100 {
      let rows = RandomEvents().rows(seed: seed % 10)
      let question = RandomQuestion(about: rows, seed: seed)
      let zone = try #require(NaiveZone(question.timeZone))
      let answer = try NaiveEvaluator(NaiveStore(rows)).evaluate(
        question.expression, asOf: question.asOf, timeZone: zone,
        savedSegments: question.savedSegments)
      if !answer.matched.isEmpty, answer.matched != answer.universe { telling += 1 }
      if !answer.pending.isEmpty { pending += 1 }
    }
    #expect(telling >= 25, "of 100 answers")
    #expect(pending >= 3, "of 100 answers")
  }

  @Test func agreeingFindsNothing() {
    let comparison = Differential(Arrangement.allCases) { steps in
      let history = NaiveHistory(steps)
      return Differential.Opened(tally: history.pending.tally) {
        try plainAnswer($0, history.committed)
      }
    }
    #expect(comparison.firstDisagreement(seeds: 0..<10) == nil)
  }

  /// A store that breaks ties by arrival the wrong way round is found out, by few rows.
  @Test func disagreeingIsFoundAndShrunk() throws {
    let comparison = plainComparison { $0.reversed() }
    let report = try #require(comparison.firstDisagreement(seeds: 0..<20))
    #expect(report.split(separator: "\n").count <= 8, "\(report)")
  }

  /// So is one that forgets the insert ids, and one that throws.
  @Test func lostInsertIDsAndErrorsAreFound() throws {
    let forgetful = plainComparison { rows in
      rows.map { row in
        guard case .event(var event) = row else { return row }
        event.insertID = nil
        return .event(event)
      }
    }
    let report = try #require(forgetful.firstDisagreement(seeds: 0..<20))
    #expect(report.contains("insert_id"), "\(report)")
    let broken = Differential([.log]) { _ in
      Differential.Opened { _ in throw MartletError(.io, "out of order") }
    }
    let complaint = try #require(broken.firstDisagreement(seeds: 0..<1))
    #expect(complaint.contains("out of order"), "\(complaint)")
  }
}

/// The plain evaluator against itself, which sees the rows another way.
private func plainComparison(
  _ change: @escaping ([ArrivalRow]) -> [ArrivalRow]
) -> Differential {
  var comparison = Differential([.log]) { steps in
    let committed = steps[..<(steps.lastIndex(of: .commit) ?? 0)]
    let rows = committed.compactMap { step in
      if case .row(let row) = step { row } else { nil }
    }
    let store = NaiveStore(change(rows))
    return Differential.Opened { try plainAnswer($0, store) }
  }
  comparison.history = .rowsOnly()
  return comparison
}

private func plainAnswer(
  _ question: RandomQuestion, _ store: NaiveStore
) throws -> NaiveAnswer {
  let zone = try #require(NaiveZone(question.timeZone))
  return try NaiveEvaluator(store).evaluate(
    question.expression, asOf: question.asOf, timeZone: zone,
    savedSegments: question.savedSegments)
}
