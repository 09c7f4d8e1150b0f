import MartletFiles
import MartletModel
import Testing

@Suite("File bytes")
struct FileBytesTests {
  @Test("Slices of slices count from their own start, and outlive the whole")
  func slices() throws {
    var whole: FileBytes? = FileBytes(Array(0..<100), name: "memory")
    let part = try #require(try whole?.slice(10..<50).slice(5..<10))
    whole = nil
    #expect(part.array() == [15, 16, 17, 18, 19])
    #expect(part.count == 5 && part.bytes.byteCount == 5)
    #expect(part.name == "memory")
    #expect(try part.slice(5..<5).array() == [])
    #expect(FileBytes([], name: "nothing").array() == [])
  }

  @Test("A slice outside is corrupt, with its place")
  func outside() {
    let bytes = FileBytes([1, 2, 3], name: "file")
    for range in [-1..<2, 0..<4, 4..<4, Int.max - 1..<Int.max] {
      let error = #expect(throws: MartletError.self) { _ = try bytes.slice(range) }
      #expect(error?.code == .corrupt && error?.file == "file")
      #expect(error?.place == "bytes \(range)")
      #expect(error?.reason == "only 3 bytes exist")
    }
  }

  @Test("A mapping lives as long as a slice of it, the file removed or not")
  func mapping() throws {
    let directory = try TemporaryDirectory()
    let files = POSIXFileSystem()
    let path = directory.file("data")
    try files.replaceAtomically(path, with: Array(repeating: 5, count: 10_000) + [6])
    let tail = try files.map(path).slice(9_999..<10_001)
    try files.remove(path)
    #expect(tail.array() == [5, 6])
    #expect(tail.name == path)
  }

  @Test("Paths")
  func paths() {
    #expect(Paths.directory(of: "/a/b/c") == "/a/b")
    #expect(Paths.directory(of: "/a/b//") == "/a")
    #expect(Paths.directory(of: "/a") == "/")
    #expect(Paths.directory(of: "/") == "/")
    #expect(Paths.directory(of: "a") == ".")
    #expect(Paths.name(of: "/a/b/c") == "c")
    #expect(Paths.name(of: "c/") == "c")
    #expect(Paths.name(of: "/") == "/")
    #expect(Paths.join("/a/", "b") == "/a/b")
    #expect(Paths.join("a", "b") == "a/b")
  }
}
