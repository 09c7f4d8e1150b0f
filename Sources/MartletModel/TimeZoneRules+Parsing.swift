extension TimeZoneRules {
  /// Reads a TZif file of version 1, 2, 3 or 4 (RFC 8536, RFC 9636).
  /// - Throws: `.corrupt` for bytes that are no such file.
  public init(name: String, tzif: [UInt8]) throws(MartletError) {
    var reader = TZifReader(name: name, bytes: tzif)
    var header = try reader.header()
    var timeSize = 4
    if header.version >= 2 {
      // The first block repeats what 32 bits can say of the second.
      try reader.skip(header.blockSize(timeSize: 4))
      header = try reader.header()
      timeSize = 8
    }
    let (transitions, offsets) = try reader.block(header, timeSize: timeSize)
    let footer = header.version >= 2 ? try reader.footer() : nil
    self.init(name: name, transitions: transitions, offsets: offsets, footer: footer)
  }

  /// Lists the footer's transitions for 400 years after the file's last, and drops those that
  /// do not change the offset.
  private init(name: String, transitions: [Int64], offsets: [Int], footer: TimeZoneFooter?) {
    var all = Array(zip(transitions, offsets.dropFirst()))
    var cycleEnd: Int64?
    if let footer, footer.daylight != nil {
      let lastYear = transitions.last.map { second in
        CivilDate(
          daysSinceEpoch: Int(second.quotientAndRemainder(flooring: 86_400).quotient)
        ).year
      }
      let firstYear = lastYear ?? 0
      for year in firstYear...firstYear + 402 {
        for change in footer.transitions(year: year)
        where transitions.last.map({ change.second > $0 }) ?? true {
          all.append((change.second, change.offset))
        }
      }
      cycleEnd = footer.startOfYear(firstYear + 402)
    }
    var kept: [(second: Int64, offset: Int)] = []
    for (second, offset) in all {
      if kept.last?.second == second { kept.removeLast() }
      if kept.last?.offset ?? offsets[0] != offset { kept.append((second, offset)) }
    }
    self.init(
      name: name, transitions: kept.map(\.second), offsets: [offsets[0]] + kept.map(\.offset),
      cycleEnd: cycleEnd)
  }
}

/// The parts of a TZif file, in order. Integers are big-endian.
private struct TZifReader {
  struct Header {
    var version: Int
    var utcIndicatorCount: Int
    var standardIndicatorCount: Int
    var leapSecondCount: Int
    var transitionCount: Int
    var typeCount: Int
    var characterCount: Int

    /// Bytes of the data block.
    func blockSize(timeSize: Int) -> Int {
      transitionCount * (timeSize + 1) + typeCount * 6 + characterCount
        + leapSecondCount * (timeSize + 4) + standardIndicatorCount + utcIndicatorCount
    }
  }

  /// About 34,000 years from the epoch, beyond every timestamp.
  static let lastSecond: Int64 = 1 << 40

  let name: String
  let bytes: [UInt8]
  var offset = 0

  init(name: String, bytes: [UInt8]) {
    (self.name, self.bytes) = (name, bytes)
  }

  func corrupt(_ reason: String) -> MartletError {
    MartletError(
      .corrupt, place: "rules of time zone \(name), byte \(offset)", reason,
      remedy: "reinstall the system's time zone database")
  }

  mutating func skip(_ count: Int) throws(MartletError) {
    guard count <= bytes.count - offset else {
      throw corrupt("\(count) bytes are needed, but only \(bytes.count - offset) are left")
    }
    offset += count
  }

  mutating func integer(size: Int) throws(MartletError) -> Int64 {
    let start = offset
    try skip(size)
    var value: Int64 = bytes[start] >= 0x80 ? -1 : 0
    for index in start..<start + size { value = value << 8 | Int64(bytes[index]) }
    return value
  }

  mutating func header() throws(MartletError) -> Header {
    let start = offset
    try skip(20)
    guard bytes[start..<start + 4].elementsEqual("TZif".utf8) else {
      offset = start
      throw corrupt("no TZif header")
    }
    // The version is a NUL (for 1) or a digit; a later one is readable as 4.
    let version = bytes[start + 4] == 0 ? 1 : Int(bytes[start + 4]) - 0x30
    guard version == 1 || (2...9).contains(version) else {
      throw corrupt("unknown TZif version")
    }
    var counts: [Int] = []
    for _ in 0..<6 {
      let count = try integer(size: 4)
      guard count >= 0, count <= bytes.count else { throw corrupt("a count of \(count)") }
      counts.append(Int(count))
    }
    let header = Header(
      version: version, utcIndicatorCount: counts[0], standardIndicatorCount: counts[1],
      leapSecondCount: counts[2], transitionCount: counts[3], typeCount: counts[4],
      characterCount: counts[5])
    guard header.typeCount >= 1 else { throw corrupt("no local time types") }
    guard header.leapSecondCount == 0 else {
      throw corrupt("times count leap seconds, which a timestamp does not")
    }
    return header
  }

  /// Transitions, and offsets: that before the first, then one a transition.
  mutating func block(
    _ header: Header, timeSize: Int
  ) throws(MartletError) -> ([Int64], [Int]) {
    var transitions: [Int64] = []
    var previous = Int64.min
    for _ in 0..<header.transitionCount {
      let second = try integer(size: timeSize)
      guard second > previous, second <= Self.lastSecond else {
        throw corrupt("transitions are not in order")
      }
      previous = second
      // Some files start with the Big Bang.
      transitions.append(max(second, -Self.lastSecond))
    }
    let typesStart = offset
    try skip(header.transitionCount)
    var typeOffsets: [Int] = []
    for _ in 0..<header.typeCount {
      let seconds = try integer(size: 4)
      guard abs(seconds) < 48 * 3600 else { throw corrupt("an offset of \(seconds) seconds") }
      typeOffsets.append(Int(seconds))
      try skip(2)
    }
    // RFC 8536, 3.2: type 0 holds before the first transition.
    var offsets = [typeOffsets[0]]
    for index in typesStart..<typesStart + header.transitionCount {
      guard Int(bytes[index]) < header.typeCount else {
        throw corrupt("there is no local time type \(bytes[index])")
      }
      offsets.append(typeOffsets[Int(bytes[index])])
    }
    try skip(
      header.characterCount + header.standardIndicatorCount + header.utcIndicatorCount)
    return (transitions, offsets)
  }

  /// The rule between two newlines; nil where it is empty.
  mutating func footer() throws(MartletError) -> TimeZoneFooter? {
    try skip(1)
    guard bytes[offset - 1] == 0x0A, let end = bytes[offset...].firstIndex(of: 0x0A) else {
      throw corrupt("no footer between newlines")
    }
    let text = bytes[offset..<end]
    guard !text.isEmpty else { return nil }
    guard let footer = TimeZoneFooter(text) else {
      throw corrupt("the footer is not a POSIX time zone rule")
    }
    return footer
  }
}
