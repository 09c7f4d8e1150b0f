import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// An expiry that cannot be finished changes nothing.
@Suite struct ExpiryDamageTests {
  /// Two segment files; the expiry rewrites both.
  private static func store() throws -> (system: SimulatedFileSystem, lastFile: String) {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    try engine.append("u0", at: 100, id: "x")
    try engine.append("u0", at: 300)
    try engine.flush()
    for number in 0..<200 { try engine.append(Text("v\(number % 7)"), "B", at: Int64(number)) }
    try engine.flush()
    let names = try system.list(StoreScript.path).filter { $0.hasPrefix("segment-") }
    return (system, StoreScript.path + "/" + names[names.count - 1])
  }

  @Test func aDamagedFileKeepsTheOthersInsertIDs() throws {
    var failureCount = 0
    let byteCount = try Self.store().system.read(try Self.store().lastFile).count
    for offset in stride(from: 16, to: byteCount, by: 5) {
      let (system, file) = try Self.store()
      system.damage(file) { bytes in
        var damaged = bytes
        damaged[offset] ^= 1
        return damaged
      }
      // Some damage shows when the store is opened, some where an expiry does not look.
      guard let engine = try? Engine(writing: system) else { continue }
      let error = Self.error { () throws(MartletError) in
        _ = try engine.expire(before: Timestamp(milliseconds: 150))
      }
      guard let error else { continue }
      #expect(error.code == .corrupt && error.file == file, "byte \(offset): \(error)")
      failureCount += 1
      let again = try engine.append("u0", at: 100, id: "x")
      #expect(again.duplicates == 1, "byte \(offset): the event is there twice")
    }
    #expect(failureCount > 0)
  }

  private static func error(_ body: () throws(MartletError) -> Void) -> MartletError? {
    do throws(MartletError) {
      try body()
      return nil
    } catch { return error }
  }
}
