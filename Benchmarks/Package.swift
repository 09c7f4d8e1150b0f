// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
]

// A package of its own, so that users of Martlet never resolve what only benchmarks need.
let package = Package(
  name: "martlet-benchmarks",
  dependencies: [.package(name: "martlet", path: "../")],
  targets: [
    .executableTarget(
      name: "BitmapBenchmarks",
      dependencies: [.product(name: "RoaringBitmap", package: "martlet")],
      path: "BitmapBenchmarks", swiftSettings: settings),
    .executableTarget(
      name: "BitmapFuzz",
      dependencies: [.product(name: "RoaringBitmap", package: "martlet")],
      path: "BitmapFuzz", swiftSettings: settings),
    .executableTarget(
      name: "DurabilityDriver",
      dependencies: [.product(name: "Martlet", package: "martlet")],
      path: "durability/driver", swiftSettings: settings),
  ]
)
