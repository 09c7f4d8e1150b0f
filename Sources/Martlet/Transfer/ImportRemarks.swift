import MartletModel

/// What deserves a word after an import.
enum ImportRemarks {
  /// A sentence for each reason for which the store refused rows.
  static func refusals(in summary: ImportSummary) -> [String] {
    var remarks: [String] = []
    if summary.refusedForgotten > 0 {
      remarks.append(
        "\(summary.refusedForgotten) rows are of users who were forgotten, and were refused")
    }
    if summary.refusedExpired > 0 {
      remarks.append(
        "\(summary.refusedExpired) events are older than what the store keeps, and were refused")
    }
    return remarks
  }
}

extension Timestamp {
  /// Later than any time of a row.
  static let afterAll = Timestamp(milliseconds: Timestamp.latest.milliseconds + 1)
}
