/// What a repair of a store did.
public struct RepairReport: Hashable, Sendable {
  /// What was wrong.
  public var found = VerificationReport()
  /// What is gone from the store, all of it; empty where everything wrong could be made anew.
  public var losses: [StoreLoss] = []
  /// What was wrong and could be made anew from what is right, without a loss: a line each.
  public var rebuilt: [String] = []
  /// Where the files that were replaced lie, as they were, within the store's directory; nil
  /// where nothing was replaced.
  public var setAside: String?
  /// What is wrong still, which is nothing unless the disk fails or another program interferes.
  public var remaining: [StoreProblem] = []

  public init() {}
}
