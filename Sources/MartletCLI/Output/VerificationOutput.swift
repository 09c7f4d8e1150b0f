import Martlet

/// What `verify` prints: what is wrong with a store, and what a repair did.
struct VerificationOutput {
  private let found: VerificationReport
  private let repair: RepairReport?

  init(_ found: VerificationReport) { (self.found, repair) = (found, nil) }

  init(_ report: RepairReport) { (found, repair) = (report.found, report) }

  private var problemCount: Int { found.problems.count + found.unlistedProblemCount }

  /// Lines for people.
  var text: String {
    var lines = found.problems.map(\.description)
    if found.unlistedProblemCount > 0 {
      lines.append("and \(Decimals.grouped(found.unlistedProblemCount)) problems more")
    }
    lines += found.remarks.map { "remark: \($0)" }
    lines.append(
      "\(Decimals.grouped(found.fileCount)) files, \(Decimals.grouped(found.byteCount)) bytes, "
        + "\(Decimals.grouped(found.rowCount)) rows, \(Decimals.grouped(found.userCount)) ids: "
        + (found.isClean ? "nothing is wrong" : "\(Decimals.grouped(problemCount)) problems"))
    if let repair { lines += text(of: repair) }
    return lines.map { Table.printable($0) + "\n" }.joined()
  }

  private func text(of repair: RepairReport) -> [String] {
    guard let setAside = repair.setAside else { return [] }
    var lines = repair.losses.map { "lost: \($0)" }
    lines += repair.rebuilt.map { "made anew: \($0)" }
    if repair.losses.isEmpty { lines.append("nothing is lost") }
    lines += repair.remaining.map { "still wrong: \($0)" }
    lines.append("the files as they were are in \(setAside)")
    return lines
  }

  var json: JSONValue {
    var fields: [(String, JSONValue)] = [
      ("clean", .boolean(found.isClean)),
      ("problem_count", .integer(problemCount)),
      ("problems", .array(found.problems.map(json))),
      ("remarks", .array(found.remarks.map { .text($0) })),
      ("files", .integer(found.fileCount)), ("bytes", .integer(found.byteCount)),
      ("rows", .integer(found.rowCount)), ("user_ids", .integer(found.userCount)),
    ]
    if let repair {
      fields += [
        ("repaired", .boolean(repair.setAside != nil && repair.remaining.isEmpty)),
        ("losses", .array(repair.losses.map(json))),
        ("rebuilt", .array(repair.rebuilt.map { .text($0) })),
        ("set_aside", repair.setAside.map { .text($0) } ?? .null),
        ("remaining", .array(repair.remaining.map(json))),
      ]
    }
    return .fields(fields)
  }

  private func json(_ problem: StoreProblem) -> JSONValue {
    .fields([
      ("file", .text(problem.file)), ("place", problem.place.map { .text($0) } ?? .null),
      ("byte", problem.byteOffset.map { .integer($0) } ?? .null),
      ("reason", .text(problem.reason)),
    ])
  }

  private func json(_ loss: StoreLoss) -> JSONValue {
    .fields([
      ("kind", .text(loss.kind.rawValue)), ("file", .text(loss.file)),
      ("event", loss.eventType.map { .text($0.string) } ?? .null),
      ("rows", loss.rowCount.map { .integer($0) } ?? .null),
      ("earliest", .time(loss.times?.lowerBound)), ("latest", .time(loss.times?.upperBound)),
      ("first_user", loss.users.map { .integer($0.lowerBound) } ?? .null),
      ("users", loss.users.map { .integer($0.count) } ?? .null),
      ("byte", loss.byteOffset.map { .integer($0) } ?? .null),
      ("bytes", loss.byteCount.map { .integer($0) } ?? .null),
    ])
  }
}
