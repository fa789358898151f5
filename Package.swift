// swift-tools-version: 6.1
import PackageDescription

// The order of the targets is the order of the layers (CONTRIBUTING.md): an import may only point up this list.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func layer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// Tests simulate thousands of samples, so `make test` asks for optimised numbers in a debug build. Left out otherwise:
/// a package with unsafe flags cannot be depended on.
func numericalLayer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  let optimised: [SwiftSetting] = Context.environment["MEEDOEN_OPTIMISED_NUMBERS"] == nil ? [] : [.unsafeFlags(["-O"])]
  return .target(name: name, dependencies: dependencies, swiftSettings: settings + optimised)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "meedoen",
  products: [
    .executable(name: "meedoen", targets: ["meedoen"]),
    .library(name: "Statistics", targets: ["Statistics"]),
    .library(name: "DataModels", targets: ["DataModels"]),
    .library(name: "Charts", targets: ["Charts"]),
    .library(
      name: "Returns",
      targets: [
        "Primitives", "ShippedModels", "Tables", "DataModels", "TableFiles", "Submissions", "Registers", "Workspaces",
      ]),
    .library(name: "TableFiles", targets: ["TableFiles"]),
    .library(name: "Submissions", targets: ["Submissions"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // C libraries of the system
    .systemLibrary(
      name: "CZlib", path: "Sources/SystemLibraries/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CExpat", path: "Sources/SystemLibraries/CExpat", pkgConfig: "expat",
      providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CXlsxWriter", path: "Sources/SystemLibraries/CXlsxWriter", pkgConfig: "xlsxwriter",
      providers: [.apt(["libxlsxwriter-dev"])]),
    // Debian's package has no pkg-config file.
    .systemLibrary(
      name: "CReadStat", path: "Sources/SystemLibraries/CReadStat", providers: [.apt(["libreadstat-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", path: "Sources/SystemLibraries/COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "CClp", path: "Sources/SystemLibraries/CClp", pkgConfig: "clp", providers: [.apt(["coinor-libclp-dev"])]),

    // C++ libraries of the system (Debian's libboost-math-dev and liblemon-dev are headers alone) behind a C header
    .target(name: "CNumericalMethods"),

    // 0
    layer("Primitives", []),
    .target(
      name: "ShippedModels", path: "Models",
      resources: [.embedInCode("municipality.yml"), .embedInCode("rtof.yml")], swiftSettings: settings),
    // 1
    layer("Fingerprints", ["Primitives", crypto]),
    layer("Tables", ["Primitives"]),
    layer("DataModels", ["Primitives", "Fingerprints", yams]),
    layer("Storage", ["Primitives", grdb]),
    numericalLayer("NumericalMethods", ["Primitives", "COpenBLAS", "CNumericalMethods"]),
    // 2
    layer("TableFiles", ["Primitives", "Tables", "CZlib", "CExpat", "CXlsxWriter", "CReadStat"]),
    numericalLayer("Statistics", ["Primitives", "NumericalMethods", "COpenBLAS"]),
    layer("DisclosureControl", ["Primitives", "CClp"]),
    layer("Charts", ["Primitives"]),
    numericalLayer("Linkage", ["Primitives"]),
    // 3
    layer("Submissions", ["Primitives", "Fingerprints", "Tables", "DataModels", "TableFiles"]),
    layer("SubmissionCycles", ["Primitives", "DataModels"]),
    layer("SyntheticProgrammes", ["Primitives", "Fingerprints", "Tables", "DataModels", "TableFiles"]),
    layer("Estimations", ["Primitives", "Tables", "TableFiles", "NumericalMethods", "Statistics"]),
    // 4
    layer(
      "Registers",
      [
        "Primitives", "Fingerprints", "Tables", "DataModels", "Storage", "TableFiles", "Linkage", "Submissions",
        "SubmissionCycles",
      ]),
    // 5
    layer(
      "Studies",
      ["Primitives", "Fingerprints", "Tables", "DataModels", "Statistics", "DisclosureControl", "Registers", yams]),
    // 7
    layer(
      "Reports",
      [
        "Primitives", "Fingerprints", "DataModels", "TableFiles", "DisclosureControl", "Charts", "Submissions",
        "SubmissionCycles", "Studies",
      ]),
    // 8
    layer(
      "Workspaces",
      [
        "Primitives", "Fingerprints", "Tables", "DataModels", "Storage", "TableFiles", "Linkage", "Submissions",
        "SubmissionCycles", "Statistics",
        "SyntheticProgrammes", "Registers", "DisclosureControl", "Studies", "Reports", "ShippedModels",
      ]),
    // 10
    layer(
      "CommandLineInterface",
      [
        "Primitives", "Fingerprints", "DataModels", "Linkage", "Submissions", "SubmissionCycles", "Estimations",
        "Registers", "Studies", "Reports", "Workspaces", argumentParser,
      ]),
    .executableTarget(name: "meedoen", dependencies: ["CommandLineInterface"], swiftSettings: settings),

    // Development
    layer("TestSupport", ["Primitives"]),
    tests("HouseTests", []),
    tests("PrimitivesTests", ["Primitives"]),
    tests("TablesTests", ["Primitives", "Tables"]),
    tests("DataModelsTests", ["Primitives", "DataModels"]),
    tests("TableFilesTests", ["Primitives", "Tables", "TableFiles"]),
    tests("DisclosureControlTests", ["Primitives", "DisclosureControl"]),
    tests(
      "SyntheticProgrammesTests",
      ["Primitives", "DataModels", "TableFiles", "Linkage", "Submissions", "SyntheticProgrammes"]),
    tests("NumericalMethodsTests", ["Primitives", "NumericalMethods"]),
    tests("StatisticsTests", ["Primitives", "NumericalMethods", "Statistics"]),
    tests("EstimationsTests", ["Primitives", "Tables", "TableFiles", "NumericalMethods", "Statistics", "Estimations"]),
    tests("LinkageTests", ["Primitives", "Linkage"]),
    tests("ChartsTests", ["Primitives", "Charts", "CExpat"]),
    tests("ReportsTests", ["Primitives", "Fingerprints", "DisclosureControl", "Charts", "Studies", "Reports"]),
    tests("StorageTests", ["Primitives", "Storage"]),
    tests(
      "RegistersTests",
      [
        "Primitives", "Fingerprints", "Tables", "DataModels", "TableFiles", "Storage", "Linkage", "Submissions",
        "SubmissionCycles",
        "Registers",
      ]),
    tests(
      "StudiesTests",
      [
        "Primitives", "Fingerprints", "Tables", "DataModels", "Statistics", "DisclosureControl", "Registers", "Studies",
      ]),
    tests(
      "WorkspacesTests",
      [
        "Primitives", "DataModels", "TableFiles", "DisclosureControl", "Submissions", "SyntheticProgrammes",
        "Registers", "Studies", "Reports", "Workspaces",
      ]),
    tests("CommandLineTests", ["Primitives", "DataModels", "TableFiles", "Workspaces", "meedoen"]),
    tests("SubmissionsTests", ["Primitives", "Tables", "DataModels", "TableFiles", "Submissions"]),
    tests("SubmissionCyclesTests", ["Primitives", "DataModels", "SubmissionCycles"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
