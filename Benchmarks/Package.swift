// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that neither the product nor its tests build it: Scripts/bench.sh does.

let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "meedoen", path: "..")],
  targets: [
    .executableTarget(
      name: "Benchmarks", dependencies: [.product(name: "Statistics", package: "meedoen")],
      swiftSettings: [.enableUpcomingFeature("ExistentialAny")]),
    .executableTarget(
      name: "SubmissionBenchmarks", dependencies: [.product(name: "Returns", package: "meedoen")],
      swiftSettings: [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")]),
  ],
  swiftLanguageModes: [.v6]
)
