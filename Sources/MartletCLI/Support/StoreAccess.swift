import Martlet

/// Opening a store that a command writes to.
enum StoreAccess {
  /// A store that exists: a mistyped path must not make a new one.
  static func existing(_ path: String) throws(MartletError) -> EventStore {
    _ = try EventStore(at: path, access: .readOnly)
    return try writable(path)
  }

  /// A store, made where there is none. A command compacts when it says so, not in the background.
  static func writable(_ path: String) throws(MartletError) -> EventStore {
    var configuration = StoreConfiguration()
    configuration.compaction = .manual
    let store = try EventStore(at: path, configuration: configuration)
    if let dropped = store.recovery?.droppedByteCount, dropped > 0 {
      StandardError.remark(
        "\(path): \(Decimals.grouped(dropped)) bytes of a commit that had not ended when the last "
          + "writer stopped were dropped; what had been committed is there")
    }
    return store
  }
}
