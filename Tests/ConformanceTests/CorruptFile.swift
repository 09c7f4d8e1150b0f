import Foundation
import Martlet
import MartletEngine
import MartletFiles
import MartletModel
import Testing

/// One row of the table in `corrupt/README.md`.
struct CorruptFile: Sendable, CustomTestStringConvertible {
  /// Of the file, as `segment-cut.bin`.
  let name: String
  /// A part of the error's text; empty where any error will do.
  let error: String

  var testDescription: String { name }
  /// `segment`, `users`, `manifest` or `log`.
  var kind: String { String(name.prefix { $0 != "-" }) }
  /// The name under which `read` gives the file to the engine.
  var nameInStore: String {
    switch kind {
    case "segment": StoreOfFiles.segmentName
    case "users": StoreOfFiles.usersName
    case "log": StoreOfFiles.logName
    default: name
    }
  }
  var isValid: Bool { name.hasSuffix("-valid.bin") }

  static let all: [CorruptFile] = {
    guard let lines = try? FormatFolder.lines("corrupt/README.md") else { return [] }
    return lines.filter { $0.hasPrefix("| `") }.map { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      return CorruptFile(
        name: cells[1].trimmingCharacters(in: ["`"]), error: cells[3])
    }
  }()

  func bytes() throws -> [UInt8] { try FormatFolder.bytes("corrupt/" + name) }

  /// Reads all that the file holds, in a store where everything else is right.
  func read() throws {
    if kind == "manifest" {
      _ = try Manifest(bytes(), file: name)
      return
    }
    let folder = try TemporaryFolder()
    let segment = kind == "segment" ? name : "segment-valid.bin"
    let users = kind == "users" ? name : "users-valid.bin"
    try StoreOfFiles.write(
      segment: FormatFolder.bytes("corrupt/" + segment),
      users: FormatFolder.bytes("corrupt/" + users), log: kind == "log" ? bytes() : nil,
      to: folder)
    let engine = try Engine(
      at: folder.path, access: .readOnly, fileSystem: POSIXFileSystem())
    let snapshot = try engine.snapshot()
    for file in snapshot.segmentFiles { try FullRead.segmentFile(file) }
    try FullRead.users(snapshot.users)
    _ = try snapshot.universe(before: .latest)
    _ = try StoreLines.exported(EventStore(at: folder.path, access: .readOnly).snapshot())
  }
}
