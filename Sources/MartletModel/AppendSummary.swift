/// What became of the rows of a batch.
public struct AppendSummary: Hashable, Sendable {
  /// Events and trait updates taken.
  public var appended = 0
  /// Events dropped because their insert id was there already.
  public var duplicates = 0
  /// Whether rows were written to disk: a good moment to commit.
  public var didSeal = false

  public init() {}
}
