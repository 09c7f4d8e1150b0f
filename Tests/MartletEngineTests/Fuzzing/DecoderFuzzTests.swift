import Testing

/// Damaged bytes, most of them with right checksums, never make a decoder trap, hang, read what
/// is not there, or give two answers.
///
/// A long run, under the address sanitizer and with a bound on memory:
///
///     MARTLET_FUZZ_INPUTS=10000000 ASAN_OPTIONS=hard_rss_limit_mb=2048 \
///       swift test --sanitize=address -Xswiftc -O --filter DecoderFuzzTests/log
@Suite(.serialized) struct DecoderFuzzTests {
  private let seeds: FuzzSeeds

  init() throws { seeds = try FuzzSeeds() }

  @Test func log() throws { _ = FuzzRun("log", try FuzzedLog(seeds)) }

  @Test func manifest() throws { _ = FuzzRun("manifest", try FuzzedManifest(seeds)) }

  @Test func userFile() throws { _ = FuzzRun("user file", try FuzzedUserFile(seeds)) }

  @Test func segmentFile() throws { _ = FuzzRun("segment file", try FuzzedSegmentFile(seeds)) }

  @Test func merge() throws { _ = FuzzRun("merge", try FuzzedMerge(seeds), cost: 4) }

  @Test func store() throws { _ = FuzzRun("store", try FuzzedStore(seeds), cost: 4) }
}
