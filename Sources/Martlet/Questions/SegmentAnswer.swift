public import MartletLanguage
public import MartletModel
public import RoaringBitmap

/// An answer, with all that it assumed.
public struct SegmentAnswer: Sendable {
  /// Ordinals of the users in the segment.
  public let matched: RoaringBitmap
  /// Ordinals of the users for whom the question is not decided yet.
  public let pendingUsers: RoaringBitmap
  /// How many users there were before *as of*.
  public let universe: Int
  /// The question's instant.
  public let asOf: Timestamp
  /// The question's zone.
  public let timeZone: String
  /// The question; its description is canonical.
  public let expression: SegmentExpression

  /// How many users are in the segment.
  public var count: Int { matched.count }
  /// How many users are undecided; 0 where the question has no deadline that lies ahead.
  public var pending: Int { pendingUsers.count }
}

extension SegmentAnswer: CustomStringConvertible {
  /// `328 of 600 users as of 2024-07-01T00:00:00.000Z (UTC): did purchase`
  public var description: String {
    let open = pending == 0 ? "" : ", \(pending) pending"
    return "\(count) of \(universe) users\(open) as of \(asOf) (\(timeZone)): \(expression)"
  }
}
