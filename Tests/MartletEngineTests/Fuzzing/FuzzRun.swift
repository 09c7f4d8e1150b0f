import Foundation
import MartletModel
import MartletTestSupport
import Testing

/// Feeds damaged inputs to a decoder: each is refused by an error of stored bytes that names the
/// file, or read, and then twice alike. A trap, a hang or a bad access ends the tests.
///
/// `MARTLET_FUZZ_INPUTS` and `MARTLET_FUZZ_SEED` set how many inputs and which; an input depends on
/// the seed and its number alone. `MARTLET_FUZZ_FIRST` starts at a number, and
/// `MARTLET_FUZZ_TRACE=1` prints each, to find the one that ended a run.
struct FuzzRun {
  static let fileName = "fuzzed"

  private(set) var accepted = 0
  private(set) var refused = 0
  private var slowest: (time: Duration, number: Int) = (.zero, 0)

  private static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment["MARTLET_FUZZ_" + name].flatMap(Int.init) ?? standard
  }

  private static let standardCount = 2000
  private static let count = setting("INPUTS", standardCount)
  private static let seed = UInt64(setting("SEED", 1))
  private static let first = setting("FIRST", 0)
  private static let traces = setting("TRACE", 0) == 1

  /// - Parameter cost: how many times as long as others the decoder takes; it gets fewer inputs.
  init(_ name: String, _ decoder: some FuzzedDecoder, cost: Int = 1) {
    let count = FuzzRun.count / cost
    let clock = ContinuousClock()
    let start = clock.now
    for number in FuzzRun.first..<max(FuzzRun.first, count) {
      if FuzzRun.traces || (count > FuzzRun.standardCount && number % 100_000 == 0) {
        FuzzRun.say("\(name) \(number), \(accepted) accepted, \(clock.now - start)\n")
      }
      var mixed = SplitMix64(seed: FuzzRun.seed &<< 40 | UInt64(number))
      var random = SplitMix64(seed: mixed.next())
      let input = decoder.input(&random)
      let begin = clock.now
      if let problem = check(input, decoder) {
        Issue.record(
          """
          \(name), seed \(FuzzRun.seed), input \(number): \(problem); bytes \
          \(decoder.bytes(of: input).prefix(4096))
          """)
      }
      let time = clock.now - begin
      if time > slowest.time { slowest = (time, number) }
    }
    let rate = Double(count - FuzzRun.first) / ((clock.now - start) / .seconds(1))
    FuzzRun.say(
      """
      \(name): \(count - FuzzRun.first) inputs, seed \(FuzzRun.seed), \(accepted) accepted, \
      \(refused) refused, \(Int(rate)) a second, slowest number \(slowest.number), \
      \(slowest.time)\n
      """)
    #expect(slowest.time < .seconds(20), "\(name), input \(slowest.number) hangs")
    #expect(accepted > 0 && refused > 0, "\(name): the inputs are all alike")
  }

  /// What is wrong with how the decoder takes the input; nil where nothing is.
  private mutating func check<Decoder: FuzzedDecoder>(
    _ input: Decoder.Input, _ decoder: Decoder
  ) -> String? {
    do {
      let digest = try decoder.read(input)
      accepted += 1
      return try decoder.read(input) == digest ? nil : "a second read differs"
    } catch let error as MartletError {
      refused += 1
      guard [.corrupt, .tooNew, .limit].contains(error.code) else {
        return "\(error.code): \(error)"
      }
      return error.file == nil ? "no file is named: \(error)" : nil
    } catch {
      return "an error of another type: \(error)"
    }
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
