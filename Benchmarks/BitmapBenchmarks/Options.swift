import Glibc

/// The value after `name` on the command line.
func option(_ name: String) -> String? {
  guard let at = CommandLine.arguments.firstIndex(of: name) else { return nil }
  let value = CommandLine.arguments.index(after: at)
  return value < CommandLine.arguments.count ? CommandLine.arguments[value] : nil
}

/// With `--profile N`, only our side runs, N times, for a profiler to watch.
let isProfiling = option("--profile") != nil
