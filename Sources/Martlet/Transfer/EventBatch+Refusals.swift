import MartletGenerator
import MartletImport
import MartletModel

extension EventBatch {
  /// The rows that a store refused, as rejects: their lines are not known any more, so each has the
  /// row itself.
  func rejects(of refusals: [AppendSummary.Refusal], file: String) -> [Reject] {
    guard !refusals.isEmpty else { return [] }
    var writer = NDJSONWriter()
    return refusals.map { refusal in
      var line: [UInt8] = []
      writer.write(row(refusal.row), into: &line)
      if line.last == 0x0A { line.removeLast() }
      let reason =
        switch refusal.reason {
        case .forgottenUser: "the user was forgotten"
        case .expired: "older than what the store keeps"
        }
      return Reject(
        file: file, line: nil, field: nil, reason: reason,
        raw: Array(line.prefix(Reject.rawByteCount)),
        isTruncated: line.count > Reject.rawByteCount)
    }
  }

  /// A batch of one row; texts, names and items stay where they are.
  private func row(_ row: Int) -> EventBatch {
    var part = self
    (part.users, part.types) = ([users[row]], [types[row]])
    (part.timestamps, part.insertIDs) = ([timestamps[row]], [insertIDs[row]])
    part.cells = Array(cells[cellRange(ofRow: row)])
    part.cellEnds = [UInt32(part.cells.count)]
    part.links = []
    return part
  }
}
