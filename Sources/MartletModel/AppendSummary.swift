/// What became of the rows of a batch.
public struct AppendSummary: Hashable, Sendable {
  /// A row that the store does not take.
  public struct Refusal: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable {
      /// The user was forgotten, and not admitted again.
      case forgottenUser
      /// The event is older than what the store keeps.
      case expired
    }

    /// The row's place in the batch.
    public var row: Int
    public var reason: Reason

    public init(row: Int, reason: Reason) { (self.row, self.reason) = (row, reason) }
  }

  /// Events and trait updates taken.
  public var appended = 0
  /// Events dropped because their insert id was there already.
  public var duplicates = 0
  /// Ids that became another's from now on.
  public var identified = 0
  /// Identity links that changed nothing: the id had one already, or is a known user's.
  public var ignoredLinks = 0
  /// In the order of the batch.
  public var refusals: [Refusal] = []
  /// Whether rows were written to disk: a good moment to commit.
  public var didSeal = false

  public init() {}
}
