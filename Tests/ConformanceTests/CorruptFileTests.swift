import MartletModel
import Testing

/// Each corrupt file is refused, by an error that names the file and says what is wrong.
@Suite struct CorruptFileTests {
  @Test func theTableIsRead() {
    #expect(CorruptFile.all.count > 140)
    #expect(CorruptFile.all.filter(\.isValid).count == 7)
  }

  @Test(arguments: CorruptFile.all.filter(\.isValid))
  func theFilesWithoutADefectAreRead(_ file: CorruptFile) throws {
    try file.read()
  }

  @Test(arguments: CorruptFile.all.filter { !$0.isValid })
  func aDefectIsNamed(_ file: CorruptFile) throws {
    let error = try #require(throws: MartletError.self) { try file.read() }
    let isVersion = file.name.contains("-version-")
    #expect(error.code == (isVersion ? .tooNew : .corrupt))
    #expect(error.description.contains(file.error), "\(error)")
    #expect(error.file?.hasSuffix(file.nameInStore) == true, "\(error)")
  }
}
