import MartletEngine
import MartletFiles
import MartletModel
import MartletSegmentFile
import Testing

/// No byte of a file can change, and none can be missing, without an error.
@Suite struct DamageTests {
  static let files = [
    "manifest", "segment-00000002.martlet", "segment-00000005.martlet",
    "users-00000003.martlet", "users-00000006.martlet",
  ]

  @Test(arguments: files)
  func everyFlippedBitIsFound(_ name: String) throws {
    let bytes = try FormatFolder.bytes("golden/store-v1/" + name)
    try DamageTests.read(bytes, name)
    for offset in bytes.indices {
      var damaged = bytes
      damaged[offset] ^= 1 << UInt8(offset % 8)
      #expect(throws: MartletError.self, "byte \(offset)") {
        try DamageTests.read(damaged, name)
      }
    }
  }

  @Test(arguments: files)
  func everyMissingEndIsFound(_ name: String) throws {
    let bytes = try FormatFolder.bytes("golden/store-v1/" + name)
    for count in 0..<bytes.count {
      #expect(throws: MartletError.self, "\(count) bytes") {
        try DamageTests.read(Array(bytes.prefix(count)), name)
      }
    }
  }

  private static func read(_ bytes: [UInt8], _ name: String) throws(MartletError) {
    if name == Manifest.fileName {
      _ = try Manifest(bytes, file: name)
    } else if name.hasPrefix("segment") {
      try FullRead.segmentFile(SegmentFile(FileBytes(bytes, name: name)))
    } else {
      let file = try UserFile(FileBytes(bytes, name: name))
      _ = try file.idBytes(file.ordinals)
      _ = try file.firstSeenTimes(file.ordinals)
    }
  }
}
