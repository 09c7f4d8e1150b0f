import Foundation
import MartletModel

/// Unpacks gzip with the system's `gunzip`.
public enum Gunzip {
  /// - Throws: `MartletError` where the file is missing or no gzip file.
  public static func contents(ofFile path: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gunzip", "-c", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw MartletError(.badData, file: path, "gunzip failed")
    }
    return Array(data)
  }
}
