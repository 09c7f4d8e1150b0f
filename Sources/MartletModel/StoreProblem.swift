/// Something that is wrong with a store's bytes.
public struct StoreProblem: Hashable, Sendable {
  /// The file's name within the store's directory.
  public var file: String
  /// Where in the file: "run Purchase, times, page 3"; nil where it is the file as a whole.
  public var place: String?
  /// The first byte of what is wrong, where that is one place.
  public var byteOffset: Int?
  /// What is wrong.
  public var reason: String

  public init(
    file: String, place: String? = nil, byteOffset: Int? = nil, _ reason: String
  ) {
    (self.file, self.place, self.byteOffset, self.reason) = (file, place, byteOffset, reason)
  }
}

extension StoreProblem: CustomStringConvertible {
  /// `FILE, byte OFFSET, PLACE: REASON`
  public var description: String {
    [file, byteOffset.map { "byte \($0)" }, place].compactMap { $0 }.joined(separator: ", ")
      + ": " + reason
  }
}
