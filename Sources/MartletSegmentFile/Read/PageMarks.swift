import Synchronization

/// A mark for each of some pages, set and read from any thread without a lock.
final class PageMarks: Sendable {
  private final class Word: Sendable {
    let bits = Atomic<UInt64>(0)
  }

  private let words: [Word]

  init(pageCount: Int) { words = (0..<(pageCount + 63) / 64).map { _ in Word() } }

  @inline(__always)
  func contains(_ page: Int) -> Bool {
    words[page >> 6].bits.load(ordering: .acquiring) >> UInt64(page & 63) & 1 != 0
  }

  func insert(_ page: Int) {
    words[page >> 6].bits.bitwiseOr(1 << UInt64(page & 63), ordering: .releasing)
  }
}
