package import MartletEncoding
package import MartletFiles
package import MartletModel

/// The frame that files of blocks share: a header, blocks, a compressed directory block, and a
/// trailer that points to the directory.
package enum BlockFile {
  /// Bytes of the trailer: directory offset, length and checksum, trailer checksum, reserved,
  /// end magic.
  package static let trailerByteCount = 28
  package static let endMagic: [UInt8] = [0x4C, 0x54, 0x52, 0x4D]

  /// A sink that holds a file's header.
  package static func start(
    _ kind: FileHeader.Kind, version: UInt32, compressionLevel: Int
  ) -> BlockSink {
    var header = ByteWriter()
    FileHeader(kind, version: version).write(to: &header)
    var sink = BlockSink(compressionLevel: compressionLevel)
    _ = sink.append(header.bytes, as: .directories)
    return sink
  }

  /// The whole file: the sink's bytes, the directory and the trailer.
  package static func finish(_ sink: BlockSink, directory: [UInt8]) -> FileContent {
    var sink = sink
    let handle = sink.appendCompressed(directory, as: .directories)
    var trailer = ByteWriter()
    trailer.writeUInt64(handle.offset)
    trailer.writeUInt32(handle.byteCount)
    trailer.writeUInt32(handle.checksum)
    trailer.writeUInt32(CRC32C.checksum(trailer.bytes))
    trailer.writeUInt32(0)
    trailer.writeBytes(endMagic)
    precondition(trailer.bytes.count == trailerByteCount)
    var content = sink.content
    content.append(trailer.bytes)
    return content
  }

  /// The directory's bytes, after header, trailer and checksums were verified.
  package static func directory(
    of bytes: FileBytes, kind: FileHeader.Kind, newestVersion: UInt32
  ) throws(MartletError) -> [UInt8] {
    let handle = try directoryHandle(of: bytes, kind: kind, newestVersion: newestVersion)
    return try readCompressed(handle, from: bytes, what: "the directory")
  }

  /// Where the directory lies, after header and trailer were verified.
  package static func directoryHandle(
    of bytes: FileBytes, kind: FileHeader.Kind, newestVersion: UInt32
  ) throws(MartletError) -> BlockHandle {
    _ = try FileHeader.check(
      bytes.bytes, is: kind, newestVersion: newestVersion, file: bytes.name)
    let start = bytes.count - trailerByteCount
    guard start >= FileHeader.byteCount else {
      throw MartletError(
        .corrupt, file: bytes.name, place: "byte \(bytes.count)",
        "the file ends before its trailer", remedy: BlockHandle.remedy)
    }
    let trailer = try bytes.slice(start..<bytes.count)
    var reader = ByteReader(trailer.bytes, of: bytes.name)
    let (offset, byteCount) = (try reader.readUInt64(), try reader.readUInt32())
    let (checksum, ownChecksum) = (try reader.readUInt32(), try reader.readUInt32())
    let reserved = try reader.readUInt32()
    let covered = try trailer.slice(0..<16)
    guard CRC32C.checksum(covered.bytes) == ownChecksum, reserved == 0,
      try reader.readBytes(endMagic.count) == endMagic
    else {
      throw MartletError(
        .corrupt, file: bytes.name, place: "byte \(start)",
        "the trailer is damaged or the file was cut short", remedy: BlockHandle.remedy)
    }
    return BlockHandle(offset: offset, byteCount: byteCount, checksum: checksum)
  }

  package static func readCompressed(
    _ handle: BlockHandle, from bytes: FileBytes, what: @autoclosure () -> String
  ) throws(MartletError) -> [UInt8] {
    let block = try handle.read(from: bytes, what: what())
    return try inFile(bytes.name) { () throws(MartletError) in
      try Block.decompress(block.bytes, limit: SegmentFileFormat.blockByteCountMax)
    }
  }
}

/// Adds the file's name to errors of readers that do not know it.
package func inFile<Result>(
  _ name: String, _ body: () throws(MartletError) -> Result
) throws(MartletError) -> Result {
  do throws(MartletError) {
    return try body()
  } catch {
    var named = error
    if named.file == nil { named.file = name }
    throw named
  }
}
