import Martlet

extension SegmentAnswer {
  /// `328 of 600 users, 4 pending`
  var counts: String {
    let open = pending == 0 ? "" : ", \(Decimals.grouped(pending)) pending"
    return "\(Decimals.grouped(count)) of \(Decimals.grouped(universe)) users\(open)"
  }

  /// What every JSON form of the answer begins with.
  var fields: [(String, JSONValue)] {
    [
      ("count", .integer(count)), ("pending", .integer(pending)),
      ("universe", .integer(universe)), ("as_of", .time(asOf)), ("timezone", .text(timeZone)),
      ("expression", .text(expression.description)),
    ]
  }
}
