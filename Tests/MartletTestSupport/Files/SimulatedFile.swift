import MartletEncoding
import MartletFiles
import MartletModel
import Synchronization

/// A file of a `SimulatedFileSystem`, open for writing at its end.
final class SimulatedFile: WritableFile {
  private enum State { case open, poisoned, closed }

  private let system: SimulatedFileSystem
  private let number: Int
  private let path: String
  private let state = Mutex(State.open)

  init(_ system: SimulatedFileSystem, number: Int, path: String) {
    (self.system, self.number, self.path) = (system, number, path)
  }

  var byteCount: Int { system.disk.withLock { $0.files[number]?.bytes.count ?? 0 } }

  func write(_ bytes: RawSpan) throws(MartletError) {
    try write(bytes.array())
  }

  func write(_ bytes: [UInt8]) throws(MartletError) {
    try checkUsable()
    let number = number
    let half = bytes.prefix((bytes.count + 1) / 2)
    try poisoning { () throws(MartletError) in
      try system.perform(
        "write", path, partial: { $0.files[number]?.bytes.append(contentsOf: half) },
        { $0.files[number]?.bytes.append(contentsOf: bytes) })
    }
  }

  func sync() throws(MartletError) {
    try checkUsable()
    let number = number
    try poisoning { () throws(MartletError) in
      try system.perform("sync", path) { disk in
        if !disk.ignoresFileSyncs { disk.files[number]?.sync() }
      }
    }
  }

  func close() throws(MartletError) {
    let wasClosed = state.withLock { state in
      defer { if state == .open { state = .closed } }
      return state == .closed
    }
    if wasClosed { return }
    try system.perform("close", path) { _ in }
  }

  private func checkUsable() throws(MartletError) {
    let state = state.withLock { $0 }
    precondition(state != .closed, "\(path) is used after it was closed")
    guard state != .poisoned else {
      throw MartletError(.poisoned, file: path, "an earlier write or sync of this file failed")
    }
  }

  private func poisoning(_ body: () throws(MartletError) -> Void) throws(MartletError) {
    do throws(MartletError) {
      try body()
    } catch {
      state.withLock { $0 = .poisoned }
      throw error
    }
  }
}
