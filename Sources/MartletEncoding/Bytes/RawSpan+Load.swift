extension RawSpan {
  /// The byte at the offset. Traps outside the span.
  @inlinable
  package func byte(at offset: Int) -> UInt8 {
    // Safe: unsafeLoad checks the bounds, and every bit pattern is a UInt8.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The little-endian integer at the offset, aligned or not. Traps outside the span.
  @inlinable
  package func integer<T: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: T.Type
  ) -> T {
    // Safe: unsafeLoadUnaligned checks the bounds, and every bit pattern is an integer.
    T(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: type))
  }

  /// A copy of the bytes.
  /// - Complexity: O(count).
  package func array() -> [UInt8] {
    // Safe: the buffer is read within the closure only.
    unsafe withUnsafeBytes { buffer in unsafe [UInt8](buffer) }
  }
}

extension [UInt8] {
  /// The bytes in place.
  @inlinable
  public var rawSpan: RawSpan {
    @_lifetime(borrow self)
    get {
      let elements = span
      // Safe: a UInt8 has no padding; the bytes live as long as the array is borrowed.
      return unsafe _overrideLifetime(elements.bytes, borrowing: self)
    }
  }
}
