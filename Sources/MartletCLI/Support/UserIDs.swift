import Martlet

/// User ids as a command takes them: arguments, and lines of a file.
enum UserIDs {
  /// The limit of forgotten ids, each as long as an id may be, is far beyond it; a file of ids is
  /// held in memory.
  private static let byteCountMax = 1 << 30

  /// The ids, each once, in order; `-` reads standard input.
  /// - Throws: `.badData` for a line that is no id, `.noInput`, `.io`, `.limit`.
  static func read(_ arguments: [String], file: String?) throws(MartletError) -> [Text] {
    var ids: [Text] = []
    for argument in arguments {
      try check(argument.utf8.count, place: nil, file: nil)
      ids.append(Text(argument))
    }
    if let file { ids += try lines(of: file) }
    var seen: Set<Text> = []
    return ids.filter { seen.insert($0).inserted }
  }

  /// One id a line; lines end in LF or CR LF, empty ones are skipped.
  private static func lines(of file: String) throws(MartletError) -> [Text] {
    let bytes = try SystemStreams.readFile(file, limit: byteCountMax)
    var ids: [Text] = []
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      let id = line.last == 0x0D ? line.dropLast() : line
      guard !id.isEmpty else { continue }
      try check(id.count, place: "line \(number + 1)", file: file)
      guard let text = Text(validating: id) else {
        throw MartletError(
          .badData, file: file, place: "line \(number + 1)", "this id is not valid UTF-8",
          remedy: "save the file as UTF-8, one id a line")
      }
      ids.append(text)
    }
    return ids
  }

  private static func check(
    _ byteCount: Int, place: String?, file: String?
  ) throws(MartletError) {
    guard byteCount > 0, byteCount <= Limits.userIDByteCount else {
      throw MartletError(
        .badData, file: file, place: place,
        "a user id has 1 to \(Limits.userIDByteCount) bytes, this one \(byteCount)",
        remedy: "one id a line, nothing else")
    }
  }
}
