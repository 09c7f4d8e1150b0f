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

/// Calls that the system refuses, on special files that refuse them always: each error names the
/// path and what was tried.
@Suite("Calls that the operating system refuses")
struct RefusedCallTests {
  let files = POSIXFileSystem()

  @Test("A sync that fails is an error; the file is of no use then", .requires("/dev/full"))
  func sync() throws {
    // A character device has nothing to sync.
    let file = try files.append("/dev/full")
    let error = #expect(throws: MartletError.self) { try file.sync() }
    #expect(error?.code == .io && error?.file == "/dev/full")
    #expect(error?.reason == "cannot sync: system error \(EINVAL)")
    let later = #expect(throws: MartletError.self) { try file.sync() }
    #expect(later?.code == .poisoned && later?.file == "/dev/full")
    #expect(throws: MartletError.self) { try file.write([1]) }
    try file.close()
  }

  @Test("A directory that cannot be synced is an error", .requires("/proc/self"))
  func syncDirectory() {
    let error = #expect(throws: MartletError.self) { try files.syncDirectory("/proc/self") }
    #expect(error?.code == .io && error?.file == "/proc/self")
    #expect(error?.reason.hasPrefix("cannot sync the directory: ") == true)
  }

  /// Files of this kind state a length, hold less, and cannot be mapped.
  private static let stated = "/sys/kernel/uevent_seqnum"

  @Test("A file that cannot be mapped says so", .requires(RefusedCallTests.stated))
  func map() {
    let error = #expect(throws: MartletError.self) { try files.map(Self.stated) }
    #expect(error?.code == .io && error?.file == Self.stated)
    #expect(error?.reason == "cannot map: the file system does not support it")
    #expect(error?.remedy == "use a local disk")
  }

  @Test("A file that ends early is read as far as it goes", .requires(RefusedCallTests.stated))
  func shortRead() throws {
    let stated = try files.fileByteCount(Self.stated)
    let bytes = try files.read(Self.stated)
    #expect(bytes.count < stated && bytes.last == UInt8(ascii: "\n"))
    #expect(bytes.dropLast().allSatisfy { (0x30...0x39).contains($0) })
  }

  @Test("A file in place of a directory is not listed, synced or made one")
  func notADirectory() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("plain")
    try files.replaceAtomically(path, with: [])
    for body: () throws -> Void in [
      { _ = try files.list(path) }, { try files.syncDirectory(path) },
      { try files.createDirectory(path) },
    ] {
      let error = #expect(throws: MartletError.self) { try body() }
      #expect(error?.code == .io && error?.file == path)
      #expect(error?.reason.hasSuffix("a part of the path is a file, not a directory") == true)
    }
  }

  @Test("A lock needs a file that it can be written into", .requires("/dev/full"))
  func lock() throws {
    let directory = try TemporaryDirectory()
    let error = #expect(throws: MartletError.self) { _ = try files.lock(directory.path) }
    #expect(error?.code == .io && error?.file == directory.path)
    #expect(error?.reason == "cannot open the lock file: it is a directory")
    // A device cannot be cut to its new content.
    for _ in 0..<2 {
      let device = #expect(throws: MartletError.self) { _ = try files.lock("/dev/full") }
      // Never "locked": the failed call must not keep the lock.
      #expect(device?.code == .io && device?.file == "/dev/full")
      #expect(device?.reason == "cannot write the lock file: system error \(EINVAL)")
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs a test only where the system has a file.
  fileprivate static func requires(_ path: String) -> Self {
    .enabled(if: POSIXFileSystem().exists(path), "there is no \(path) here")
  }
}
