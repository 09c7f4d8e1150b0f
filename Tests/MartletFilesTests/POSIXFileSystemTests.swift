import MartletFiles
import MartletModel
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("POSIX files")
struct POSIXFileSystemTests {
  let files = POSIXFileSystem()
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  func write(_ bytes: [UInt8], to path: String) throws {
    let file = try files.create(path)
    try file.write(bytes)
    try file.sync()
    try file.close()
  }

  @Test("What is written is read and mapped")
  func roundTrip() throws {
    for content in [[], [1], Array(repeating: UInt8(7), count: 100_000)] {
      let path = directory.file("file-\(content.count)")
      try write(content, to: path)
      #expect(try files.read(path) == content)
      #expect(try files.map(path).array() == content)
      #expect(try files.fileByteCount(path) == content.count)
      #expect(files.exists(path) && !files.isDirectory(path))
    }
  }

  @Test("Appending goes on at the end and knows the length")
  func append() throws {
    let path = directory.file("log")
    try write([1, 2], to: path)
    let file = try files.append(path)
    #expect(file.byteCount == 2)
    try file.write([3])
    try file.write(FileBytes([4, 5], name: "memory").bytes)
    #expect(file.byteCount == 5)
    try file.close()
    try file.close()
    #expect(try files.read(path) == [1, 2, 3, 4, 5])
    let missing = error(of: { _ = try files.append(directory.file("none")) })
    #expect(missing?.code == .noInput)
  }

  @Test("An existing file is not created again")
  func exclusive() throws {
    let path = directory.file("once")
    try write([1], to: path)
    let error = error(of: { _ = try files.create(path) })
    #expect(error == MartletError(.io, file: path, "cannot create: it exists already"))
  }

  @Test("Directories with their parents, listed in byte order")
  func directories() throws {
    let deep = directory.file("a/b/c")
    try files.createDirectory(deep)
    try files.createDirectory(deep + "/")
    #expect(files.isDirectory(deep))
    for name in ["b", "a", "é", "Z", ".hidden"] { try write([], to: Paths.join(deep, name)) }
    #expect(try files.list(deep) == [".hidden", "Z", "a", "b", "é"])
    try files.syncDirectory(deep)
    try files.remove(Paths.join(deep, "a"))
    #expect(!files.exists(Paths.join(deep, "a")))
    #expect(
      error(of: { try files.remove(deep) })?.reason == "cannot remove: the directory is not empty")
    #expect(error(of: { _ = try files.read(deep) })?.reason == "cannot open: it is a directory")
  }

  @Test("Renaming replaces")
  func rename() throws {
    let (old, new) = (directory.file("old"), directory.file("new"))
    try write([1], to: old)
    try write([2], to: new)
    try files.rename(old, to: new)
    #expect(try files.read(new) == [1])
    #expect(!files.exists(old))
  }

  @Test("A file is replaced as a whole, over what a crash left")
  func replaceAtomically() throws {
    let path = directory.file("CURRENT")
    try files.replaceAtomically(path, with: [1, 2, 3])
    try write([9], to: path + ".tmp")
    try files.replaceAtomically(path, with: [4])
    #expect(try files.read(path) == [4])
    #expect(try files.list(directory.path) == ["CURRENT"])
  }

  @Test("What does not exist is no input, with the path")
  func missing() {
    let path = directory.file("none/at all")
    for body: () throws -> Void in [
      { _ = try files.read(path) }, { _ = try files.map(path) },
      { _ = try files.fileByteCount(path) }, { _ = try files.list(path) },
      { try files.remove(path) }, { try files.rename(path, to: path + "2") },
      { try files.syncDirectory(path) }, { _ = try files.create(path) },
    ] {
      let error = error(of: body)
      #expect(error?.code == .noInput && error?.file == path, "\(String(describing: error))")
      #expect(error?.reason.hasSuffix("there is no such file or directory") == true)
    }
  }

  @Test("A file in place of a directory is named as such")
  func notADirectory() throws {
    let path = directory.file("plain")
    try write([], to: path)
    let error = error(of: { try files.createDirectory(Paths.join(path, "child")) })
    #expect(error?.code == .io)
    #expect(error?.reason.hasSuffix("a part of the path is a file, not a directory") == true)
  }

  @Test(
    "A full disk is an error with a remedy, and the file is of no use afterwards",
    .enabled(if: POSIXFileSystem().exists("/dev/full")))
  func diskFull() throws {
    let file = try files.append("/dev/full")
    let error = error(of: { try file.write([1]) })
    #expect(error?.description.hasPrefix("/dev/full: cannot write: the disk is full") == true)
    #expect(error?.remedy?.contains("free some space") == true)
    for body: () throws -> Void in [{ try file.write([1]) }, { try file.sync() }] {
      #expect(self.error(of: body)?.code == .poisoned)
    }
    try file.close()
    #expect(self.error(of: { try file.write([1]) })?.code == .poisoned)
  }

  func error(of body: () throws -> Void) -> MartletError? {
    do {
      try body()
      return nil
    } catch {
      return error as? MartletError
    }
  }
}
