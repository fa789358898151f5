import Foundation
import Testing
import TestSupport

/// The documents beside the code: landing pages, links, decisions, the glossary.
@Suite struct DocumentTests {
  /// The program is five lines, the models are not code, and a C header has no page of this kind.
  private static let withoutPage: Set = ["meedoen", "ShippedModels", "CNumericalMethods"]

  @Test(arguments: layers.map(\.target).filter { !withoutPage.contains($0) } + ["TestSupport"])
  func `a target has a landing page that says what it is for`(_ target: String) {
    let path = "Sources/\(target)/\(target).docc/\(target).md"
    let lines = repositoryText(path).split(separator: "\n", omittingEmptySubsequences: true)
    if lines.first != "# ``\(target)``" { Issue.record("\(path) should begin with the title “# ``\(target)``”") }
    if lines.count < 2 || lines[1].count < 20 {
      Issue.record("\(path) should say in a sentence what the target is for")
    }
  }

  @Test func `every link to a place in the repository resolves`() {
    for file in markdownFiles {
      for link in links(in: file) {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let target =
          parts[0].isEmpty
          ? repository.appendingPathComponent(file.path)
          : file.folder.appendingPathComponent(parts[0].removingPercentEncoding ?? parts[0])
        guard FileManager.default.fileExists(atPath: target.path) else {
          Issue.record("\(file.path) links to \(link), which is not there")
          continue
        }
        guard parts.count > 1, target.pathExtension == "md" else { continue }
        let text = (try? String(contentsOf: target, encoding: .utf8)) ?? ""
        if !anchors(in: text).contains(parts[1]) { Issue.record("\(file.path) links to \(link): no such heading") }
      }
    }
  }

  @Test func `decisions are numbered from 1 without a gap, in one shape`() {
    let files = markdownFiles.filter { $0.path.hasPrefix("Documentation/Decisions/") }
    #expect(!files.isEmpty)
    for (index, file) in files.enumerated() {
      let number = String(repeating: "0", count: 4 - String(index + 1).count) + String(index + 1)
      #expect(file.name.hasPrefix(number + "-"), "\(file.path) should be number \(number)")
      #expect(file.text.hasPrefix("# \(number). "), "\(file.path) should begin with “# \(number). ”")
      let headings = file.lines.filter { $0.hasPrefix("## ") }
      #expect(headings == ["## Context", "## Decision", "## Consequences"], "\(file.path)")
    }
  }

  @Test func `the index names every guide, method and decision`() {
    let index = TextFile(path: "Documentation/README.md", text: repositoryText("Documentation/README.md"))
    let named = Set(links(in: index).map { "Documentation/" + $0 })
    for file in markdownFiles where file.path.hasPrefix("Documentation/") && file.path != index.path {
      if !named.contains(file.path) { Issue.record("Documentation/README.md does not name \(file.path)") }
    }
  }

  @Test func `the glossary has English, Dutch and a meaning in every row, and no term twice`() {
    let rows = tableRows(in: repositoryText("GLOSSARY.md"))
    #expect(rows.count > 40)
    for row in rows {
      if row.count == 3, row.allSatisfy({ !$0.isEmpty }) { continue }
      Issue.record("GLOSSARY.md: not English, Dutch and a meaning: \(row.joined(separator: " | "))")
    }
    let terms = Dictionary(grouping: rows.compactMap(\.first), by: { $0 })
    #expect(terms.filter { $0.value.count > 1 }.keys.sorted() == [])
  }

  @Test func `SECURITY names files and tests that exist`() {
    let paths = Set(repositoryFiles.map(\.path))
    let folders = Set(repositoryFiles.flatMap { prefixes(of: $0.path) })
    let named = repositoryText("SECURITY.md").matches(of: #/`((?:Sources|Tests|Documentation)/[\w\/.+-]+)`/#)
    #expect(!named.isEmpty)
    for match in named {
      let path = String(match.1)
      if paths.contains(path) || folders.contains(path) { continue }
      Issue.record("SECURITY.md names \(path), which is not there")
    }
  }

  // MARK: Markdown

  /// Links and pictures of a file that lead into the repository; code is not looked at.
  private func links(in file: TextFile) -> [String] {
    text(withoutCode: file.text).matches(of: #/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/#).map { String($0.1) }.filter {
      !$0.contains(":")
    }
  }

  private func text(withoutCode text: String) -> String {
    var lines: [Substring] = []
    var isCode = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.drop(while: { $0 == " " }).hasPrefix("```") {
        isCode.toggle()
      } else if !isCode {
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n").replacing(#/`[^`\n]*`/#, with: "")
  }

  /// The names by which headings can be linked to.
  private func anchors(in text: String) -> Set<String> {
    var anchors: Set<String> = []
    for line in text.split(separator: "\n") {
      guard let heading = line.wholeMatch(of: #/#{1,6} (.*)/#)?.1 else { continue }
      let kept = heading.lowercased().filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
      anchors.insert(kept.replacingOccurrences(of: " ", with: "-"))
    }
    return anchors
  }

  private func prefixes(of path: String) -> [String] {
    let parts = path.split(separator: "/")
    return parts.indices.dropLast().map { parts[...$0].joined(separator: "/") }
  }
}
