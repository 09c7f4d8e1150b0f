import MartletModel
import Testing

/// Each corrupt file is refused, by an error that names the file and says what is wrong.
@Suite struct CorruptFileTests {
  @Test func theTableIsRead() {
    #expect(CorruptFile.all.count > 100)
    #expect(CorruptFile.all.filter(\.isValid).count == 4)
  }

  @Test(arguments: CorruptFile.all.filter(\.isValid))
  func theFilesWithoutADefectAreRead(_ file: CorruptFile) throws {
    try file.read()
  }

  @Test(
    arguments: CorruptFile.all.filter {
      !$0.isValid && !KnownDefects.traps.contains($0.name)
        && !KnownDefects.accepted.contains($0.name)
    })
  func aDefectIsNamed(_ file: CorruptFile) throws {
    let error = try #require(throws: MartletError.self) { try file.read() }
    let isVersion = file.name.contains("-version-")
    #expect(error.code == (isVersion ? .tooNew : .corrupt))
    #expect(error.description.contains(file.error), "\(error)")
    guard !KnownDefects.unnamed.contains(file.name) else { return }
    #expect(error.file?.hasSuffix(file.nameInStore) == true, "\(error)")
  }
}

/// Fails where a known defect is gone, so that the lists stay true.
@Suite struct KnownDefectTests {
  @Test(arguments: CorruptFile.all.filter { KnownDefects.accepted.contains($0.name) })
  func isRead(_ file: CorruptFile) throws {
    withKnownIssue { #expect(throws: MartletError.self) { try file.read() } }
  }

  @Test(arguments: CorruptFile.all.filter { KnownDefects.unnamed.contains($0.name) })
  func isRefusedWithoutAName(_ file: CorruptFile) throws {
    let error = try #require(throws: MartletError.self) { try file.read() }
    withKnownIssue { #expect(error.file?.hasSuffix(file.nameInStore) == true) }
  }

  // A process of its own for each: none of them may take the tests along.

  @Test func columnsWithoutPropertiesTrap() async {
    await withKnownIssue {
      await #expect(processExitsWith: .success) {
        try CorruptFile.refuse("segment-columns-without-properties.bin")
      }
    }
  }

  @Test func anEmptyTimeRangeTraps() async {
    await withKnownIssue {
      await #expect(processExitsWith: .success) {
        try CorruptFile.refuse("segment-time-range.bin")
      }
    }
  }

  @Test func fewPositionsTrap() async {
    await withKnownIssue {
      await #expect(processExitsWith: .success) {
        try CorruptFile.refuse("segment-few-positions.bin")
      }
    }
  }

  @Test func fewInsertIDsTrap() async {
    await withKnownIssue {
      await #expect(processExitsWith: .success) {
        try CorruptFile.refuse("segment-insert-id-count.bin")
      }
    }
  }
}
