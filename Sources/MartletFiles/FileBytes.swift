public import MartletModel

/// Immutable bytes of a mapped or in-memory file.
///
/// Slices share the memory; it is unmapped or freed when the last of them goes.
public struct FileBytes: Sendable {
  private let memory: MappedMemory
  private let range: Range<Int>
  /// The file's name, for errors.
  public let name: String

  init(_ memory: MappedMemory, name: String) {
    (self.memory, self.name) = (memory, name)
    range = 0..<memory.byteCount
  }

  private init(_ memory: MappedMemory, range: Range<Int>, name: String) {
    (self.memory, self.range, self.name) = (memory, range, name)
  }

  /// A copy of the bytes, as if they were a file of that name.
  public init(_ bytes: [UInt8], name: String) {
    self.init(FileContent(bytes), name: name)
  }

  /// A copy of the content, as if it were that of a file of that name.
  public init(_ content: FileContent, name: String) {
    self.init(MappedMemory(copying: content), name: name)
  }

  /// How many bytes there are.
  public var count: Int { range.count }

  /// The bytes at those offsets, without a copy.
  /// - Throws: `.corrupt` where they do not all exist.
  public func slice(_ part: Range<Int>) throws(MartletError) -> FileBytes {
    guard part.lowerBound >= 0, part.upperBound <= count else {
      throw MartletError(
        .corrupt, file: name, place: "bytes \(part.lowerBound)..<\(part.upperBound)",
        "only \(count) bytes exist", remedy: "restore the file from a backup")
    }
    return FileBytes(
      memory, range: range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound,
      name: name)
  }

  /// The bytes in place.
  public var bytes: RawSpan {
    @_lifetime(borrow self)
    get { memory.bytes.extracting(range) }
  }

  /// A copy of the bytes.
  /// - Complexity: O(`count`).
  public func array() -> [UInt8] { memory.array(range) }
}
