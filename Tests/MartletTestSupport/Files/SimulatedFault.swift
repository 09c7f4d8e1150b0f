/// What goes wrong, and at which call of a `SimulatedFileSystem`.
public struct SimulatedFault: Hashable, Sendable {
  public enum Cause: Hashable, Sendable, CaseIterable {
    /// The system says EIO.
    case deviceError
    /// The system says ENOSPC.
    case diskFull
    /// The system says EMFILE to calls that open a file.
    case tooManyFiles
    /// The system says EACCES to calls that change the directory or open a file for writing.
    case noPermission
    /// The machine stops: this call and all later ones do nothing.
    case crash

    private static let opening: Set = [
      "list", "open", "map", "read", "create", "open for writing", "sync the directory", "lock",
    ]
    private static let changing: Set = [
      "make the directory", "create", "open for writing", "rename", "remove", "lock",
    ]

    func applies(to call: String) -> Bool {
      switch self {
      case .deviceError, .diskFull, .crash: true
      case .tooManyFiles: Cause.opening.contains(call)
      case .noPermission: Cause.changing.contains(call)
      }
    }
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
    case .tooManyFiles: "this process has too many open files"
    case .noPermission: "permission denied"
    case .crash: "the machine stopped"
    }
  }
}
