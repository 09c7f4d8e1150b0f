import MartletEngine
import MartletSegmentFile

/// The versions of the files that this build writes, and the newest that it reads.
public enum FormatVersions {
  /// Kinds of files and their versions.
  public static let all: [(kind: String, version: UInt32)] = [
    ("segment file", SegmentFileFormat.version), ("user file", UserFile.version),
    ("manifest", Manifest.version), ("log", LogFormat.version),
  ]
}
