import Martlet

/// What was counted and measured while readers asked.
struct StressTally {
  /// While what a question was answered.
  private enum Situation: String, CaseIterable {
    case warmUp = "background compaction, at first"
    case idle = "no compaction"
    case compacting = "full compaction under way"
    case background = "background compaction"
  }

  /// What became of the segment files in a phase.
  private struct Files {
    /// Looks after a commit at which files were gone that had been there at the look before.
    var lossCount = 0
    var replacedCount = 0
    var leftCount = 0
  }

  var failures: [String] = []
  /// Seconds of each question.
  private var latencies: [Situation: [Double]] = [:]
  private var questionCounts: [Int: Int] = [:]
  private var files: [Stress.Phase: Files] = [:]
  private var fullCompactionCount = 0
  private var fullCompactionSeconds = 0.0

  mutating func note(
    question seconds: Double, of reader: Int, _ phase: Stress.Phase, compacting: Bool
  ) {
    let situation: Situation =
      switch phase {
      case .warmUp: .warmUp
      case .turns: compacting ? .compacting : .idle
      case .background: .background
      }
    latencies[situation, default: []].append(seconds)
    questionCounts[reader, default: 0] += 1
  }

  mutating func note(_ phase: Stress.Phase, replaced: Int, left: Int) {
    var seen = files[phase] ?? Files()
    if replaced > 0 { seen.lossCount += 1 }
    seen.replacedCount += replaced
    seen.leftCount = left
    files[phase] = seen
  }

  mutating func note(_ summary: CompactionSummary, seconds: Double) {
    fullCompactionCount += 1
    fullCompactionSeconds += seconds
  }

  func printReport() {
    for situation in Situation.allCases {
      let sorted = (latencies[situation] ?? []).sorted()
      guard let longest = sorted.last else { continue }
      let (p50, p99) = (sorted[sorted.count / 2], sorted[sorted.count * 99 / 100])
      print(
        "\(situation.rawValue): \(sorted.count) questions, p50 \(words(p50)), p99 \(words(p99)), "
          + "longest \(words(longest))")
    }
    for phase in Stress.Phase.allCases {
      guard let seen = files[phase] else { continue }
      print(
        "\(phase.rawValue): at least \(seen.lossCount) compaction jobs, which replaced "
          + "\(seen.replacedCount) segment files; \(seen.leftCount) are left")
    }
    print("full compactions: \(fullCompactionCount), in \(fullCompactionSeconds) s")
    let counts = questionCounts.sorted { $0.key < $1.key }.map { "\($0.value)" }
    print("questions by reader: \(counts.joined(separator: " "))")
    for failure in failures.prefix(10) { print("FAILED: \(failure)") }
    print("failures: \(failures.count)")
  }

  /// Milliseconds, to a hundredth.
  private func words(_ seconds: Double) -> String {
    "\((seconds * 100_000).rounded() / 100) ms"
  }
}
