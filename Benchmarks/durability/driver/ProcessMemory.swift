import Foundation

/// What the kernel says that the process holds in memory.
struct ProcessMemory: CustomStringConvertible {
  /// All of it, mapped files that are in memory included; and what is of no file, in KiB.
  var (resident, anonymous) = (0, 0)

  static func now() -> ProcessMemory {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    var memory = ProcessMemory()
    for line in text.split(separator: "\n") {
      let fields = line.split(whereSeparator: \.isWhitespace)
      guard fields.count > 1, let count = Int(fields[1]) else { continue }
      if fields[0] == "VmRSS:" { memory.resident = count }
      if fields[0] == "RssAnon:" { memory.anonymous = count }
    }
    return memory
  }

  var description: String {
    "\(resident >> 10) MiB resident, \(anonymous >> 10) MiB of them no file's"
  }
}
