import MartletEncoding
import MartletModel
import Testing

/// The worked examples of `formats/encodings.md`.
@Suite("Integer pages, byte by byte")
struct IntegerPageGoldenTests {
  @Test("Written and read as specified", arguments: goldenPages)
  func written(values: [Int64], expected: String) throws {
    #expect(hex(IntegerPage.encode(values[...], compressionLevel: 0)) == expected)
    #expect(try IntegerPageTests.decode(bytes(hex: expected), count: values.count) == values)
  }

  @Test("Read as specified; the frame's bytes are zstd's business", arguments: goldenFrames)
  func read(page: String, values: [Int64]) throws {
    #expect(try IntegerPageTests.decode(bytes(hex: page), count: values.count) == values)
  }
}

private let goldenPages: [([Int64], String)] = [
  ([-3, -3, -3], "0005"),
  ([1000, 4000, 2000, 3000], "01d00fe807029c"),
  ([10, 13, 16, 19, 23], "021406010108"),
  ([100, 110, 120, 130], "02c801140100"),
  (
    Array(repeating: 5, count: 200) + Array(repeating: 900, count: 300),
    "030206" + "020afe0d0100" + "029003c8010100"
  ),
  (
    (0..<64).map { [7, 1_000_000_007, 123_456_789, -99][($0 * 7 + $0 / 3) % 4] },
    "0604" + "14" + "01c501021d000000a0060000f09ab78e9ab2e60e"
      + "01000102" + "a1177aa1177aa1177aa1177aa1177aa1"
  ),
]

private let goldenFrames: [(String, [Int64])] = [
  ("04 06 0a 08" + "28b52ffd2005290000" + "0001020304", [3, 13, 23, 33, 43]),
  ("05 c801 00 01 08" + "28b52ffd2003190000" + "010203", [100, 101, 103, 106]),
  (
    "07 c801 0a 0d" + "28b52ffd2004210000" + "00010383" + "09", [100, 110, 150, 40]
  ),
  (
    "08 d00f 00 0a 0d" + "28b52ffd2004210000" + "00010383" + "09", [1000, 1000, 1010, 1060, 1000]
  ),
]
