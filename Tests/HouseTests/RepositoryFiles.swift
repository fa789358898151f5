import Foundation
import TestSupport

/// A text file of the repository.
struct TextFile: CustomStringConvertible, Sendable {
  /// Relative to the folder of `Package.swift`, with slashes.
  let path: String
  let text: String

  var description: String { path }
  var name: String { String(path.split(separator: "/").last ?? "") }
  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  var folder: URL { repository.appendingPathComponent(path).deletingLastPathComponent() }

  /// Lines of code with their numbers, from 1; lines that are comments are left out.
  var code: [(number: Int, line: Substring)] {
    lines.enumerated().compactMap { index, line in
      line.drop { $0 == " " }.hasPrefix("//") ? nil : (index + 1, line)
    }
  }
}

/// Every text file of the repository, in order of path; what is built or made by running is left out.
let repositoryFiles: [TextFile] = {
  let made: Set<String> = ["demo", "reports", "__pycache__", "Package.resolved"]
  let kept: Set<String> = [".ci", ".github", ".gitignore", ".swift-format"]
  var files: [TextFile] = []
  func visit(_ folder: String) {
    let url = repository.appendingPathComponent(folder)
    for name in ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() {
      if name.hasPrefix("."), !kept.contains(name) { continue }
      if folder.isEmpty, made.contains(name) { continue }
      let path = folder.isEmpty ? name : folder + "/" + name
      var isFolder: ObjCBool = false
      let file = repository.appendingPathComponent(path)
      guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue {
        visit(path)
      } else if let text = try? String(contentsOf: file, encoding: .utf8) {
        files.append(TextFile(path: path, text: text))
      }
    }
  }
  visit("")
  return files
}()

let sourceFiles = repositoryFiles.filter { $0.path.hasPrefix("Sources/") && $0.path.hasSuffix(".swift") }
let swiftFiles = repositoryFiles.filter { $0.path.hasSuffix(".swift") }
let markdownFiles = repositoryFiles.filter { $0.path.hasSuffix(".md") }

/// The file at a path, or an empty text when it is not there.
func repositoryText(_ path: String) -> String { repositoryFiles.first { $0.path == path }?.text ?? "" }

/// Names of the folders directly in a folder.
func folders(in path: String) -> [String] {
  let url = repository.appendingPathComponent(path)
  return ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted().filter {
    var isFolder: ObjCBool = false
    let found = FileManager.default.fileExists(atPath: url.appendingPathComponent($0).path, isDirectory: &isFolder)
    return found && isFolder.boolValue
  }
}

/// The rows of every Markdown table in a text, without header rows; cells without blanks around them.
func tableRows(in text: String) -> [[String]] {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  func isRule(_ line: String) -> Bool { line.hasPrefix("|") && line.allSatisfy { "|-: ".contains($0) } }
  return lines.indices.compactMap { index in
    guard lines[index].hasPrefix("|"), !isRule(lines[index]) else { return nil }
    if index + 1 < lines.count, isRule(lines[index + 1]) { return nil }
    return lines[index].dropFirst().dropLast(lines[index].hasSuffix("|") ? 1 : 0)
      .split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
