package import MartletEncoding
package import MartletFiles
package import MartletModel

/// Points to a block of the same file; the checksum lives here, with the pointer, so that a stale
/// or misdirected block is found too.
package struct BlockHandle: Hashable, Sendable {
  package var offset: UInt64
  package var byteCount: UInt32
  /// CRC-32C of the block's bytes.
  package var checksum: UInt32

  package init(offset: UInt64, byteCount: UInt32, checksum: UInt32) {
    (self.offset, self.byteCount, self.checksum) = (offset, byteCount, checksum)
  }

  package func write(to writer: inout ByteWriter) {
    writer.writeVarint(offset)
    writer.writeVarint(UInt64(byteCount))
    writer.writeUInt32(checksum)
  }

  package init(from reader: inout ByteReader) throws(MartletError) {
    offset = try reader.readVarint()
    byteCount = UInt32(try reader.readCount(limit: SegmentFileFormat.blockByteCountMax))
    checksum = try reader.readUInt32()
  }

  /// The block's bytes, which may be anything until its checksum was verified.
  func locate(in file: FileBytes, what: @autoclosure () -> String)
    throws(MartletError) -> FileBytes
  {
    guard offset <= UInt64(file.count), UInt64(byteCount) <= UInt64(file.count) - offset else {
      throw MartletError(
        .corrupt, file: file.name, place: "byte \(offset)",
        "\(what()) lies outside the file", remedy: BlockHandle.remedy)
    }
    return try file.slice(Int(offset)..<Int(offset) + Int(byteCount))
  }

  /// The block's bytes, after its checksum was verified.
  package func read(from file: FileBytes, what: @autoclosure () -> String)
    throws(MartletError) -> FileBytes
  {
    let block = try locate(in: file, what: what())
    guard CRC32C.checksum(block.bytes) == checksum else {
      throw MartletError(
        .corrupt, file: file.name, place: "byte \(offset)",
        "\(what()) fails its checksum", remedy: BlockHandle.remedy)
    }
    return block
  }

  package static let remedy = "restore the file from a backup"
}

extension ByteReader {
  /// A byte that is 0 or 1.
  package mutating func readFlag() throws(MartletError) -> Bool {
    let place = offset
    let value = try readUInt8()
    guard value <= 1 else {
      throw MartletError(
        .corrupt, place: "byte \(place)", "a flag is \(value), neither 0 nor 1",
        remedy: BlockHandle.remedy)
    }
    return value == 1
  }

  /// A varint that must not exceed `limit`.
  package mutating func readCount(limit: Int) throws(MartletError) -> Int {
    let place = offset
    let value = try readVarint()
    guard value <= UInt64(limit) else {
      throw MartletError(
        .corrupt, place: "byte \(place)", "a count of \(value) exceeds the limit \(limit)",
        remedy: BlockHandle.remedy)
    }
    return Int(value)
  }
}
