/// Hashing and comparing runs of bytes eight at a time.
///
/// One of the files that use `unsafe`: the loads below are unaligned and bounded by the checks
/// that precede them.
public enum ByteKernels {
  @usableFromInline static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// A 64-bit hash; the same on every machine. Not for adversaries: tables that use it must stay
  /// right, if slower, under collisions.
  ///
  /// Multiply and fold over 8-byte words, after Wang Yi's wyhash.
  /// - Complexity: O(bytes)
  @inlinable
  public static func hash(_ bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
    var state = seed ^ (UInt64(bytes.byteCount) &* multiplier)
    var position = 0
    let count = bytes.byteCount
    while position &+ 8 <= count {
      // Safe: position + 8 <= count.
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      state = fold(state ^ UInt64(littleEndian: word), multiplier)
      position &+= 8
    }
    var tail: UInt64 = 0
    while position < count {
      // Safe: position < count.
      let byte = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt8.self)
      tail = tail << 8 | UInt64(byte)
      position &+= 1
    }
    return fold(state ^ tail, 0xD6E8_FEB8_6659_FD93)
  }

  /// Mixes one more word into a hash.
  @inlinable
  public static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = (a ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: b ^ 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }

  /// Whether both hold the same bytes.
  /// - Complexity: O(bytes)
  @inlinable
  public static func equal(_ left: RawSpan, _ right: RawSpan) -> Bool {
    guard left.byteCount == right.byteCount else { return false }
    var position = 0
    let count = left.byteCount
    while position &+ 8 <= count {
      // Safe: position + 8 <= count, the length of both.
      let a = unsafe left.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      let b = unsafe right.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      if a != b { return false }
      position &+= 8
    }
    while position < count {
      // Safe: position < count, the length of both.
      let a = unsafe left.unsafeLoadUnaligned(fromByteOffset: position, as: UInt8.self)
      let b = unsafe right.unsafeLoadUnaligned(fromByteOffset: position, as: UInt8.self)
      if a != b { return false }
      position &+= 1
    }
    return true
  }

  /// Whether `left` comes before `right` in the order of bytes.
  /// - Complexity: O(bytes)
  @inlinable
  public static func precedes(_ left: RawSpan, _ right: RawSpan) -> Bool {
    let common = min(left.byteCount, right.byteCount)
    var position = 0
    while position &+ 8 <= common {
      // Safe: position + 8 <= common, within both.
      let a = unsafe left.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      let b = unsafe right.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      if a != b { return a.bigEndian < b.bigEndian }
      position &+= 8
    }
    while position < common {
      // Safe: position < common, within both.
      let a = unsafe left.unsafeLoadUnaligned(fromByteOffset: position, as: UInt8.self)
      let b = unsafe right.unsafeLoadUnaligned(fromByteOffset: position, as: UInt8.self)
      if a != b { return a < b }
      position &+= 1
    }
    return left.byteCount < right.byteCount
  }
}
