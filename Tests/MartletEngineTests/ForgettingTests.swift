import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// Users who were forgotten stay away, whatever happens to the files.
@Suite struct ForgettingTests {
  /// The files of users that a new writer loads are older than the forgetting.
  @Test(arguments: [false, true])
  func aNewWritersCompactionDoesNotBringThemBack(_ hasCorrection: Bool) throws {
    let system = SimulatedFileSystem()
    var engine: Engine? = try Engine(writing: system)
    try engine?.append("u0", at: 100)
    try engine?.append("u1", at: 100)
    try engine?.flush()
    if hasCorrection {
      try engine?.append("u0", at: 50)
      try engine?.flush()
    }
    #expect(try engine?.forget(["u0"]) == [])
    engine = nil
    engine = try Engine(writing: system)
    _ = try engine?.compact()
    let content = try engine?.content(universesBefore: [.max])
    #expect(content?.universes == [[1]])
    #expect(content?.ids == ["", "u1"])
  }
}
