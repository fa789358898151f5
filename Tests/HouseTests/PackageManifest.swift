/// The targets of `Package.swift` with what they depend on, read from its text.
struct PackageManifest {
  struct Target {
    let name: String
    /// Our targets and modules from outside, by the name that an import has.
    let dependencies: [String]
    let isTest: Bool
  }

  /// In the order of the file, system libraries left out.
  let targets: [Target]

  init(_ text: String) {
    let products = Dictionary(
      text.matches(of: #/let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/#).map {
        (String($0.1), String($0.2))
      }, uniquingKeysWith: { first, _ in first })
    let text = String(text[(text.firstRange(of: "targets: [\n")?.upperBound ?? text.startIndex)...])
    let calls = text.matches(
      of: #/(?s)(\w*[lL]ayer|tests|\.target|\.executableTarget|\.testTarget)\(\s*(?:name: )?"(\w+)"(.*?)\)\s*,?\s*\n/#)
    targets = calls.map { call in
      let arguments = String(call.3)
      let list =
        call.1.hasSuffix("ayer") || call.1 == "tests"
        ? arguments.firstMatch(of: #/(?s)^,\s*\[(.*?)\]/#).map { String($0.1) }
        : arguments.firstMatch(of: #/(?s)dependencies: \[(.*?)\]/#).map { String($0.1) }
      let isTest = call.1 == "tests" || call.1 == ".testTarget"
      let names = (list ?? "").matches(of: #/"(\w+)"|(\w+)/#).map { item in
        item.1.map(String.init) ?? products[String(item.2!)] ?? String(item.2!)
      }
      return Target(name: String(call.2), dependencies: names + (isTest ? ["TestSupport"] : []), isTest: isTest)
    }
  }

  func target(_ name: String) -> Target? { targets.first { $0.name == name } }
}

extension TextFile {
  /// The modules that the file imports, with the lines where it does.
  var imports: [(module: String, line: Int)] {
    let form =
      #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor)\s+)?(\w+)/#
    return code.compactMap { number, line in
      line.firstMatch(of: form).map { (moduleAliases[String($0.1)] ?? String($0.1), number) }
    }
  }
}
