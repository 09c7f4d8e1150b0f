extension RoaringBitmap: CustomStringConvertible, CustomDebugStringConvertible {
  /// The first members, and how many there are.
  public var description: String {
    let shown = prefix(16).map(String.init).joined(separator: ", ")
    return count > 16 ? "{\(shown), … \(count) members}" : "{\(shown)}"
  }

  /// The members' number, and how they are stored.
  public var debugDescription: String {
    let s = statistics
    return "RoaringBitmap(\(s.cardinality) members in \(s.arrayCount) arrays, "
      + "\(s.bitsetCount) bitsets, \(s.runBlockCount) run blocks; \(s.byteCount) bytes)"
  }
}
