import MartletEngine
import MartletModel
import MartletTestSupport

extension Engine {
  /// A writer of the store that tests share on a simulated disk.
  convenience init(
    writing system: SimulatedFileSystem, _ configuration: StoreConfiguration = StoreScript.quiet,
    fileCountMax: Int = Limits.files
  ) throws(MartletError) {
    try self.init(
      at: StoreScript.path, access: .readWrite, fileSystem: system,
      configuration: configuration, fileCountMax: fileCountMax)
  }

  convenience init(reading system: SimulatedFileSystem) throws(MartletError) {
    try self.init(at: StoreScript.path, access: .readOnly, fileSystem: system)
  }

  @discardableResult
  func append(
    _ rows: [ArrivalRow], _ links: [StoreScript.Link] = []
  ) throws(MartletError) -> AppendSummary {
    try append(try StoreScript.batch(rows, links))
  }

  @discardableResult
  func append(
    _ user: Text, _ type: Text = "A", at time: Int64, id: Text? = nil
  ) throws(MartletError) -> AppendSummary {
    let event = Event(
      user: user, type: type, at: Timestamp(milliseconds: time), insertID: id)
    return try append([.event(event)])
  }
}
