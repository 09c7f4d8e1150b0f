import MartletEncoding
import MartletModel
import MartletSegmentFile
package import RoaringBitmap

/// The users that were forgotten: whose rows must not be seen, and whose ids must not come back.
///
/// Ids are kept as keyed hashes, so that the store can refuse them without holding them.
package struct ForgottenUsers: Hashable, Sendable {
  /// Ordinals whose id, rows and traits compaction has not erased yet.
  package var ordinals = RoaringBitmap()
  /// The store's own key, drawn when the first user is forgotten.
  private var key: SipHash128.Pair?
  private var ids: Set<SipHash128.Pair> = []

  package init() {}

  package var idCount: Int { ids.count }

  /// Whether the id was forgotten and not admitted again.
  package func contains(_ id: RawSpan) -> Bool {
    guard let key, !ids.isEmpty else { return false }
    return ids.contains(SipHash128.hash(id, key: key))
  }

  /// Refuses an id from now on.
  mutating func insert(_ id: RawSpan) throws(MartletError) {
    guard ids.count < Limits.forgottenIDs else {
      throw MartletError(
        .limit, "\(Limits.forgottenIDs) users are forgotten, which is the limit",
        remedy: "admit some again, or split the users over several stores")
    }
    let key =
      key
      ?? SipHash128.Pair(low: .random(in: .min ... .max), high: .random(in: .min ... .max))
    self.key = key
    ids.insert(SipHash128.hash(id, key: key))
  }

  /// Takes an id again; false where it was not forgotten.
  mutating func remove(_ id: RawSpan) -> Bool {
    guard let key else { return false }
    return ids.remove(SipHash128.hash(id, key: key)) != nil
  }

  func write(to writer: inout ByteWriter) {
    writer.writeUInt8(key == nil ? 0 : 1)
    guard let key else { return }
    ForgottenUsers.write(key, to: &writer)
    writer.writeVarint(UInt64(ids.count))
    for id in ids.sorted() { ForgottenUsers.write(id, to: &writer) }
    var optimized = ordinals
    optimized.runOptimize()
    let bitmap = optimized.serialized()
    writer.writeVarint(UInt64(bitmap.count))
    writer.writeBytes(bitmap)
  }

  init(from reader: inout ByteReader) throws(MartletError) {
    guard try reader.readFlag() else { return }
    key = try ForgottenUsers.readPair(from: &reader)
    var previous: SipHash128.Pair?
    for _ in 0..<(try reader.readCount(limit: Limits.forgottenIDs)) {
      let id = try ForgottenUsers.readPair(from: &reader)
      guard previous.map({ $0 < id }) ?? true else {
        throw MartletError(
          .corrupt, "the forgotten ids are out of order", remedy: BlockHandle.remedy)
      }
      ids.insert(id)
      previous = id
    }
    let byteCount = try reader.readCount(limit: SegmentFileFormat.blockByteCountMax)
    let bytes = try reader.readBytes(byteCount)
    do {
      ordinals = try RoaringBitmap(serialized: bytes)
    } catch {
      throw MartletError(
        .corrupt, "the forgotten ordinals: \(error)", remedy: BlockHandle.remedy)
    }
  }

  private static func write(_ pair: SipHash128.Pair, to writer: inout ByteWriter) {
    writer.writeUInt64(pair.low)
    writer.writeUInt64(pair.high)
  }

  private static func readPair(
    from reader: inout ByteReader
  ) throws(MartletError) -> SipHash128.Pair {
    let low = try reader.readUInt64()
    return SipHash128.Pair(low: low, high: try reader.readUInt64())
  }
}
