import MartletFiles
import Testing

@Suite struct FileContentTests {
  private static func bytes(_ count: Int, from first: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: (first + $0) &* 31) }
  }

  /// Short and long pieces, in whatever order, are the bytes one after the other.
  @Test(arguments: [
    [], [0], [1, 1, 1], [3 << 20, 5, 7], [1 << 20, 1, 1 << 20], [5, (1 << 20) - 5, 1],
    [700_000, 700_000, 0, 10], [2 << 20, 2 << 20],
  ])
  func piecesAreTheBytesInOrder(_ counts: [Int]) throws {
    var content = FileContent()
    var other = FileContent([9, 8])
    var all: [UInt8] = []
    for count in counts {
      let bytes = Self.bytes(count, from: all.count)
      content.append(bytes)
      other.append(bytes)
      all += bytes
    }
    #expect(content.byteCount == all.count)
    let isJoined = content.joined() == all
    #expect(isJoined)
    #expect(content.pieces.allSatisfy { !$0.isEmpty })
    // Neighbours that fit into a piece together share one.
    let counts = content.pieces.map(\.count)
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 + $1 > 1 << 20 })
    let file = FileBytes(content, name: "f")
    #expect(file.count == all.count)
    let isCopied = file.array() == all
    #expect(isCopied)

    let before = other
    other.append(content)
    let isAppended = other.joined() == [9, 8] + all + all
    #expect(isAppended)
    let isUntouched = before.joined() == [9, 8] + all && content.joined() == all
    #expect(isUntouched)
  }

  @Test func aFileHasAllPieces() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/f"
    var content = FileContent(Self.bytes(1 << 20, from: 3))
    content.append(Self.bytes(2 << 20, from: 4))
    content.append([1])
    let system = POSIXFileSystem()
    try system.create(path, with: content)
    let isWritten = try system.read(path) == content.joined()
    #expect(isWritten)
    #expect(throws: (any Error).self) { try system.create(path, with: content) }
  }
}
