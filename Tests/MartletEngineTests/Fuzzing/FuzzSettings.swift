import Foundation

/// Which inputs a run makes.
///
/// `MARTLET_FUZZ_INPUTS` and `MARTLET_FUZZ_SEED` set how many inputs and which; an input depends on
/// the seed and its number alone. `MARTLET_FUZZ_FIRST` starts at a number, and
/// `MARTLET_FUZZ_TRACE=1` prints each, to find the one that ended a run.
struct FuzzSettings {
  static let standardCount = 2000

  var count = setting("INPUTS", standardCount)
  var seed = UInt64(setting("SEED", 1))
  var first = setting("FIRST", 0)
  var traces = setting("TRACE", 0) == 1

  private static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment["MARTLET_FUZZ_" + name].flatMap(Int.init) ?? standard
  }
}
