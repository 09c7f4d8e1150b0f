extension Array {
  /// An array with room for `capacity` elements, which `body` appends.
  ///
  /// As `init(capacity:initializingWith:)`, but where that one asks the runtime for the type of its
  /// storage each time, to reserve first is compiled for the element: half the time of a small one.
  @inline(__always)
  init<E: Error>(
    reserving capacity: Int, _ body: (inout OutputSpan<Element>) throws(E) -> Void
  ) throws(E) {
    self = []
    reserveCapacity(capacity)
    try append(addingCapacity: capacity, initializingWith: body)
  }
}
