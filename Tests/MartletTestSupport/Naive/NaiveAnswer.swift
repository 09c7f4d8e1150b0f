public import MartletModel

/// Who is in a segment, who may still get in, and who was asked about.
public struct NaiveAnswer: Hashable, Sendable {
  public var matched: Set<Text>
  public var pending: Set<Text>
  public var universe: Set<Text>

  public init(matched: Set<Text>, pending: Set<Text>, universe: Set<Text>) {
    (self.matched, self.pending, self.universe) = (matched, pending, universe)
  }

  /// Hexadecimal SHA-256 of the matching ids, sorted by UTF-8 bytes, each followed by a newline.
  public var sha256: String { SHA256.ofLines(matched) }
}
