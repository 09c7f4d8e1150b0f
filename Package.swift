// swift-tools-version: 6.2
import PackageDescription

// Every Swift target: Swift 6 mode, strict memory safety, explicit existentials, explicit imports.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

// Targets stand bottom-up; a target imports only what stands above it in this list
// (the import table in the README, held by ArchitectureTests).
let package = Package(
  name: "martlet",
  products: [
    .library(name: "Martlet", targets: ["Martlet"]),
    .library(name: "RoaringBitmap", targets: ["RoaringBitmap"]),
    .executable(name: "martlet", targets: ["MartletCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // Layer 0: system libraries and word loops.
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(
      name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CMartletKernels"),

    // Layer 1: sets of UInt32, and the nouns.
    .target(
      name: "RoaringBitmap", dependencies: ["CMartletKernels"], swiftSettings: strict),
    .target(name: "MartletModel", swiftSettings: strict),

    // Layer 2: bytes, disk, language.
    .target(
      name: "MartletEncoding",
      dependencies: ["MartletModel", "CMartletKernels", "CZstd", "CLZ4", "CZlib"],
      swiftSettings: strict),
    .target(name: "MartletFiles", dependencies: ["MartletModel"], swiftSettings: strict),
    .target(name: "MartletLanguage", dependencies: ["MartletModel"], swiftSettings: strict),

    // Layer 3: foreign bytes, synthetic events, one immutable file.
    .target(
      name: "MartletImport",
      dependencies: ["MartletModel", "MartletFiles", "MartletEncoding"],
      swiftSettings: strict),
    .target(
      name: "MartletGenerator",
      dependencies: ["MartletModel", "MartletFiles", "MartletEncoding"],
      swiftSettings: strict),
    .target(
      name: "MartletSegmentFile",
      dependencies: ["MartletModel", "MartletEncoding", "MartletFiles", "RoaringBitmap"],
      swiftSettings: strict),

    // Layer 4: what is durable, what is live.
    .target(
      name: "MartletEngine",
      dependencies: [
        "MartletModel", "MartletEncoding", "MartletFiles", "RoaringBitmap", "MartletSegmentFile",
      ],
      swiftSettings: strict),

    // Layer 5: questions.
    .target(
      name: "MartletQuery",
      dependencies: [
        "MartletModel", "MartletEncoding", "MartletLanguage", "MartletSegmentFile",
        "MartletEngine", "RoaringBitmap",
      ],
      swiftSettings: strict),

    // Layer 6: the public API.
    .target(
      name: "Martlet",
      dependencies: [
        "MartletModel", "MartletEncoding", "MartletFiles", "MartletLanguage", "MartletImport",
        "MartletGenerator", "MartletSegmentFile", "MartletEngine", "MartletQuery", "RoaringBitmap",
      ],
      swiftSettings: strict),

    // Layer 7: the command line.
    .executableTarget(
      name: "MartletCLI",
      dependencies: [
        "Martlet", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Tests.
    .target(
      name: "MartletTestSupport",
      dependencies: [
        "MartletModel", "MartletLanguage", "MartletEncoding", "MartletFiles",
        "MartletSegmentFile", "RoaringBitmap",
      ],
      path: "Tests/MartletTestSupport", swiftSettings: strict),
    .testTarget(
      name: "RoaringBitmapTests", dependencies: ["RoaringBitmap", "CMartletKernels"],
      swiftSettings: strict),
    .testTarget(
      name: "MartletModelTests", dependencies: ["MartletModel"], swiftSettings: strict),
    .testTarget(
      name: "MartletEncodingTests",
      dependencies: ["MartletEncoding", "MartletModel", "CMartletKernels"],
      swiftSettings: strict),
    .testTarget(
      name: "MartletFilesTests", dependencies: ["MartletFiles", "MartletModel"],
      swiftSettings: strict),
    .testTarget(
      name: "MartletLanguageTests",
      dependencies: ["MartletLanguage", "MartletModel", "MartletTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MartletImportTests", dependencies: ["MartletImport", "MartletModel"],
      swiftSettings: strict),
    .testTarget(
      name: "MartletGeneratorTests", dependencies: ["MartletGenerator", "MartletModel"],
      swiftSettings: strict),
    .testTarget(
      name: "MartletSegmentFileTests",
      dependencies: [
        "MartletSegmentFile", "MartletModel", "MartletEncoding", "MartletFiles", "RoaringBitmap",
        "MartletTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MartletEngineTests",
      dependencies: [
        "MartletEngine", "MartletModel", "MartletEncoding", "MartletFiles", "MartletSegmentFile",
        "RoaringBitmap", "MartletTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MartletQueryTests",
      dependencies: [
        "MartletQuery", "MartletEngine", "MartletSegmentFile", "MartletLanguage", "MartletFiles",
        "MartletEncoding", "MartletModel", "RoaringBitmap", "MartletTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MartletTests",
      dependencies: [
        "Martlet", "MartletEngine", "MartletQuery", "RoaringBitmap", "MartletTestSupport",
      ],
      resources: [.copy("Resources")], swiftSettings: strict),
    .testTarget(
      name: "MartletCLITests", dependencies: ["MartletCLI", "Martlet"], swiftSettings: strict),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "Martlet", "MartletEngine", "MartletSegmentFile", "MartletEncoding", "MartletFiles",
        "MartletModel", "RoaringBitmap",
      ],
      swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
  ]
)
