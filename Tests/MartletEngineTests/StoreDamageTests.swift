import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// Whatever byte of whatever file of a store changes, or is missing: the store answers as before,
/// or says which file is damaged.
@Suite struct StoreDamageTests {
  /// A store with files that compaction made, fresh ones, and commits in the log that were synced,
  /// with the lengths that prove it.
  private static func store() throws -> SimulatedFileSystem {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    for number in 0..<4 {
      var events = RandomEvents(userCount: 5, rowCount: 8)
      events.replayShare = 0.1
      try engine.append(events.rows(seed: UInt64(number)))
      if number == 1 {
        try engine.append([], [StoreScript.Link(kind: .alias, from: "a1", to: "u1")])
      }
      if number < 3 { try engine.flush() } else { try engine.commit() }
      if number == 1 {
        _ = try engine.forget(["u1", "p0"])
        _ = try engine.compact()
      }
    }
    try engine.append("u2", at: 7)
    try engine.commit()
    try engine.close()
    return system
  }

  private static let files: [String] = {
    do {
      return try store().list(StoreScript.path).filter { $0 != "lock" && $0 != "readers" }
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  @Test func theStoreHasFilesOfEveryKind() throws {
    let prefixes = Set(Self.files.map { $0.prefix { $0 != "-" } })
    #expect(prefixes == ["manifest", "segment", "users", "log"])
    #expect(Self.files.count >= 6, "\(Self.files)")
  }

  @Test(arguments: files)
  func everyChangedByteIsFoundOrHarmless(_ name: String) throws {
    let store = try Self.store()
    let expected = try Engine(reading: store).content()
    let path = StoreScript.path + "/" + name
    let bytes = try store.read(path)
    var harmlessCount = 0
    for offset in bytes.indices {
      for value in [bytes[offset] ^ 1 << UInt8(offset % 8), ~bytes[offset], bytes[offset] &+ 1] {
        var damaged = bytes
        damaged[offset] = value
        store.damage(path) { _ in damaged }
        let what = "\(name), byte \(offset) is \(value)"
        if try Self.expectNamedOrEqual(store, expected, name, what) { harmlessCount += 1 }
      }
    }
    // Reading all rows does not touch bitmaps and indexes, whose blocks have checksums of their own.
    let isReadWhole = !name.hasPrefix("segment-") && !name.hasPrefix("users-")
    let limit = isReadWhole ? 0 : 3 * bytes.count * 6 / 10
    #expect(harmlessCount <= limit, "\(name): \(harmlessCount) of \(3 * bytes.count)")
  }

  @Test(arguments: files)
  func everyMissingEndIsFound(_ name: String) throws {
    let store = try Self.store()
    let expected = try Engine(reading: store).content()
    let path = StoreScript.path + "/" + name
    let bytes = try store.read(path)
    for count in bytes.indices {
      store.damage(path) { _ in Array(bytes.prefix(count)) }
      let what = "\(name), \(count) of \(bytes.count) bytes"
      let isHarmless = try Self.expectNamedOrEqual(store, expected, name, what)
      #expect(!isHarmless, "\(what)")
    }
    if name == Manifest.fileName { return }
    store.damage(path) { _ in nil }
    #expect(try !Self.expectNamedOrEqual(store, expected, name, "\(name) is missing"))
  }

  /// Whether the answers are the same; if not, the error must name the file.
  private static func expectNamedOrEqual(
    _ store: SimulatedFileSystem, _ expected: StoreContent, _ name: String, _ what: String
  ) throws -> Bool {
    do {
      let content = try Engine(reading: store).content()
      #expect(content == expected, "\(what): other answers, and no error")
      return true
    } catch let error as MartletError {
      #expect([.corrupt, .tooNew].contains(error.code), "\(what): \(error)")
      #expect(error.file?.hasSuffix(name) == true, "\(what): \(error)")
      return false
    }
  }
}
