import Glibc

// decoder-fuzz count KIND COUNT SEED [FIRST]
// decoder-fuzz guide KIND FOLDER [LIBFUZZER_OPTION...]
//
// Feeds a decoder of stored files damaged ones, most of them with right checksums: COUNT of them,
// from number FIRST on; or as libFuzzer finds them, which keeps those that reach new code in
// FOLDER. Ends with what was seen; a few disagreements end it too, each naming its input.

let usage = """
  usage: decoder-fuzz count KIND COUNT SEED [FIRST]
         decoder-fuzz guide KIND FOLDER [LIBFUZZER_OPTION...]
  KIND is page, log, manifest, users, segment or merge; to count, store or repair too
  """
let arguments = CommandLine.arguments
guard arguments.count >= 4 else { fatalError(usage) }
let (mode, kind) = (arguments[1], arguments[2])
let seeds = try FuzzSeeds()

switch mode {
case "count":
  let numbers = arguments.dropFirst(3).compactMap { Int($0) }
  guard numbers.count == arguments.count - 3, numbers.count >= 2 else { fatalError(usage) }
  var settings = FuzzSettings()
  settings.seed = UInt64(numbers[1])
  settings.first = numbers.count > 2 ? numbers[2] : 0
  settings.count = settings.first + numbers[0]
  let run =
    switch kind {
    case "page": FuzzRun(kind, FuzzedPage(), settings)
    case "log": FuzzRun(kind, try FuzzedLog(seeds), settings)
    case "manifest": FuzzRun(kind, try FuzzedManifest(seeds), settings)
    case "users": FuzzRun(kind, try FuzzedUserFile(seeds), settings)
    case "segment": FuzzRun(kind, try FuzzedSegmentFile(seeds), settings)
    case "merge": FuzzRun(kind, try FuzzedMerge(seeds), settings)
    case "store": FuzzRun(kind, try FuzzedStore(seeds), settings)
    case "repair": FuzzRun(kind, try FuzzedRepair(seeds), settings)
    default: fatalError(usage)
    }
  exit(run.problems.isEmpty ? 0 : 1)
case "guide":
  let guide =
    switch kind {
    case "page": Guide(kind, FuzzedPage())
    case "log": Guide(kind, try FuzzedLog(seeds))
    case "manifest": Guide(kind, try FuzzedManifest(seeds))
    case "users": Guide(kind, try FuzzedUserFile(seeds))
    case "segment": Guide(kind, try FuzzedSegmentFile(seeds))
    case "merge": Guide(kind, try FuzzedMerge(seeds))
    default: fatalError(usage)
    }
  guide.run(arguments[3], Array(arguments.dropFirst(4)))
default: fatalError(usage)
}
