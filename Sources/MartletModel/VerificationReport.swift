/// What a look at every byte of a store found.
public struct VerificationReport: Hashable, Sendable {
  /// Problems that a report lists; more are counted only.
  public static let listedProblemCountMax = 1000

  /// What is wrong, in the order in which it was found.
  public var problems: [StoreProblem] = []
  /// Problems beyond those listed.
  public var unlistedProblemCount = 0
  /// What is worth knowing and no damage, a line each: files that are no part of the store, the
  /// trace of a commit that a crash cut short.
  public var remarks: [String] = []
  /// Files that the store consists of, the manifest and the log included.
  public var fileCount = 0
  /// Their bytes.
  public var byteCount = 0
  /// Events and trait updates, as far as they could be read.
  public var rowCount = 0
  /// User ids, those that were erased included.
  public var userCount = 0

  public init() {}

  /// Whether nothing is wrong.
  public var isClean: Bool { problems.isEmpty }
}
