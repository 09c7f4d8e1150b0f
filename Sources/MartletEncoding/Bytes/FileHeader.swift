public import MartletModel

/// The first 16 bytes of every file of a store: magic, what the file is, the format's version.
///
/// Specified in `formats/README.md`, section "File header".
public struct FileHeader: Hashable, Sendable {
  /// What a file is; four ASCII letters on disk.
  public enum Kind: String, CaseIterable, Sendable {
    case segmentFile = "SEGM"
    case userFile = "USER"
    case manifest = "MANI"
    case log = "WLOG"
  }

  public static let byteCount = 16
  /// A byte no text file starts with, our name, and a line end that text-mode transfers destroy.
  public static let magic: [UInt8] = [0x9B, 0x4D, 0x52, 0x54, 0x4C, 0x0D, 0x0A, 0x1A]

  public var kind: Kind
  public var version: UInt32

  public init(_ kind: Kind, version: UInt32) {
    (self.kind, self.version) = (kind, version)
  }

  public func write(to writer: inout ByteWriter) {
    writer.writeBytes(FileHeader.magic)
    writer.writeBytes(Array(kind.rawValue.utf8))
    writer.writeUInt32(version)
  }

  /// Reads and checks a header.
  /// - Throws: `.corrupt` where it is not a file of that kind, `.tooNew` for a later version.
  public static func check(
    _ bytes: RawSpan, is kind: Kind, newestVersion: UInt32, file: String
  ) throws(MartletError) -> FileHeader {
    guard bytes.byteCount >= byteCount else {
      throw MartletError(
        .corrupt, file: file, place: "byte 0",
        "the file has \(bytes.byteCount) bytes, fewer than a file header",
        remedy: "restore the file from a backup")
    }
    var reader = ByteReader(bytes, of: file)
    guard try reader.readBytes(magic.count) == magic,
      let found = Text(validating: try reader.readBytes(4)), found.string == kind.rawValue
    else {
      throw MartletError(
        .corrupt, file: file, place: "byte 0", "this is not a Martlet \(kind) file",
        remedy: "check that the path is right, or restore the file from a backup")
    }
    let version = try reader.readUInt32()
    guard version >= 1, version <= newestVersion else {
      throw MartletError(
        .tooNew, file: file, place: "byte 12",
        "the file has format version \(version); this build reads versions 1 to \(newestVersion)",
        remedy: "open it with a newer Martlet")
    }
    return FileHeader(kind, version: version)
  }
}
