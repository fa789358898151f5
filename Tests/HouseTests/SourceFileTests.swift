import Foundation
import Testing
import TestSupport

/// The form and the habits of the source files.
@Suite struct SourceFileTests {
  @Test func `a file of more than 400 lines says why`() {
    for file in swiftFiles where file.lines.count > 401 {
      if file.lines.contains(where: { $0.hasPrefix("// Long because ") }) { continue }
      Issue.record("\(file.path) has \(file.lines.count - 1) lines and no line “// Long because …”")
    }
  }

  @Test func `nothing is left for later`() {
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "fatalError(\"not " + "implemented"]
    for file in repositoryFiles {
      for word in words {
        for (index, line) in file.lines.enumerated() where line.contains(word) {
          Issue.record("\(file.path):\(index + 1) says “\(word)”")
        }
      }
    }
  }

  @Test func `sources use nothing that breaks a moved program or drags in a network`() {
    let refused = ["Bundle." + "module", "import FoundationNet" + "working", "import Foundation" + "XML"]
    for file in sourceFiles {
      for (number, line) in file.code {
        for word in refused where line.contains(word) { Issue.record("\(file.path):\(number) uses \(word)") }
      }
    }
  }

  @Test func `only the command line prints`() {
    for file in sourceFiles where !file.path.hasPrefix("Sources/CommandLineInterface/") {
      for (number, line) in file.code where line.contains(#/(?:^|[^\w.])(?:print|debugPrint|NSLog)\(/#) {
        Issue.record("\(file.path):\(number) prints")
      }
    }
  }

  @Test func `no file or folder has a name that says nothing`() {
    let empty: Set<String> = ["Utils", "Util", "Utilities", "Helpers", "Helper", "Common", "Misc", "Core"]
    for file in sourceFiles {
      for part in file.path.split(separator: "/").dropFirst() {
        let name = part.hasSuffix(".swift") ? part.dropLast(6) : part
        if empty.contains(String(name)) || name.hasSuffix("Manager") { Issue.record("\(file.path)") }
      }
    }
  }

  @Test func `the formatter is configured with the house's form`() throws {
    struct Form: Decodable {
      struct Indentation: Decodable { let spaces: Int }
      let lineLength: Int
      let indentation: Indentation
    }
    let form = try JSONDecoder().decode(Form.self, from: Data(repositoryText(".swift-format").utf8))
    #expect(form.lineLength == 120)
    #expect(form.indentation.spaces == 2)
  }

  @Test func `no text names a machine's folders or where packages are fetched from`() {
    let folders = ["wor" + "k", "ro" + "ot", "ho" + "me"].joined(separator: "|")
    let hosts = [
      "py" + "pi.org", "pythonhosted" + ".org", "registry.npm" + "js", "crates" + ".io", "deb." + "debian.org",
    ]
    let place = try! Regex("(?:^|[\\s\"'`(=:])/(?:\(folders))(?:/|\\b)")
    for file in repositoryFiles {
      for (index, line) in file.lines.enumerated() {
        if line.contains(place) { Issue.record("\(file.path):\(index + 1) names a folder of one machine") }
        for host in hosts where line.contains(host) { Issue.record("\(file.path):\(index + 1) names \(host)") }
      }
    }
  }
}
