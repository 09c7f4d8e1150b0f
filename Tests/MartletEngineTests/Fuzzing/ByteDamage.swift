import MartletEncoding
import MartletTestSupport

/// Changes of bytes such as decoders fear: flips, numbers at the edges of ranges, parts that are
/// missing, doubled or moved.
enum ByteDamage {
  private static let bytes: [UInt8] = [0, 1, 2, 18, 19, 32, 33, 36, 37, 0x7F, 0x80, 0xFE, 0xFF]
  private static let numbers: [UInt64] = [
    0, 1, 127, 255, 8191, 8192, 8193, 65_535, 65_536, 1 << 20, 1 << 24, 1 << 30, 1 << 31,
    (1 << 32) - 1, 1 << 32, 1 << 33, 1 << 62, 1 << 63, .max,
  ]

  /// One change of the bytes.
  static func once(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(random.integer(0...255))) }
    let place = random.integer(0...bytes.count - 1)
    switch random.integer(0...15) {
    case 0...2: bytes[place] ^= 1 << UInt8(random.integer(0...7))
    case 3, 4: bytes[place] &+= 1
    case 5, 6: bytes[place] &-= 1
    case 7, 8: bytes[place] = random.pick(ByteDamage.bytes)
    case 9: bytes[place] = UInt8(random.integer(0...255))
    case 10: bytes.remove(at: place)
    case 11: bytes.insert(UInt8(random.integer(0...255)), at: place)
    case 12: bytes.removeLast(random.integer(1...min(bytes.count, 24)))
    case 13:
      let end = min(bytes.count, place + random.integer(1...8))
      bytes.insert(contentsOf: bytes[place..<end], at: random.integer(0...bytes.count))
    case 14:
      let source = random.integer(0...bytes.count - 1)
      for index in 0..<min(random.integer(1...8), bytes.count - max(place, source)) {
        bytes[place + index] = bytes[source + index]
      }
    default:
      var writer = ByteWriter()
      writer.writeVarint(random.pick(numbers))
      let end = min(bytes.count, place + random.integer(1...writer.bytes.count))
      bytes.replaceSubrange(place..<end, with: writer.bytes)
    }
  }

  /// Mostly one change, sometimes a few.
  static func some(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let more = random.chance(0.3) ? random.integer(1...4) : 0
    for _ in 0...more { once(&bytes, &random) }
  }
}
