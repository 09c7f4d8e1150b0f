import MartletModel
import RoaringBitmap

/// Holds what is recorded of when users were first seen against their rows.
///
/// Rows may lie under any of a user's ordinals, and what is recorded under any of them counts: the
/// least of all is the user's.
struct FirstSeenCheck {
  let identity: IdentityTable
  /// Whose rows and times do not count any more.
  let forgotten: RoaringBitmap
  /// Whether `rows` knows all rows.
  let isWhole: Bool

  /// What is wrong; nil where nothing is.
  /// - Parameters:
  ///   - recorded: by ordinal, corrections included.
  ///   - rows: the earliest time of each ordinal's rows.
  func fault(recorded: [Int64], rows: [Int64]) -> String? {
    var (recorded, rows) = (recorded, rows)
    for alias in identity.aliases where Int(alias) < recorded.count {
      let user = Int(identity.canonical(of: alias))
      // A user whom only the log knows stands for ids of the files.
      while recorded.count <= user {
        recorded.append(UserTable.neverSeen)
        rows.append(UserTable.neverSeen)
      }
      recorded[user] = min(recorded[user], recorded[Int(alias)])
      rows[user] = min(rows[user], rows[Int(alias)])
      (recorded[Int(alias)], rows[Int(alias)]) = (UserTable.neverSeen, UserTable.neverSeen)
    }
    for user in recorded.indices where recorded[user] != rows[user] {
      if forgotten.contains(UInt32(user)) { continue }
      if !isWhole, recorded[user] < rows[user] { continue }
      return "user \(user) was first seen at \(name(rows[user])), not at \(name(recorded[user]))"
    }
    return nil
  }

  private func name(_ time: Int64) -> String {
    time == UserTable.neverSeen
      ? "no time" : Timestamp(milliseconds: time).description
  }
}
