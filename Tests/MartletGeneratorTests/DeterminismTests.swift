import MartletGenerator
import MartletModel
import Testing

@Suite("The same options give the same bytes")
struct DeterminismTests {
  @Test("SHA-256 knows its test vectors")
  func hashVectors() {
    #expect(
      SHA256.hash(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hash([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  /// A changed hash means that data generated before cannot be generated again: say so in the
  /// change's notes.
  @Test(
    "Golden output",
    arguments: [
      (
        GeneratorOptions.Profile.uniform,
        "7a551d2f80e3c2b5fa1e204cc198502abf2c8e633ea058cb26bd23dbe7bee63b"
      ),
      (.realistic, "a1081889b5b6a17bb669f3d35b84b99c5c8c535fd7e263b99b56709ad26805d4"),
    ])
  func golden(profile: GeneratorOptions.Profile, hash: String) throws {
    var options = Generated.options(profile)
    (options.users, options.events) = (200, 2000)
    options.insertIDs = true
    options.lateShare = 0.01
    options.duplicateShare = 0.01
    #expect(SHA256.hash(try Generated.ndjson(options)) == hash)
  }

  @Test("Another seed gives other events", arguments: GeneratorOptions.Profile.allCases)
  func seeds(profile: GeneratorOptions.Profile) throws {
    var options = Generated.options(profile)
    let first = try Generated.ndjson(options)
    options.seed += 1
    let second = try Generated.ndjson(options)
    let common = Set(Generated.lines(first)).intersection(Generated.lines(second))
    // The empty piece after the last line break is in both.
    #expect(common.count == 1)
  }

  @Test(
    "Slices made by many tasks join to the same bytes", arguments: GeneratorOptions.Profile.allCases
  )
  func concurrency(profile: GeneratorOptions.Profile) async throws {
    let options = Generated.options(profile)
    let generator = try EventGenerator(options)
    #expect(generator.sliceCount >= 2)
    let pieces = await withTaskGroup(of: (Int, [UInt8]).self) { group in
      for slice in (0..<generator.sliceCount).reversed() {
        group.addTask {
          var writer = NDJSONWriter()
          var output: [UInt8] = []
          writer.write(generator.batch(ofSlice: slice), into: &output)
          return (slice, output)
        }
      }
      return await group.reduce(into: [Int: [UInt8]]()) { $0[$1.0] = $1.1 }
    }
    let joined = (0..<generator.sliceCount).flatMap { pieces[$0] ?? [] }
    #expect(joined == (try Generated.ndjson(options)))
  }
}
