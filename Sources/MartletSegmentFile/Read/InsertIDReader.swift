import MartletEncoding
import MartletFiles
import MartletModel

/// Searches a file's index of insert ids in place; a page's checksum is verified when it is first
/// touched. Safe to use from several threads.
final class InsertIDReader: Sendable {
  /// Where a page lies, so that a search need not work it out.
  private struct Page {
    /// Of the first end of a bucket.
    let ends: Int
    /// Of the first remainder.
    let remainders: Int
    let count: Int
  }

  /// Searches whose cache lines are waited for together.
  private static let groupCount = 64

  private let index: InsertIDIndex
  private let shape: InsertIDShape
  private let bytes: FileBytes
  private let pages: [Page]
  private let verified: PageMarks

  init(_ index: InsertIDIndex, in bytes: FileBytes) {
    (self.index, self.bytes) = (index, bytes)
    let shape = InsertIDShape(count: index.count)
    self.shape = shape
    pages = index.pages.map { page in
      let count = shape.idCount(ofPageOf: Int(page.byteCount)) ?? 0
      let start = Int(truncatingIfNeeded: page.offset)
      return Page(
        ends: start, remainders: start &+ shape.endsByteCount(ofIDs: count), count: count)
    }
    verified = PageMarks(pageCount: index.pages.count)
  }

  /// Which of many insert ids may be in the file: their places among `fingerprints`, ascending.
  ///
  /// One that is there is always found. One that is not is found about once in two million
  /// searches: as often as one of the some eight ids of its bucket has the same 24 bits.
  ///
  /// Looks at the ends of some buckets, then at their first remainders, and only then at the rest:
  /// the processor waits for many cache lines at once instead of one after the other.
  /// - Complexity: O(fingerprints)
  func candidates(among fingerprints: [UInt64]) throws(MartletError) -> [Int] {
    guard index.count > 0 else { return [] }
    var candidates: [Int] = []
    var ids = [Range<Int>](repeating: 0..<0, count: InsertIDReader.groupCount)
    var firsts = [UInt32](repeating: 0, count: InsertIDReader.groupCount)
    var start = 0
    while start < fingerprints.count {
      let count = min(InsertIDReader.groupCount, fingerprints.count - start)
      for place in 0..<count {
        let bucket = shape.bucket(of: fingerprints[start + place])
        let page = shape.page(ofBucket: bucket)
        if !verified.contains(page) { try verify(page) }
        ids[place] = InsertIDReader.ids(
          ofBucket: shape.place(ofBucket: bucket), of: pages[page], bytes.bytes)
      }
      for place in 0..<count where !ids[place].isEmpty {
        let page = shape.page(ofBucket: shape.bucket(of: fingerprints[start + place]))
        firsts[place] = InsertIDReader.remainder(
          ids[place].lowerBound, of: pages[page], bytes.bytes)
      }
      for place in 0..<count where !ids[place].isEmpty {
        let wanted = shape.remainder(of: fingerprints[start + place])
        guard firsts[place] <= wanted else { continue }
        let page = shape.page(ofBucket: shape.bucket(of: fingerprints[start + place]))
        if InsertIDReader.holds(wanted, ids[place], of: pages[page], bytes.bytes) {
          candidates.append(start + place)
        }
      }
      start += count
    }
    return candidates
  }

  /// What is stored of all fingerprints: their leading bits, in ascending order.
  func prefixes() throws(MartletError) -> [UInt64] {
    var prefixes: [UInt64] = []
    for page in index.pages.indices {
      if !verified.contains(page) { try verify(page) }
      for bucket in 0..<shape.bucketsPerPage {
        let number = UInt64(page * shape.bucketsPerPage + bucket)
        for id in InsertIDReader.ids(ofBucket: bucket, of: pages[page], bytes.bytes) {
          let remainder = InsertIDReader.remainder(id, of: pages[page], bytes.bytes)
          prefixes.append(number << UInt64(InsertIDShape.remainderBits) | UInt64(remainder))
        }
      }
    }
    return prefixes
  }

  @inline(__always)
  private static func holds(
    _ wanted: UInt32, _ ids: Range<Int>, of page: Page, _ bytes: RawSpan
  ) -> Bool {
    for id in ids where remainder(id, of: page, bytes) == wanted { return true }
    return false
  }

  /// The places of a bucket's ids in its page, once the page is verified.
  @inline(__always)
  private static func ids(ofBucket bucket: Int, of page: Page, _ bytes: RawSpan) -> Range<Int> {
    let start = bucket == 0 ? 0 : end(ofBucket: bucket - 1, of: page, bytes)
    return start..<end(ofBucket: bucket, of: page, bytes)
  }

  @inline(__always)
  private static func end(ofBucket bucket: Int, of page: Page, _ bytes: RawSpan) -> Int {
    if InsertIDShape.endByteCount(ofIDs: page.count) == 2 {
      return Int(bytes.integer(at: page.ends + bucket * 2, as: UInt16.self))
    }
    return Int(bytes.integer(at: page.ends + bucket * 4, as: UInt32.self))
  }

  @inline(__always)
  private static func remainder(_ id: Int, of page: Page, _ bytes: RawSpan) -> UInt32 {
    let offset = page.remainders + id * InsertIDShape.remainderByteCount
    return UInt32(bytes.integer(at: offset, as: UInt16.self))
      | UInt32(bytes.byte(at: offset + 2)) << 16
  }

  /// Holds a page against its checksum, and its ends against one another.
  private func verify(_ page: Int) throws(MartletError) {
    let entry = index.pages[page]
    let handle = BlockHandle(
      offset: entry.offset, byteCount: entry.byteCount, checksum: entry.checksum)
    _ = try handle.read(from: bytes, what: "the insert ids, page \(page)")
    var previous = 0
    for bucket in 0..<shape.bucketsPerPage {
      let end = InsertIDReader.end(ofBucket: bucket, of: pages[page], bytes.bytes)
      guard end >= previous, end <= pages[page].count else { throw corrupt(page) }
      previous = end
    }
    guard previous == pages[page].count else { throw corrupt(page) }
    verified.insert(page)
  }

  private func corrupt(_ page: Int) -> MartletError {
    MartletError(
      .corrupt, file: bytes.name, place: "the insert ids, page \(page)",
      "the ends of its buckets do not add up", remedy: BlockHandle.remedy)
  }
}
