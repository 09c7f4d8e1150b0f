public import MartletFiles
import MartletModel
import Synchronization

/// A file system in memory that counts its calls, fails any of them on demand, and at a crash
/// loses what was not synced.
public final class SimulatedFileSystem: FileSystem {
  let disk: Mutex<SimulatedDisk>
  private let interruption = Mutex<(call: String, action: @Sendable () -> Void)?>(nil)

  public init() { disk = Mutex(SimulatedDisk()) }

  init(_ disk: SimulatedDisk) { self.disk = Mutex(disk) }

  /// What the machine finds when it is started again after a crash; no lock is held any more.
  public func afterCrash(
    _ survival: CrashSurvival, using random: inout some RandomNumberGenerator
  ) -> SimulatedFileSystem {
    var generator = random
    defer { random = generator }
    return SimulatedFileSystem(
      disk.withLock { $0.afterCrash(survival, using: &generator) })
  }

  /// From now on calls fail as the fault says; nil: none does. Counting starts again at 0.
  public func arm(_ fault: SimulatedFault?) {
    disk.withLock { disk in
      disk.fault = fault
      disk.calls = []
      disk.images = []
    }
  }

  /// From now on the disk before each call is kept in `images`: one run then shows what a crash
  /// at any of its calls leaves.
  public func keepImages() {
    disk.withLock { disk in
      disk.keepsImages = true
      disk.calls = []
      disk.images = []
    }
  }

  /// The disk before each of `calls`, since `keepImages`.
  public var images: [SimulatedImage] { disk.withLock { $0.images } }

  /// The disk as it is now.
  public var image: SimulatedImage { disk.withLock { SimulatedImage($0, nextCall: "nothing") } }

  /// A hash of all names and bytes; of the same content the same, within one process.
  public var fingerprint: Int {
    disk.withLock { disk in
      var hasher = Hasher()
      for (path, number) in disk.names.sorted(by: { $0.key < $1.key }) {
        hasher.combine(path)
        hasher.combine(disk.files[number]?.bytes)
      }
      return hasher.finalize()
    }
  }

  /// From now on syncs report success and do nothing, as those of a writer would that forgot them.
  public func ignoreSyncs(ofFiles files: Bool, ofDirectories directories: Bool) {
    disk.withLock { disk in
      (disk.ignoresFileSyncs, disk.ignoresDirectorySyncs) = (files, directories)
    }
  }

  /// The calls since `arm`, or since the start: "sync /store/manifest.tmp".
  public var calls: [String] { disk.withLock { $0.calls } }

  /// Runs `action` once, just before the next call whose text starts with `call`.
  public func interrupt(before call: String, _ action: @escaping @Sendable () -> Void) {
    interruption.withLock { $0 = (call, action) }
  }

  /// Replaces a file's bytes, as damage would; nil removes the file.
  public func damage(_ path: String, _ change: ([UInt8]) -> [UInt8]?) {
    disk.withLock { disk in
      guard let number = disk.names[path], let file = disk.files[number] else {
        preconditionFailure("\(path) does not exist")
      }
      if let bytes = change(file.bytes) {
        disk.files[number] = SimulatedDisk.File(bytes: bytes, syncedCount: bytes.count)
      } else {
        disk.names[path] = nil
        disk.durableNames[path] = nil
      }
    }
  }

  /// Puts a durable file in a directory that exists.
  public func place(_ path: String, _ bytes: [UInt8]) {
    disk.withLock { disk in
      let number = disk.addFile(path)
      disk.files[number] = SimulatedDisk.File(bytes: bytes, syncedCount: bytes.count)
      disk.sync(directory: Paths.directory(of: path))
    }
  }

  /// Counts a call and fails it where the fault says so; `partial` is what a failing call does.
  func perform<Result>(
    _ name: String, _ path: String, partial: (inout SimulatedDisk) -> Void = { _ in },
    _ work: (inout SimulatedDisk) throws(MartletError) -> Result
  ) throws(MartletError) -> Result {
    let call = "\(name) \(path)"
    let action = interruption.withLock { interruption -> (@Sendable () -> Void)? in
      guard let set = interruption, call.hasPrefix(set.call) else { return nil }
      interruption = nil
      return set.action
    }
    action?()
    return try disk.withLock { disk throws(MartletError) in
      let number = disk.calls.count
      if disk.keepsImages { disk.images.append(SimulatedImage(disk, nextCall: call)) }
      disk.calls.append(call)
      if let fault = disk.fault, fault.hits(number), fault.cause.applies(to: name) {
        // The call at which the machine stops may have been under way; later ones never start.
        let isFirst = number == fault.call
        if isFirst, fault.takesEffect { _ = try work(&disk) } else if isFirst { partial(&disk) }
        throw MartletError(.io, file: path, "cannot \(name): \(fault.words)")
      }
      return try work(&disk)
    }
  }

  static func missing(_ name: String, _ path: String) -> MartletError {
    MartletError(
      .noInput, file: path, "cannot \(name): there is no such file or directory",
      remedy: "check the path")
  }
}
