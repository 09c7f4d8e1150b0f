/// Where the bytes of an import come from.
public struct ImportSource: Sendable {
  enum Origin: Sendable {
    case standardInput
    case file
    case bytes([UInt8])
  }

  /// How messages name it: the path, or `-` for standard input.
  public let name: String
  let origin: Origin

  /// A file, which may be a pipe; `-` is standard input.
  public init(path: String) {
    name = path
    origin = path == "-" ? .standardInput : .file
  }

  /// Bytes in memory, as if they were a file of that name.
  public init(_ bytes: [UInt8], name: String) {
    self.name = name
    origin = .bytes(bytes)
  }
}
