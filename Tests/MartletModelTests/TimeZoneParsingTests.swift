import MartletModel
import Testing

@Suite("TZif parsing")
struct TimeZoneParsingTests {
  /// A version-2 file without transitions of its own.
  static func file(footer: String, version: UInt8 = 0x32, offset: UInt8 = 0) -> [UInt8] {
    let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
    let block =
      Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15) + counts
      + [0, 0, 0, offset, 0, 0] + Array("LMT\0".utf8)
    return version == 0 ? block : block + block + Array("\n\(footer)\n".utf8)
  }

  static func offset(_ footer: String, _ second: Int64) throws -> Int {
    try TimeZoneRules(name: "test", tzif: file(footer: footer))
      .offsetSeconds(at: Timestamp(milliseconds: second * 1000))
  }

  @Test("Footers of every kind")
  func footers() throws {
    // 2026-01-15, 2026-07-15.
    let (winter, summer): (Int64, Int64) = (1_768_435_200, 1_784_073_600)
    for (footer, inWinter, inSummer) in [
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", 39_600, 36_000),
      ("EST5EDT,M3.2.0,M11.1.0", -18_000, -14_400),
      ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", -10_800, -7200),
      ("IST-1GMT0,M10.5.0,M3.5.0/1", 0, 3600),
      ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 39_600, 37_800),
      ("XXX3YYY,J60,J300", -10_800, -7200), ("XXX3YYY,59,299/24", -10_800, -7200),
      ("XXX3EDT4,0/0,J365/23", -14_400, -14_400),
    ] {
      #expect(try Self.offset(footer, winter) == inWinter, "\(footer)")
      #expect(try Self.offset(footer, summer) == inSummer, "\(footer)")
    }
  }

  @Test("J60 is March 1 in every year, 59 in common years only")
  func julianDays() throws {
    // 2028 is a leap year; February 29 is day 59 from zero.
    let february29: Int64 = 1_835_395_200
    #expect(try Self.offset("XXX0YYY,J60/0,J300", february29) == 0)
    #expect(try Self.offset("XXX0YYY,J60/0,J300", february29 + 86_400) == 3600)
    #expect(try Self.offset("XXX0YYY,59/0,299", february29) == 3600)
  }

  @Test(
    "A footer that is no rule is an error",
    arguments: [
      "A", "AEST", "AEST-", "AEST-25", "AEST-10AEDT", "AEST-10AEDT,M10.1.0",
      "AEST-10AEDT,M13.1.0,M4.1.0", "AEST-10AEDT,M10.6.0,M4.1.0", "AEST-10AEDT,M10.1.7,M4.1.0",
      "AEST-10AEDT,M10.1.0,M4.1.0/168", "AEST-10AEDT,M10.1.0,M4.1.0x", "AEST-10AEDT,J0,J5",
      "AEST-10AEDT,1,366", "AEST-10:60", "<AEST-10", "AEST9999",
    ])
  func badFooter(footer: String) {
    let error = #expect(throws: MartletError.self) { try Self.offset(footer, 0) }
    #expect(error?.code == .corrupt)
    #expect(error?.reason == "the footer is not a POSIX time zone rule")
  }

  @Test("Version 1 has no footer, an empty footer means the last offset")
  func versions() throws {
    let first = try TimeZoneRules(name: "v1", tzif: Self.file(footer: "", version: 0, offset: 60))
    #expect(first.offsetSeconds(at: .latest) == 60)
    let second = try TimeZoneRules(name: "v2", tzif: Self.file(footer: "", offset: 61))
    #expect(second.offsetSeconds(at: .latest) == 61)
  }

  @Test(
    "Every truncation throws, no flipped bit traps",
    arguments: ["Asia/Kathmandu", "Antarctica/Troll"])
  func damage(name: String) throws {
    let file = bytes(hex: try #require(timeZoneFiles[name]))
    for count in 0..<file.count {
      let error = #expect(throws: MartletError.self) {
        try TimeZoneRules(name: name, tzif: Array(file[..<count]))
      }
      #expect(error?.code == .corrupt)
    }
    for bit in 0..<file.count * 8 {
      var damaged = file
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      do {
        let rules = try TimeZoneRules(name: name, tzif: damaged)
        let date = CivilDate(daysSinceEpoch: 20_000)
        _ = rules.instant(of: date, millisecondOfDay: 0)
        _ = rules.segments(from: Timestamp(milliseconds: 0), to: Timestamp(milliseconds: 1 << 41))
        _ = rules.offsetSeconds(at: .earliest) + rules.offsetSeconds(at: .latest)
      } catch {
        #expect(error.code == .corrupt, "bit \(bit): \(error)")
      }
    }
  }

  @Test("Errors name the zone and say what to do")
  func message() {
    let error = #expect(throws: MartletError.self) {
      try TimeZoneRules(name: "Mars/Base", tzif: Array("hello".utf8))
    }
    #expect(
      error?.description
        == "rules of time zone Mars/Base, byte 0: 20 bytes are needed, but only 5 are left "
        + "(reinstall the system's time zone database)")
  }
}
