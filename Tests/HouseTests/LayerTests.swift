import Testing
import TestSupport

/// The arrows between targets: the table, the manifest, the sources and CONTRIBUTING.md say the same.
@Suite struct LayerTests {
  let manifest = PackageManifest(repositoryText("Package.swift"))
  let byName = Dictionary(uniqueKeysWithValues: layers.map { ($0.target, $0) })

  @Test func `no target of the table may import a sibling or a layer above it`() {
    for layer in layers {
      guard case .only(let targets) = layer.imports else {
        if case .layers(let last) = layer.imports { #expect(last < layer.number, "\(layer.target)") }
        continue
      }
      for target in targets {
        let other = byName[target]
        if other == nil || other!.number >= layer.number { Issue.record("\(layer.target) → \(target)") }
      }
    }
  }

  @Test func `the manifest lists the targets of the table, in its order`() {
    let targets = manifest.targets.filter { !$0.isTest && $0.name != "TestSupport" }.map(\.name)
    #expect(targets == layers.map(\.target), "Package.swift and Tests/HouseTests/LayerTable.swift differ")
  }

  @Test(arguments: layers.map(\.target))
  func `a target depends on what its row allows and on nothing else`(_ name: String) throws {
    let layer = try #require(byName[name])
    let target = try #require(manifest.target(name), "Package.swift has no target \(name)")
    for dependency in target.dependencies {
      if let other = byName[dependency] {
        if !layer.allows(other) { Issue.record("Package.swift: \(name) → \(dependency) is no arrow of the layers") }
      } else if !layer.libraries.contains(dependency) {
        Issue.record("Package.swift: \(name) may not use \(dependency)")
      }
    }
    #expect(layer.libraries.isSubset(of: target.dependencies), "the table gives \(name) a library it does not use")
  }

  @Test(arguments: layers.map(\.target))
  func `a source file imports only what the manifest gives its target`(_ name: String) {
    let allowed = toolchainModules.union(manifest.target(name)?.dependencies ?? [])
    let folder = name == "ShippedModels" ? "Models/" : "Sources/\(name)/"
    for file in swiftFiles where file.path.hasPrefix(folder) {
      for found in file.imports where !allowed.contains(found.module) {
        Issue.record("\(file.path):\(found.line) imports \(found.module)")
      }
    }
  }

  @Test func `a test file imports only what the manifest gives its target`() {
    for target in manifest.targets where target.isTest {
      let allowed = toolchainModules.union(target.dependencies)
      for file in swiftFiles where file.path.hasPrefix("Tests/\(target.name)/") {
        for found in file.imports where !allowed.contains(found.module) {
          Issue.record("\(file.path):\(found.line) imports \(found.module)")
        }
      }
    }
  }

  @Test func `TestSupport stays with the tests`() {
    for file in sourceFiles where !file.path.hasPrefix("Sources/TestSupport/") {
      for found in file.imports where found.module == "TestSupport" || found.module == "Testing" {
        Issue.record("\(file.path):\(found.line) imports \(found.module)")
      }
    }
  }

  @Test func `every folder of sources and of tests is a target`() {
    let targets = Set(manifest.targets.map(\.name))
    for folder in folders(in: "Sources") where folder != "SystemLibraries" && !targets.contains(folder) {
      Issue.record("Sources/\(folder) is not in Package.swift")
    }
    for folder in folders(in: "Tests") where folder.hasSuffix("Tests") && !targets.contains(folder) {
      Issue.record("Tests/\(folder) is not in Package.swift, so nothing in it runs")
    }
  }

  @Test func `CONTRIBUTING shows the same table`() {
    let shown = tableRows(in: repositoryText("CONTRIBUTING.md")).compactMap(layer(fromRow:))
    #expect(shown.map(\.target) == layers.map(\.target))
    for (row, layer) in zip(shown, layers) where row != layer {
      Issue.record("CONTRIBUTING.md and Tests/HouseTests/LayerTable.swift differ in the row of \(layer.target)")
    }
  }

  /// A row `| number | `target` | purpose | may import |`; nil for rows of other tables.
  private func layer(fromRow cells: [String]) -> Layer? {
    guard cells.count == 4, let number = Double(cells[0]),
      let target = cells[1].wholeMatch(of: #/`(\w+)`/#)?.1
    else { return nil }
    let parts = cells[3].split(separator: "(+", maxSplits: 1)
    let libraries = parts.count > 1 ? parts[1].matches(of: #/`(\w+)`/#).map { String($0.1) } : []
    let own = parts.first.map(String.init) ?? ""
    if let last = own.firstMatch(of: #/layers 0–(\d+)/#).flatMap({ Double($0.1) }) {
      return Layer(number, String(target), .layers(through: last), libraries: Set(libraries))
    }
    let names = own.matches(of: #/`(\w+)`/#).map { String($0.1) }
    return Layer(number, String(target), .only(Set(names)), libraries: Set(libraries))
  }
}
