import Foundation
import Testing

/// Unsafe code stands in few, named files, and each says why it is safe.
@Suite struct UnsafeTests {
  /// Where the proof of a file stands: in the file, or at the one door that it goes through.
  enum Proof {
    case inFile
    case at(String)
  }

  static let kernels = "Sources/RoaringBitmap/Storage/Kernels.swift"

  static let files: [String: Proof] = [
    "Sources/MartletCLI/Output/OutputFile.swift": .inFile,
    "Sources/MartletCLI/Support/Interrupts.swift": .inFile,
    "Sources/MartletCLI/Support/SystemStreams.swift": .inFile,
    "Sources/MartletEncoding/Bytes/ByteKernels.swift": .inFile,
    "Sources/MartletEncoding/Bytes/CRC32C.swift": .inFile,
    "Sources/MartletEncoding/Bytes/RawSpan+Load.swift": .inFile,
    "Sources/MartletEncoding/Codecs/LZ4Codec+Streams.swift": .inFile,
    "Sources/MartletEncoding/Codecs/LZ4Codec.swift": .inFile,
    "Sources/MartletEncoding/Codecs/ZlibCodec.swift": .inFile,
    "Sources/MartletEncoding/Codecs/ZstdCodec+Streams.swift": .inFile,
    "Sources/MartletEncoding/Codecs/ZstdCodec.swift": .inFile,
    "Sources/MartletEncoding/Pages/BitPackingKernels.swift": .inFile,
    "Sources/MartletFiles/MappedMemory.swift": .inFile,
    "Sources/MartletFiles/POSIXCalls.swift": .inFile,
    "Sources/MartletFiles/POSIXDescriptor.swift": .inFile,
    "Sources/MartletFiles/POSIXEnvironment.swift": .inFile,
    "Sources/MartletFiles/POSIXFileLock.swift": .inFile,
    "Sources/MartletFiles/POSIXFileSystem.swift": .inFile,
    "Sources/MartletFiles/POSIXWritableFile.swift": .inFile,
    "Sources/MartletImport/Bytes/ByteBuffer.swift": .inFile,
    "Sources/MartletImport/Bytes/ByteWindow.swift": .inFile,
    "Sources/MartletImport/Bytes/PlainArray.swift": .inFile,
    "Sources/MartletImport/Pipeline/FileDescriptorInput.swift": .inFile,
    "Sources/MartletModel/Parallel.swift": .inFile,
    "Sources/MartletModel/SystemReading.swift": .inFile,
    "Sources/RoaringBitmap/Algebra/WideUnion.swift": .inFile,
    "Sources/RoaringBitmap/BitSliced/BitSlicedIndex+Serialization.swift": .inFile,
    "Sources/RoaringBitmap/Bitmap64/RoaringBitmap64+Serialization.swift": .inFile,
    "Sources/RoaringBitmap/Building/RoaringBitmap+Building.swift": .inFile,
    "Sources/RoaringBitmap/RoaringBitmap.swift": .inFile,
    "Sources/RoaringBitmap/Serialization/RoaringBitmap+Serialization.swift": .inFile,
    "Sources/RoaringBitmap/Storage/BlockSource.swift": .inFile,
    "Sources/RoaringBitmap/Storage/Kernels+Blocks.swift": .at(kernels),
    "Sources/RoaringBitmap/Storage/Kernels+Bytes.swift": .inFile,
    "Sources/RoaringBitmap/Storage/Kernels+Editing.swift": .inFile,
    "Sources/RoaringBitmap/Storage/Kernels+Members.swift": .inFile,
    "Sources/RoaringBitmap/Storage/Kernels+Questions.swift": .at(kernels),
    "Sources/RoaringBitmap/Storage/Kernels+Storing.swift": .inFile,
    "Sources/RoaringBitmap/Storage/Kernels.swift": .inFile,
  ]

  static func isUnsafe(_ line: String) -> Bool {
    let code = line.range(of: "//").map { line[..<$0.lowerBound] } ?? line[...]
    return code.split { !$0.isLetter && $0 != "_" && $0 != "@" }.contains {
      $0 == "unsafe" || $0 == "@unsafe" || $0 == "@unchecked" || $0 == "nonisolated(unsafe)"
    }
  }

  static func hasProof(_ file: SourceTree.File) -> Bool {
    file.lines.contains { $0.contains("// Safe") || $0.contains("/// Safe") }
  }

  @Test func unsafeCodeStandsInListedFilesWithItsProof() throws {
    let sources = try SourceTree.swiftSources()
    let byPath = Dictionary(uniqueKeysWithValues: sources.map { ($0.path, $0) })
    for file in sources {
      guard let line = file.lines.firstIndex(where: Self.isUnsafe) else { continue }
      switch Self.files[file.path] {
      case nil:
        Issue.record("\(file.path):\(line + 1): unsafe code in a file that is not listed")
      case .inFile:
        #expect(Self.hasProof(file), "\(file.path): no comment says why it is safe")
      case .at(let door):
        #expect(byPath[door].map(Self.hasProof) == true, "\(door): no proof")
      }
    }
  }

  @Test func everyListedFileIsThereAndUnsafe() throws {
    let sources = try SourceTree.swiftSources()
    for path in Self.files.keys.sorted() {
      let file = sources.first { $0.path == path }
      #expect(
        file?.lines.contains(where: Self.isUnsafe) == true, "\(path): listed for nothing")
    }
  }
}
