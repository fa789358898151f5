/// One target, the layer it lies in, and what it may import.
struct Layer: Equatable {
  /// Layers are ordered by this number; targets with the same number are siblings and never import each other.
  let number: Double
  let target: String
  /// Targets of ours that it may import.
  let imports: Imports
  /// Packages and system libraries from outside that it may import, by the name of the module.
  let libraries: Set<String>

  enum Imports: Equatable {
    /// These and no others.
    case only(Set<String>)
    /// Every target of a layer up to and including this one.
    case layers(through: Double)
  }

  init(_ number: Double, _ target: String, _ imports: Imports, libraries: Set<String> = []) {
    self.number = number
    self.target = target
    self.imports = imports
    self.libraries = libraries
  }

  /// Whether the table allows this target to import another one.
  func allows(_ other: Layer) -> Bool {
    guard other.number < number else { return false }
    return switch imports {
    case .only(let targets): targets.contains(other.target)
    case .layers(let last): other.number <= last
    }
  }
}

/// The layers of the package, lowest first. CONTRIBUTING.md shows the same table, Package.swift follows it.
let layers: [Layer] = [
  Layer(0, "CNumericalMethods", .only([])),
  Layer(0, "Primitives", .only([])),
  Layer(0, "ShippedModels", .only([])),
  Layer(0.5, "Fingerprints", .only(["Primitives"]), libraries: ["Crypto"]),
  Layer(1, "Tables", .only(["Primitives"])),
  Layer(1, "DataModels", .only(["Primitives", "Fingerprints"]), libraries: ["Yams"]),
  Layer(1, "Storage", .only(["Primitives"]), libraries: ["GRDB"]),
  Layer(1, "NumericalMethods", .only(["CNumericalMethods", "Primitives"]), libraries: ["COpenBLAS"]),
  Layer(2, "TableFiles", .only(["Primitives", "Tables"]), libraries: ["CZlib", "CExpat", "CXlsxWriter", "CReadStat"]),
  Layer(2, "Statistics", .only(["Primitives", "NumericalMethods"]), libraries: ["COpenBLAS"]),
  Layer(2, "DisclosureControl", .only(["Primitives", "Tables"]), libraries: ["CClp"]),
  Layer(2, "Charts", .only(["Primitives"])),
  Layer(2, "Linkage", .only(["Primitives"])),
  Layer(3, "Submissions", .layers(through: 2)),
  Layer(3, "SubmissionCycles", .only(["Primitives", "DataModels"])),
  Layer(3, "SyntheticProgrammes", .layers(through: 2)),
  Layer(3, "Estimations", .layers(through: 2)),
  Layer(4, "Registers", .layers(through: 3)),
  Layer(5, "Studies", .layers(through: 4), libraries: ["Yams"]),
  Layer(7, "Reports", .layers(through: 6)),
  Layer(8, "Workspaces", .layers(through: 7)),
  Layer(10, "CommandLineInterface", .layers(through: 8), libraries: ["ArgumentParser"]),
  Layer(11, "meedoen", .only(["CommandLineInterface"])),
]

/// What comes with Swift and its toolchain, and is open to every target.
let toolchainModules: Set<String> = [
  "Swift", "Foundation", "Dispatch", "Synchronization", "Glibc", "Musl", "Darwin", "RegexBuilder", "Testing",
]

/// The module of an imported product, where one product has several.
let moduleAliases: [String: String] = ["GRDBSQLite": "GRDB"]
