/// How a set is stored.
public struct RoaringStatistics: Hashable, Sendable {
  /// Number of members.
  public internal(set) var cardinality = 0
  /// Blocks stored as sorted arrays, and the members in them.
  public internal(set) var arrayCount = 0
  /// Members in arrays.
  public internal(set) var arrayCardinality = 0
  /// Blocks stored as bitsets.
  public internal(set) var bitsetCount = 0
  /// Members in bitsets.
  public internal(set) var bitsetCardinality = 0
  /// Blocks stored as runs.
  public internal(set) var runBlockCount = 0
  /// Members in run blocks.
  public internal(set) var runCardinality = 0
  /// Runs in all run blocks.
  public internal(set) var runCount = 0
  /// Payload of all blocks, in bytes; headers and room to grow not included.
  public internal(set) var byteCount = 0

  /// Number of blocks.
  public var blockCount: Int { arrayCount + bitsetCount + runBlockCount }
}

extension RoaringReadable where Self: ~Escapable {
  /// How the set is stored.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public var statistics: RoaringStatistics {
    let source = readableBlocks.source
    var result = RoaringStatistics()
    for i in source.blocks.indices {
      let block = source.blocks[i]
      result.cardinality += block.cardinality
      result.byteCount += block.byteCount
      switch block.kind {
      case .array:
        result.arrayCount += 1
        result.arrayCardinality += block.cardinality
      case .bitset:
        result.bitsetCount += 1
        result.bitsetCardinality += block.cardinality
      case .run:
        result.runBlockCount += 1
        result.runCardinality += block.cardinality
        result.runCount += block.runCount
      }
    }
    return result
  }
}
