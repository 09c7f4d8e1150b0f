import RoaringBitmap

/// The least that encodes and decodes a single list of bytes: enough to see a bitmap's `Codable`.
enum ByteListCoder {
  static func encode(_ bitmap: RoaringBitmap) throws -> [UInt8] {
    let encoder = ListEncoder()
    try bitmap.encode(to: encoder)
    return encoder.bytes
  }

  static func decode(_ bytes: [UInt8]) throws -> RoaringBitmap {
    try RoaringBitmap(from: ListDecoder(bytes: bytes))
  }
}

private final class ListEncoder: Encoder, SingleValueEncodingContainer {
  var bytes: [UInt8] = []
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    fatalError("a bitmap is a single value")
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { fatalError("a single value") }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() throws { fatalError("a list of bytes") }

  func encode<T: Encodable>(_ value: T) throws {
    guard let list = value as? [UInt8] else { fatalError("a list of bytes") }
    bytes = list
  }
}

private struct ListDecoder: Decoder, SingleValueDecodingContainer {
  let bytes: [UInt8]
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    fatalError("a bitmap is a single value")
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { fatalError("a single value") }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    guard let list = bytes as? T else { fatalError("a list of bytes") }
    return list
  }
}
