import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// The files of a store: which there are, and what is said of those that are damaged.
@Suite struct FileSetTests {
  /// A store of three commits.
  private func store() throws -> SimulatedFileSystem {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    for number in 0..<3 {
      for user in 0..<(number == 0 ? 20 : 1) {
        try engine.append(Text("u\(number)-\(user)"), at: Int64(user))
      }
      try engine.flush()
    }
    return system
  }

  private func names(_ system: SimulatedFileSystem) throws -> [String] {
    try system.list(StoreScript.path)
  }

  @Test func onlyNamedFilesAreThere() throws {
    let system = try store()
    #expect(
      try names(system) == [
        "lock", "manifest", "segment-00000002.martlet", "segment-00000005.martlet",
        "segment-00000008.martlet", "users-00000003.martlet", "users-00000009.martlet",
      ])
  }

  @Test func orphansGoWhenAWriterOpens() throws {
    let system = try store()
    let before = try names(system)
    for name in ["segment-00000099.martlet", "users-00000098.martlet", "manifest.tmp"] {
      system.place(StoreScript.path + "/" + name, [1, 2, 3])
    }
    system.place(StoreScript.path + "/notes.txt", [1])
    _ = try Engine(reading: system).content()
    #expect(try names(system).count == before.count + 5, "a reader removes nothing")
    let content = try Engine(writing: system).content()
    #expect(content.ids.count == 22)
    // The reader's leases lie in `readers`.
    #expect(try names(system) == (before + ["notes.txt", "readers"]).sorted())
  }

  @Test func manySmallCommitsMakeFewUserFiles() throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    for number in 0..<100 {
      try engine.append(Text("u\(number)"), at: 1)
      try engine.flush()
      let files = try names(system).filter { $0.hasPrefix("users-") }
      #expect(files.count <= 8, "after \(number + 1) commits: \(files)")
      #expect(try engine.snapshot().manifest.userFiles.count == files.count)
    }
    let ids = try engine.content().ids
    #expect(ids == (0..<100).map { Text("u\($0)") })
    #expect(try engine.snapshot().user(of: "u57") == 57)
    #expect(try engine.snapshot().user(of: "u100") == nil)
  }

  @Test(arguments: [
    "segment-00000002.martlet", "segment-00000008.martlet", "users-00000003.martlet",
    "users-00000009.martlet",
  ])
  func aMissingOrShortFileIsNamed(_ name: String) throws {
    let changes: [([UInt8]) -> [UInt8]?] = [
      { _ in nil }, { Array($0.dropLast()) }, { _ in [] }, { $0 + [0] },
      { bytes in bytes.map { ~$0 } },
    ]
    for (number, change) in changes.enumerated() {
      let system = try store()
      let path = StoreScript.path + "/" + name
      system.damage(path, change)
      let byWriter = #expect(throws: MartletError.self) { try Engine(writing: system) }
      let byReader = #expect(throws: MartletError.self) { try Engine(reading: system).snapshot() }
      for error in [byWriter, byReader] {
        #expect(error?.code == .corrupt && error?.file == path, "change \(number)")
        #expect(error?.remedy != nil, "change \(number)")
      }
    }
  }

  @Test func exchangedFilesOfUsersAreFound() throws {
    let system = try store()
    let paths = ["users-00000003.martlet", "users-00000009.martlet"].map {
      StoreScript.path + "/" + $0
    }
    let bytes = try paths.map { try system.read($0) }
    system.damage(paths[0]) { _ in bytes[1] }
    system.damage(paths[1]) { _ in bytes[0] }
    let error = #expect(throws: MartletError.self) { try Engine(writing: system) }
    #expect(error?.code == .corrupt)
  }
}
