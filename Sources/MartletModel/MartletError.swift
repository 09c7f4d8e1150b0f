/// What went wrong, where, and what to do about it.
public struct MartletError: Error, Hashable, Sendable {
  /// The kind of failure; decides the exit code of the command line.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// Wrong arguments or a question that cannot be understood (exit 64).
    case usage
    /// Input that is not what it should be (exit 65).
    case badData
    /// Stored bytes that are damaged (exit 65).
    case corrupt
    /// Stored bytes of a newer version of the format (exit 65).
    case tooNew
    /// A row that the store does not take: of a forgotten user, or older than it keeps (exit 65).
    case refused
    /// A limit of `Limits` is exceeded (exit 65).
    case limit
    /// No such file or store (exit 66).
    case noInput
    /// Another process writes to the store (exit 69).
    case locked
    /// The operating system refused (exit 74).
    case io
    /// An earlier failed write or sync made this writer unusable (exit 74).
    case poisoned
  }

  public var code: Code
  /// The file, where there is one.
  public var file: String?
  /// Where in the file: "line 12, field timestamp", "byte 4096", "run Purchase, times, page 3".
  public var place: String?
  /// What is wrong.
  public var reason: String
  /// What the reader can do.
  public var remedy: String?

  public init(
    _ code: Code, file: String? = nil, place: String? = nil, _ reason: String,
    remedy: String? = nil
  ) {
    (self.code, self.file, self.place) = (code, file, place)
    (self.reason, self.remedy) = (reason, remedy)
  }
}

extension MartletError: CustomStringConvertible {
  /// `FILE, PLACE: REASON (REMEDY)`
  public var description: String {
    let context = [file, place].compactMap { $0 }.joined(separator: ", ")
    let tail = remedy.map { " (\($0))" } ?? ""
    return (context.isEmpty ? "" : context + ": ") + reason + tail
  }
}
