import Glibc
import RoaringBitmap

/// Makes inputs by damaging valid bitmaps.
struct Mutator {
  private var state: UInt64
  private var small: [[UInt8]] = []
  private var large: [[UInt8]] = []

  init(seed: UInt64, files: [String]) {
    state = seed
    let bitmaps: [RoaringBitmap] = [
      [], [0], [1, 5, 70_000], RoaringBitmap(0..<300_000), RoaringBitmap(11...15),
      RoaringBitmap((0..<40).map { UInt32($0) * 65_536 }),
      RoaringBitmap((0..<300).map { UInt32($0) * 700 }), Self.mixedRuns(),
      RoaringBitmap((0..<400).map { UInt32($0) * 160 }),
    ]
    for bitmap in bitmaps {
      small.append(bitmap.serialized())
      small.append(bitmap.runOptimized().serialized())
      small.append(RoaringBitmap64(bitmap.prefix(200).map { UInt64($0) << 20 }).serialized())
    }
    large.append(Self.mixedBitmap().serialized())
    for file in files {
      let bytes = Self.read(file)
      if bytes.count < 2_000 { small.append(bytes) } else { large.append(bytes) }
    }
  }

  /// Each form of block, and few enough bytes.
  static func mixedRuns() -> RoaringBitmap {
    var bitmap: RoaringBitmap = [3, 9, 200_000]
    for i: UInt32 in 0..<12 { bitmap.insert((65_536 + 100 * i)...(65_536 + 100 * i + 50 + i)) }
    for key: UInt32 in 4..<9 { bitmap.insert((key * 65_536)...(key * 65_536 + 1_000)) }
    return bitmap.runOptimized()
  }

  /// Each form of block, a bitset included.
  static func mixedBitmap() -> RoaringBitmap {
    mixedRuns().union(RoaringBitmap((0..<20_000).map { UInt32($0) * 3 + 720_896 }))
  }

  mutating func next() -> [UInt8] {
    var bytes = random(64) == 0 ? large[random(large.count)] : small[random(small.count)]
    for _ in 0...(random(2) * random(4)) { damage(&bytes) }
    return bytes
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    if bytes.isEmpty { return bytes.append(UInt8(random(256))) }
    // The headers decide most: aim at them half of the time.
    let place = random(3) == 0 ? random(min(bytes.count, 48)) : random(bytes.count)
    // Changes of length are refused soonest: let them be rare.
    switch random(18) {
    case 16:
      // One number over and over.
      let from = place / 2 * 2
      guard from + 2 < bytes.count else { return }
      for i in from..<min(from + 2 + random(160), bytes.count) {
        bytes[i] = bytes[i % 2 == 0 ? from : from + 1]
      }
    case 8...10: bytes[place] &+= 1
    case 11...13: bytes[place] &-= 1
    case 0: bytes[place] ^= 1 << UInt8(random(8))
    case 1: bytes[place] = UInt8(random(256))
    case 2: bytes[place] = [0, 1, 0x3a, 0x3b, 0x30, 0x7f, 0x80, 0xff][random(8)]
    case 3: bytes[place] &+= UInt8(random(2)) &* 2 &- 1
    case 4: bytes.removeLast(random(min(bytes.count, 40)))
    case 5: bytes.append(contentsOf: (0...random(8)).map { UInt8($0) })
    case 6:
      let from = random(bytes.count)
      let length = min(random(9), bytes.count - max(from, place))
      for i in 0..<length { bytes[place + i] = bytes[from + i] }
    case 7: bytes.insert(UInt8(random(256)), at: place)
    default: bytes[place] ^= 1 << UInt8(random(8))
    }
  }

  private mutating func random(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }

  private static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { fatalError("cannot open \(path)") }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
  }
}
