import CMartletKernels

/// CRC-32C (Castagnoli), the checksum of iSCSI, ext4 and Btrfs.
///
/// Finds every error of up to 5 bits in 2^31 bits, and any other with probability 1 - 2^-32.
public enum CRC32C {
  /// The checksum of the bytes.
  /// - Complexity: O(count); by the CPU's instruction where there is one.
  public static func checksum(_ bytes: RawSpan) -> UInt32 {
    // Safe: the callee reads exactly `count` bytes of the buffer, within the closure.
    unsafe bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      return unsafe martlet_crc32c(
        start.assumingMemoryBound(to: UInt8.self), buffer.count)
    }
  }

  /// The checksum of the bytes.
  /// - Complexity: O(count).
  public static func checksum(_ bytes: [UInt8]) -> UInt32 { checksum(bytes.rawSpan) }
}
