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

@Suite("File locks")
struct FileLockTests {
  let files = POSIXFileSystem()

  @Test("Two handles of one process exclude each other, until release")
  func exclusive() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("LOCK")
    let lock = try files.lock(path)
    let error = #expect(throws: MartletError.self) { _ = try files.lock(path) }
    #expect(error?.code == .locked)
    #expect(error?.reason == "locked by process \(getpid())")
    lock.release()
    lock.release()
    let again = try files.lock(path)
    #expect(try files.read(path) == Array("\(getpid())\n".utf8))
    again.release()
  }

  @Test("A lock goes with its last reference")
  func scope() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("LOCK")
    do {
      let lock = try files.lock(path)
      #expect(files.exists(path))
      withExtendedLifetime(lock) {}
    }
    try files.lock(path).release()
  }

  @Test("A shorter process id leaves nothing of a longer one")
  func processID() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("LOCK")
    let file = try files.create(path)
    try file.write(Array("123456789012345\n".utf8))
    try file.close()
    let lock = try files.lock(path)
    #expect(try files.read(path) == Array("\(getpid())\n".utf8))
    lock.release()
  }

  @Test("A process that dies with a lock leaves it free, and a living one holds it")
  func otherProcess() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("LOCK")
    let mine = try files.lock(path)
    await #expect(processExitsWith: .exitCode(69)) { [path = path as String] in
      do {
        try POSIXFileSystem().lock(path).release()
      } catch let error as MartletError where error.code == .locked {
        exit(69)
      }
    }
    mine.release()
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
      let lock = try POSIXFileSystem().lock(path)
      withExtendedLifetime(lock) { exit(7) }
    }
    #expect(try files.read(path) != Array("\(getpid())\n".utf8))
    try files.lock(path).release()
  }
}
