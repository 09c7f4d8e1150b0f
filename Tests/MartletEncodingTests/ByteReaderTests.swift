import MartletEncoding
import MartletModel
import Testing

@Suite("Bytes")
struct ByteReaderTests {
  @Test("Everything written is read back")
  func roundTrip() throws {
    var writer = ByteWriter()
    let integers: [UInt64] = [0, 1, 127, 128, 300, 16_383, 16_384, 1 << 35, .max - 1, .max]
    let signed: [Int64] = [0, -1, 1, -64, 64, 1 << 40, .min, .max]
    for value in integers { writer.writeVarint(value) }
    for value in signed { writer.writeZigZag(value) }
    writer.writeUInt8(200)
    writer.writeUInt16(0x1234)
    writer.writeUInt32(0x1234_5678)
    writer.writeUInt64(0x1234_5678_9ABC_DEF0)
    writer.writeText("né\u{0}")
    writer.writeText("")
    writer.writeBytes([9, 8, 7])
    #expect(writer.count == writer.bytes.count)

    var reader = ByteReader(writer.bytes.rawSpan, of: "test")
    for value in integers { #expect(try reader.readVarint() == value) }
    for value in signed { #expect(try reader.readZigZag() == value) }
    #expect(try reader.readUInt8() == 200)
    #expect(try reader.readUInt16() == 0x1234)
    #expect(try reader.readUInt32() == 0x1234_5678)
    #expect(try reader.readUInt64() == 0x1234_5678_9ABC_DEF0)
    #expect(try reader.readText() == "né\u{0}")
    #expect(try reader.readText() == "")
    #expect(reader.remaining == 3 && !reader.isAtEnd)
    #expect(try reader.readBytes(3) == [9, 8, 7])
    #expect(reader.isAtEnd && reader.offset == writer.count)
  }

  @Test(
    "The bytes are as specified",
    arguments: [
      (0, "00"), (1, "01"), (127, "7f"), (128, "8001"), (300, "ac02"),
      (UInt64.max, "ffffffffffffffffff01"),
    ] as [(UInt64, String)])
  func golden(value: UInt64, expected: String) {
    var writer = ByteWriter()
    writer.writeVarint(value)
    #expect(hex(writer.bytes) == expected)
  }

  @Test(
    "Zigzag alternates signs",
    arguments: [(0, "00"), (-1, "01"), (1, "02"), (-2, "03"), (.min, "ffffffffffffffffff01")]
      as [(Int64, String)])
  func zigzag(value: Int64, expected: String) {
    var writer = ByteWriter()
    writer.writeZigZag(value)
    #expect(hex(writer.bytes) == expected)
  }

  @Test(
    "A malformed varint says what and where",
    arguments: [
      ("", "a variable-length integer is cut off"),
      ("80", "a variable-length integer is cut off"),
      ("ffffffffffffffffff", "a variable-length integer is cut off"),
      ("ffffffffffffffffff02", "a variable-length integer exceeds 64 bits"),
      ("ffffffffffffffffffff01", "a variable-length integer exceeds 64 bits"),
      ("8000", "a variable-length integer has a padding byte"),
      ("ff8000", "a variable-length integer has a padding byte"),
    ])
  func badVarint(input: String, reason: String) {
    let error = error(of: {
      var reader = ByteReader((bytes(hex: "07") + bytes(hex: input)).rawSpan, of: "thing")
      _ = try reader.readUInt8()
      _ = try reader.readVarint()
    })
    #expect(error == MartletError(.corrupt, place: "thing, byte 1", reason))
  }

  @Test("Nothing is read beyond the end, and counts are checked before they are used")
  func limits() {
    let data: [UInt8] = [0xFF, 0xFF, 0x03, 0x41]
    func reason(_ read: (inout ByteReader) throws -> Void) -> String? {
      error(of: {
        var reader = ByteReader(data.rawSpan, of: "thing")
        try read(&reader)
      })?.reason
    }
    #expect(
      reason { _ = try $0.readUInt64() } == "an 8-byte integer is needed, but only 4 bytes are left"
    )
    #expect(reason { _ = try $0.readBytes(5) } == "5 bytes are needed, but only 4 are left")
    #expect(reason { _ = try $0.readBytes(-1) } == "-1 bytes are needed, but only 4 are left")
    #expect(reason { _ = try $0.readText() } == "a count is 65535, but at most 4 is possible")
    #expect(
      reason { _ = try $0.readCount(max: 65_534) }
        == "a count is 65535, but at most 65534 is possible")
    #expect(reason { _ = try $0.readCount(max: 65_535) } == nil)
  }

  @Test("Text that is not UTF-8 is refused")
  func invalidText() {
    for input in ["01ff", "02c080", "03eda080", "01c3"] {
      let error = error(of: {
        var reader = ByteReader(bytes(hex: input).rawSpan, of: "thing")
        _ = try reader.readText()
      })
      #expect(error == MartletError(.corrupt, place: "thing, byte 0", "a text is not valid UTF-8"))
    }
  }
}
