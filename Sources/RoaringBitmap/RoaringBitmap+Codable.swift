extension RoaringBitmap: Codable {
  /// Reads the portable form as a list of bytes, trusting nothing.
  ///
  /// - Throws: `DecodingError` if the bytes are not a Roaring bitmap; its underlying error is a
  ///   ``RoaringBitmapError``.
  /// - Complexity: O(*m*), the compressed size.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let bytes = try container.decode([UInt8].self)
    do throws(RoaringBitmapError) {
      try self.init(serialized: bytes)
    } catch {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: container.codingPath, debugDescription: error.description,
          underlyingError: error))
    }
  }

  /// Writes the portable form as a list of bytes.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(serialized())
  }
}
