/// What goes wrong, and at which call of a `SimulatedFileSystem`.
public struct SimulatedFault: Hashable, Sendable {
  public enum Cause: Hashable, Sendable, CaseIterable {
    /// The system says EIO.
    case deviceError
    /// The system says ENOSPC.
    case diskFull
    /// The machine stops: this call and all later ones do nothing.
    case crash
  }

  /// The number of the first call that fails, from 0.
  public var call: Int
  public var cause: Cause
  /// Whether every later call fails too; a crash always lasts.
  public var lasts: Bool
  /// Whether the failing call does its work all the same before it reports the failure.
  public var takesEffect: Bool

  public init(
    atCall call: Int, _ cause: Cause, lasts: Bool = false, takesEffect: Bool = false
  ) {
    (self.call, self.cause) = (call, cause)
    self.lasts = lasts || cause == .crash
    self.takesEffect = takesEffect
  }

  func hits(_ number: Int) -> Bool { lasts ? number >= call : number == call }

  var words: String {
    switch cause {
    case .deviceError: "the device reported an error"
    case .diskFull: "the disk is full"
    case .crash: "the machine stopped"
    }
  }
}
