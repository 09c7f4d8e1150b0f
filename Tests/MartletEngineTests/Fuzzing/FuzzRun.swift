import Foundation
import MartletTestSupport

/// Many inputs, one after the other.
struct FuzzRun {
  static let fileName = "fuzzed"

  private let name: String
  private let settings: FuzzSettings
  private var tally = FuzzTally()
  private var slowest: (time: Duration, number: Int) = (.zero, 0)
  /// What went wrong; the first few.
  private(set) var problems: [String] = []

  /// - Parameter cost: how many times as long as others the decoder takes; it gets fewer inputs.
  init(
    _ name: String, _ decoder: some FuzzedDecoder, cost: Int = 1,
    _ settings: FuzzSettings = FuzzSettings()
  ) {
    (self.name, self.settings) = (name, settings)
    let end = max(settings.first, settings.count / cost)
    let clock = ContinuousClock()
    let start = clock.now
    for number in settings.first..<end where problems.count < 10 {
      if settings.traces || (end > FuzzSettings.standardCount && number % 100_000 == 0) {
        say("\(name) \(number), \(tally.accepted) accepted, \(clock.now - start)")
      }
      take(number, decoder, clock)
    }
    let rate = Double(end - settings.first) / ((clock.now - start) / .seconds(1))
    say(
      """
      \(name): \(end - settings.first) inputs, seed \(settings.seed), \(tally.accepted) accepted, \
      \(tally.refused) refused, \(Int(rate)) a second, slowest number \(slowest.number), \
      \(slowest.time)
      """)
    if slowest.time > .seconds(20) { problems.append("\(name), input \(slowest.number) hangs") }
    if tally.accepted == 0 || tally.refused == 0 {
      problems.append("\(name): the inputs are all alike")
    }
  }

  private mutating func take(
    _ number: Int, _ decoder: some FuzzedDecoder, _ clock: ContinuousClock
  ) {
    var mixed = SplitMix64(seed: settings.seed &<< 40 | UInt64(number))
    var random = SplitMix64(seed: mixed.next())
    let input = decoder.input(&random)
    let begin = clock.now
    if let problem = tally.check(input, decoder) {
      problems.append(
        """
        \(name), seed \(settings.seed), input \(number): \(problem); bytes \
        \(decoder.bytes(of: input).prefix(4096))
        """)
      say(problems[problems.count - 1])
    }
    let time = clock.now - begin
    if time > slowest.time { slowest = (time, number) }
  }

  private func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
