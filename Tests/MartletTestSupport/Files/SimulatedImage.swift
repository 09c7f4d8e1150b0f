/// A simulated disk as it was at one instant, and what of it was durable.
public struct SimulatedImage: Sendable {
  /// The call that came next: "sync /store/manifest.tmp".
  public let nextCall: String
  private var disk: SimulatedDisk

  init(_ disk: SimulatedDisk, nextCall: String) {
    self.nextCall = nextCall
    self.disk = disk
    // An image knows where it is in the list of calls.
    self.disk.calls = []
    self.disk.images = []
  }

  /// Whether a crash at this instant can leave more than one disk.
  public var hasUnsyncedWork: Bool { disk.hasUnsyncedWork }

  /// What the machine finds when it is started again after a crash at this instant.
  public func afterCrash(
    _ survival: CrashSurvival, using random: inout some RandomNumberGenerator
  ) -> SimulatedFileSystem {
    SimulatedFileSystem(disk.afterCrash(survival, using: &random))
  }
}
