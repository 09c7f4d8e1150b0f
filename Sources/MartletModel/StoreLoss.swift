/// What a repair had to leave out of a store.
public struct StoreLoss: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A file of events, whole.
    case segmentFile = "segment_file"
    /// All events of a type in one file, or all its trait updates.
    case run
    /// Users whose ids cannot be read: the ids, and with them their events and traits.
    case users
    /// Which ids are whose, as far as one file told.
    case identities
    /// Commits in the log.
    case log
  }

  public var kind: Kind
  /// The file that held it, within the store's directory.
  public var file: String
  /// Of a run; nil for trait updates too.
  public var eventType: Text?
  /// Rows that are gone; nil where nobody knows.
  public var rowCount: Int?
  /// Earliest and latest time of these rows; nil where nobody knows.
  public var times: ClosedRange<Timestamp>?
  /// The users' places in the order of first sight.
  public var users: Range<Int>?
  /// Bytes of the file or of the log that are gone.
  public var byteCount: Int?
  /// Where they began.
  public var byteOffset: Int?

  public init(_ kind: Kind, file: String) { (self.kind, self.file) = (kind, file) }
}

extension StoreLoss: CustomStringConvertible {
  public var description: String {
    let rows = rowCount.map { "\($0) rows" } ?? "an unknown number of rows"
    let span = times.map { ", \($0.lowerBound) to \($0.upperBound)" } ?? ""
    let bytes = byteCount.map { ", \($0) bytes" } ?? ""
    let from = byteOffset.map { " from byte \($0) on" } ?? ""
    switch kind {
    case .segmentFile: return "\(file): the whole file\(bytes): \(rows)\(span)"
    case .run:
      return "\(file): \(eventType.map { "events \"\($0)\"" } ?? "trait updates"): \(rows)\(span)"
    case .users:
      let range = users.map { $0.isEmpty ? "none" : "\($0.lowerBound) to \($0.upperBound - 1)" }
      return "\(file): users \(range ?? "unknown"): their ids and \(rows)"
    case .identities: return "\(file): which ids are one user's"
    case .log: return "\(file): commits in the log\(from)\(bytes)"
    }
  }
}
