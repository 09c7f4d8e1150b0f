/// A growable array for hot loops, owned by one place: no uniqueness check at each write.
///
/// Reads and writes are bounds-checked.
@safe
struct PlainArray<Element>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    // Safe: freed once, in `deinit`; elements are initialized by `append` before they are read.
    unsafe base = .allocate(capacity: self.capacity)
  }

  deinit {
    // Safe: this value owns `base` alone, being not copyable; the first `count` are initialized.
    unsafe base.deinitialize(count: count)
    unsafe base.deallocate()
  }

  @inline(__always) var isEmpty: Bool { count == 0 }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      // Safe: elements below `count` are initialized.
      return unsafe base[index]
    }
    _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      // Safe: as above; the array is accessed exclusively meanwhile.
      yield unsafe &base[index]
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { reserve(2 * capacity) }
    // Safe: `count < capacity` now.
    unsafe (base + count).initialize(to: element)
    count += 1
  }

  @inline(never)
  mutating func reserve(_ newCapacity: Int) {
    guard newCapacity > capacity else { return }
    // Safe: the new block holds the `count` elements, which move; the old one is freed once.
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
    unsafe grown.moveInitialize(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = grown
    capacity = newCapacity
  }

  /// Drops the elements from `newCount` on.
  @inline(__always)
  mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    // Safe: exactly the elements from `newCount` to `count` are initialized and leave.
    unsafe (base + newCount).deinitialize(count: count - newCount)
    count = newCount
  }

  /// A copy as an array.
  func copied() -> [Element] {
    // Safe: elements below `count` are initialized; the buffer pointer ends with the expression.
    unsafe Array(UnsafeBufferPointer(start: base, count: count))
  }
}
