import Foundation
import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import Testing

@testable import MartletEngine

/// The constants that the specifications state are those of the code.
@Suite struct ConstantTests {
  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined(separator: " ")
  }

  /// A number with its thousands set apart by commas.
  private static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  @Test func theFrame() throws {
    let page = try FormatFolder.text("README.md")
    #expect(page.contains("| 0 | 8 | `\(Self.hex(FileHeader.magic))`"))
    #expect(page.contains("The first \(FileHeader.byteCount) bytes"))
    for kind in FileHeader.Kind.allCases { #expect(page.contains("`\(kind.rawValue)`")) }
    #expect(page.contains("The trailer is the last \(BlockFile.trailerByteCount) bytes"))
    #expect(page.contains("`\(Self.hex(BlockFile.endMagic))`"))
    #expect(SegmentFileFormat.blockByteCountMax == 1 << 30)
    #expect(page.contains("byte count (at most 2³⁰)"))
    let values = Self.grouped(SegmentFileFormat.pageValueCount)
    #expect(page.contains("all pages but the last hold \(values) values"))
    #expect(page.contains("`\(Manifest.segmentFileName(2))`"))
    #expect(page.contains("`\(Manifest.userFileName(3))`"))
    #expect(page.contains("`\(Manifest.logName(7))`"))
    #expect(page.contains("`\(Manifest.fileName)`"))
    let (earliest, latest) = (Timestamp.earliest.milliseconds, Timestamp.latest.milliseconds)
    #expect(page.contains("−\(Self.grouped(Int(-earliest))) ... \(Self.grouped(Int(latest)))"))
    #expect(
      page.contains("0x" + String(CRC32C.checksum(Array("123456789".utf8)), radix: 16).uppercased())
    )
  }

  @Test func theVersions() throws {
    let versions = [
      SegmentFileFormat.version, UserFile.version, Manifest.version, LogFormat.version,
    ]
    #expect(versions == [1, 1, 1, 1])
    let page = try FormatFolder.text("README.md")
    #expect(page.contains("*u32* format version of that kind of file: 1"))
    #expect((try FormatFolder.text("segment-file.md")).contains("SEGM, version 1"))
    #expect((try FormatFolder.text("user-file.md")).contains("header, USER 1"))
    #expect((try FormatFolder.text("manifest.md")).contains("kind MANI, version 1"))
    #expect((try FormatFolder.text("log.md")).contains("kind WLOG, version 1"))
  }

  @Test func theSegmentFile() throws {
    let page = try FormatFolder.text("segment-file.md")
    let days = SegmentFileFormat.coarseDayCount
    #expect(page.contains("the days \(days)b ... \(days)b + \(days - 1)"))
    #expect(page.contains("byteCounts          \(ByteKind.allCases.count) varints"))
    for kind in ColumnKind.allCases {
      let name =
        switch kind {
        case .number: "number"
        case .wideNumber: "wide number"
        case .text: "text"
        case .plainText: "plain text"
        case .boolean: "boolean"
        case .list: "list"
        case .null: "null"
        }
      #expect(page.contains("| \(kind.rawValue) | \(name) |"))
    }
    #expect(page.contains("only equal bytes decide"))
    #expect(page.contains("the \(InsertIDShape.remainderBits) bits behind them its remainder"))
    #expect(page.contains("greatest with \(InsertIDShape.idsPerBucketMin) · 2ᵇ ≤ *idCount*"))
    let buckets = Self.grouped(InsertIDShape(count: 1 << 20).bucketsPerPage)
    #expect(page.contains("A page holds \(buckets) consecutive buckets"))
  }

  @Test func theLimits() throws {
    let page = try FormatFolder.text("segment-file.md")
    #expect(Limits.eventTypes == Limits.propertyNames)
    let names = Self.grouped(Limits.eventTypes)
    let nameBytes = Self.grouped(Limits.nameByteCount)
    #expect(page.contains("| \(names) each; 1 ... \(nameBytes) bytes each |"))
    #expect(page.contains("| text value | \(Self.grouped(Limits.textByteCount)) bytes"))
    #expect(page.contains("| insert id | 1 ... \(Self.grouped(Limits.insertIDByteCount)) bytes |"))
    #expect(page.contains("| \(Self.grouped(Limits.propertiesPerEvent)) |"))
    #expect(page.contains("| \(Self.grouped(Format.textPageByteCountMax)) bytes |"))
    #expect(page.contains("up to \(Limits.numberDigits) significant digits"))
    #expect(page.contains("from −\(Limits.numberExponent) to \(Limits.numberExponent)"))
    let users = try FormatFolder.text("user-file.md")
    #expect(users.contains("at most \(Self.grouped(Limits.users))"))
    #expect(users.contains("1 ... \(Self.grouped(Limits.userIDByteCount)) bytes of UTF-8"))
    let manifest = try FormatFolder.text("manifest.md")
    let partitions = Self.grouped(Limits.partitions)
    #expect(manifest.contains("partitionStartCount    varint, at most \(partitions)"))
    #expect(manifest.contains("at most \(Self.grouped(Limits.forgottenIDs))"))
    #expect(manifest.contains("at most \(Self.grouped(Limits.files))"))
    #expect(manifest.contains("at most \(Self.grouped(Limits.savedSegments))"))
  }

  @Test func theFingerprintsOfTheExample() throws {
    let page = try FormatFolder.text("segment-file.md")
    for type in ["Cancel", "Purchase"] {
      let id = Array("m-1".utf8)
      let key = InsertIDKey(user: 5, eventType: Text(type), insertID: id.rawSpan)
      #expect(page.contains("`\(String(key.fingerprint, radix: 16))` (`\(type)`"))
    }
  }

  /// The bytes of the worked examples stand in the golden files, where the pages say.
  @Test(arguments: [
    ("manifest.md", "golden/store-v1/manifest"),
    ("user-file.md", "golden/store-v1/users-00000006.martlet"),
    ("segment-file.md", "golden/store-v1/segment-00000005.martlet"),
  ])
  func theExamplesAreThoseOfTheGoldenFiles(_ page: String, _ file: String) throws {
    let bytes = try FormatFolder.bytes(file)
    var checked = 0
    for line in try FormatFolder.lines(page) {
      let cells = line.split(separator: "|").map(String.init)
      guard cells.count >= 3, let offset = Int(cells[0].filter { $0 != " " }) else { continue }
      let quoted = cells[1].split(separator: "`", omittingEmptySubsequences: false)
      let stated = stride(from: 1, to: quoted.count, by: 2).map { String(quoted[$0]) }
        .joined(separator: " ")
      let count = stated.split(separator: " ").count
      guard count > 0, offset + count <= bytes.count,
        stated.allSatisfy({ $0 == " " || $0.isHexDigit })
      else { continue }
      #expect(stated == Self.hex(bytes[offset..<offset + count]), "\(page), offset \(offset)")
      checked += count
    }
    if page == "manifest.md" {
      // The whole file, without offsets.
      let quoted = try FormatFolder.text(page).components(separatedBy: "the whole file:")[1]
        .split(separator: "\n").filter { $0.hasPrefix("| `") }
        .flatMap { row in
          row.split(separator: "|")[0].split(separator: "`").filter { $0.first?.isHexDigit == true }
        }
      #expect(quoted.joined(separator: " ") == Self.hex(bytes))
      checked = bytes.count
    }
    #expect(checked > 40)
  }
}
