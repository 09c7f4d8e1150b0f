import Foundation
import MartletModel
import Testing

/// The README's tables of limits and of configuration are those of the code.
@Suite struct ReadmeLimitTests {
  private static func table() throws -> [String: String] {
    var cells: [String: String] = [:]
    for line in try FormatFolder.lines("../README.md") where line.hasPrefix("| `") {
      let parts = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      cells[parts[0].filter { $0 != "`" }] = parts.dropFirst().joined(separator: " | ")
    }
    return cells
  }

  private static func grouped(_ number: Int) -> String {
    var (digits, groups): (String, [String]) = (String(number), [])
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
  }

  @Test func everyLimitIsListed() throws {
    let limits = [
      "userIDByteCount": Limits.userIDByteCount, "nameByteCount": Limits.nameByteCount,
      "insertIDByteCount": Limits.insertIDByteCount, "textByteCount": Limits.textByteCount,
      "lineByteCount": Limits.lineByteCount, "nestingDepth": Limits.nestingDepth,
      "propertiesPerEvent": Limits.propertiesPerEvent, "eventTypes": Limits.eventTypes,
      "propertyNames": Limits.propertyNames, "partitions": Limits.partitions,
      "files": Limits.files, "forgottenIDs": Limits.forgottenIDs,
      "savedSegments": Limits.savedSegments, "users": Limits.users,
      "numberDigits": Limits.numberDigits, "numberExponent": Limits.numberExponent,
    ]
    let table = try Self.table()
    for (name, value) in limits {
      #expect(table[name]?.hasPrefix(Self.grouped(value)) == true, "\(name)")
    }
    let source = try FormatFolder.text("../Sources/MartletModel/Limits.swift")
    #expect(source.components(separatedBy: "public static let").count - 1 == limits.count)
  }

  @Test func everyFieldOfTheConfigurationIsListed() throws {
    let table = try Self.table()
    let defaults = StoreConfiguration()
    let fields = [
      "bufferByteCount": defaults.bufferByteCount, "logByteCount": defaults.logByteCount,
      "compressionLevel": defaults.compressionLevel,
      "segmentFileByteCount": defaults.segmentFileByteCount,
      "partitionDayCount": defaults.partitionDayCount,
    ]
    for (name, value) in fields {
      #expect(table[name]?.contains("| \(Self.grouped(value)) |") == true, "\(name)")
    }
    #expect(defaults.durability == .full && defaults.compaction == .automatic)
    for (name, value) in ["durability": "`full`", "compaction": "`automatic`"] {
      #expect(table[name]?.contains("| \(value) |") == true, "\(name)")
    }
    let source = try FormatFolder.text("../Sources/MartletModel/StoreConfiguration.swift")
    #expect(source.components(separatedBy: "public var").count - 1 == fields.count + 2)
  }
}
