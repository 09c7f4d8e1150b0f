#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that are too large for the repository, in the folder that `MARTLET_TEST_DATA` names.
enum TestData {
  static let folder: String? = unsafe getenv("MARTLET_TEST_DATA").map { unsafe String(cString: $0) }

  /// Why tests that need the folder are skipped.
  static let skipReason = "MARTLET_TEST_DATA does not name the folder of test data"

  static func bytes(_ name: String) throws -> [UInt8] {
    let path = "\(folder ?? "")/\(name)"
    guard let file = unsafe fopen(path, "rb") else { throw Missing(path: path) }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  struct Missing: Error {
    let path: String
  }
}

extension TestData {
  /// A number from the environment: how long a test that can run long should.
  static func number(_ name: String) -> Int? {
    unsafe getenv(name).flatMap { unsafe Int(String(cString: $0)) }
  }
}
