// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that neither the product nor its tests build it: Scripts/fuzz.sh does, with the sanitizers.

let settings: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

let package = Package(
  name: "fuzzing",
  dependencies: [.package(name: "meedoen", path: "..")],
  targets: [
    // Files that are links come from the tests, which make the same odd zip files and workbooks.
    .executableTarget(
      name: "Fuzzer", dependencies: [.product(name: "TableFiles", package: "meedoen")], swiftSettings: settings),
    .executableTarget(
      name: "Edits",
      dependencies: [
        .product(name: "DataModels", package: "meedoen"), .product(name: "Submissions", package: "meedoen"),
        .product(name: "TableFiles", package: "meedoen"),
      ], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
