import Testing

/// Damaged bytes, most of them with right checksums, never make a decoder trap, hang, read what
/// is not there, or give two answers.
///
/// A few inputs of each kind. Long runs, under the address sanitizer and guided by coverage too, are
/// those of `Benchmarks/DecoderFuzz`, which is made of the same files.
@Suite(.serialized) struct DecoderFuzzTests {
  private let seeds: FuzzSeeds

  init() throws { seeds = try FuzzSeeds() }

  @Test func page() { expectNone(FuzzRun("page", FuzzedPage())) }

  @Test func log() throws { expectNone(FuzzRun("log", try FuzzedLog(seeds))) }

  @Test func manifest() throws { expectNone(FuzzRun("manifest", try FuzzedManifest(seeds))) }

  @Test func userFile() throws { expectNone(FuzzRun("user file", try FuzzedUserFile(seeds))) }

  @Test func segmentFile() throws {
    expectNone(FuzzRun("segment file", try FuzzedSegmentFile(seeds)))
  }

  @Test func merge() throws { expectNone(FuzzRun("merge", try FuzzedMerge(seeds), cost: 4)) }

  @Test func store() throws { expectNone(FuzzRun("store", try FuzzedStore(seeds), cost: 4)) }

  @Test func repair() throws { expectNone(FuzzRun("repair", try FuzzedRepair(seeds), cost: 40)) }

  private func expectNone(_ run: FuzzRun) {
    for problem in run.problems { Issue.record(Comment(rawValue: problem)) }
  }
}
