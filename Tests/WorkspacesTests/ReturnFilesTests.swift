import Foundation
import Primitives
import TestSupport
import Testing
import Workspaces

/// Which files of what is named are read, and what is said of the others.
@Suite struct ReturnFilesTests {
  func withFiles(_ names: String..., body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for name in names {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("person\nW-1\n".utf8).write(to: file)
      }
      try body(folder)
    }
  }

  func code(_ task: () throws(WorkspaceError) -> Void) -> String? {
    do throws(WorkspaceError) {
      try task()
      return nil
    } catch {
      return error.code
    }
  }

  @Test func whatIsNoTableIsNamedAndHiddenFilesAreNot() throws {
    try withFiles("a.csv", "b.XLSX", "return.yml", ".DS_Store", "~$b.xlsx", "notes.docx", "more.csv/inner.csv") {
      folder in
      let found = try ReturnFiles.collect([folder.path])
      #expect(found.files.map(\.lastPathComponent) == ["a.csv", "b.XLSX"])
      #expect(found.skipped.map { URL(fileURLWithPath: $0).lastPathComponent } == ["more.csv", "notes.docx"])
      #expect(found.note?.english.contains("notes.docx") == true)
    }
  }

  @Test func aFileThatIsNamedTwiceIsReadOnce() throws {
    try withFiles("a.csv") { folder in
      let file = folder.appendingPathComponent("a.csv").path
      let found = try ReturnFiles.collect([file, folder.path, folder.path + "/./a.csv"])
      #expect(found.files.count == 1)
    }
  }

  @Test func twoFilesOfOneNameAreRefused() throws {
    try withFiles("x/person.csv", "y/person.csv") { folder in
      let paths = ["x", "y"].map { folder.appendingPathComponent($0).path }
      do throws(WorkspaceError) {
        _ = try ReturnFiles.collect(paths)
        Issue.record("it should be refused")
      } catch {
        #expect(error.code == "WSP-04" && error.exitCode == 2)
        #expect(error.message.english.contains("“person.csv”"))
      }
    }
  }

  @Test func whatCannotBeOpenedIsNotPassedOver() throws {
    try withFiles("a/person.csv") { folder in
      #expect(code { () throws(WorkspaceError) in _ = try ReturnFiles.load([folder]) } == "WSP-03")
      #expect(
        code { () throws(WorkspaceError) in
          _ = try ReturnFiles.load([folder.appendingPathComponent("none.csv")])
        } == "WSP-02")
      // The system's administrator may read everything.
      if geteuid() != 0 {
        let closed = folder.appendingPathComponent("a").path
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed) }
        #expect(code { () throws(WorkspaceError) in _ = try ReturnFiles.collect([closed]) } == "WSP-03")
      }
    }
  }
}
