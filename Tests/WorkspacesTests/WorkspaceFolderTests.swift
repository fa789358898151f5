import Foundation
import Primitives
import TestSupport
import Testing
import Workspaces

/// The folder of a workspace: made whole, opened with its own model, never written over.
@Suite struct WorkspaceFolderTests {
  func code(_ task: () throws(WorkspaceError) -> Void) -> String? {
    do throws(WorkspaceError) {
      try task()
      return nil
    } catch {
      return error.code
    }
  }

  func make(_ folder: URL, _ model: String = "municipality") -> String? {
    code { () throws(WorkspaceError) in _ = try Workspace.create(in: folder, model: model, title: nil) }
  }

  @Test func anInterruptedMakingIsCompleted() throws {
    try withTemporaryFolder { folder in
      let whole = folder.appendingPathComponent("w")
      #expect(make(whole) == nil)
      let files = FileManager.default
      // As it is left at each step, from the last to the first.
      for part in ["meedoen.yml", "store", "models/municipality.yml"] {
        try files.removeItem(at: whole.appendingPathComponent(part))
        let part = folder.appendingPathComponent("part")
        try files.copyItem(at: whole, to: part)
        #expect(make(part) == nil)
        #expect(try Workspace.open(part).registerStatus(asKnownOn: nil).people == 0)
        try files.removeItem(at: part)
      }
    }
  }

  @Test func aFolderWithSomethingElseIsRefusedAndTheMessageIsTrue() throws {
    try withTemporaryFolder { folder in
      let whole = folder.appendingPathComponent("w")
      #expect(make(whole) == nil)
      #expect(make(whole) == "WSP-14")
      let other = folder.appendingPathComponent("other")
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
      try Data().write(to: other.appendingPathComponent("letter.txt"))
      #expect(make(other) == "WSP-15")
      #expect(
        code { () throws(WorkspaceError) in
          _ = try simulate(SimulationRequest(kind: .municipality, persons: 20, seed: 1, errorRate: nil, folder: other))
        } == "WSP-15")
      #expect(try FileManager.default.contentsOfDirectory(atPath: other.path) == ["letter.txt"])
    }
  }

  @Test func aRegisterWithReturnsIsNotTakenForAnInterruptedMaking() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("person.csv")
      try Data("person;birth-year;sex;origin;ground\nW-1;1990;woman;SY;asylum\n".utf8).write(to: file)
      let whole = folder.appendingPathComponent("w")
      let day = CalendarDate(iso: "2016-04-12")!
      try Workspace.create(in: whole, model: "municipality", title: nil).workspace.submit(
        SubmitRequest(paths: [file.path], provider: "a", period: CalendarMonth(iso: "2016-03")!), today: day,
        language: .english
      ) { _ in }
      try FileManager.default.removeItem(at: whole.appendingPathComponent("meedoen.yml"))
      #expect(make(whole) == "WSP-15")
    }
  }

  @Test func onlyTheWorkspacesOwnModelIsOpened() throws {
    try withTemporaryFolder { folder in
      let whole = folder.appendingPathComponent("w")
      #expect(make(whole) == nil)
      func open() -> String? { code { () throws(WorkspaceError) in _ = try Workspace.open(whole) } }
      #expect(open() == nil)
      let model = whole.appendingPathComponent("models/municipality.yml")
      try FileManager.default.moveItem(at: model, to: folder.appendingPathComponent("municipality.yml"))
      #expect(open() == "WSP-16", "a shipped model of that name does not take its place")
      let settings = whole.appendingPathComponent("meedoen.yml")
      for name in ["../../municipality", folder.appendingPathComponent("municipality.yml").path, "''"] {
        try Data("meedoen: workspace/1\ntitle: W\nmodel: \(name)\n".utf8).write(to: settings)
        #expect(open() == "DEF-01", "\(name)")
      }
    }
  }

  @Test func aPlanThatIsNoTextIsSaidToBeNone() throws {
    try withTemporaryFolder { folder in
      let plan = folder.appendingPathComponent("plan.yml")
      for bytes: [UInt8] in [[0x50, 0x4B, 3, 4, 0, 0], [0xFF, 0xFE, 0x41]] {
        try Data(bytes).write(to: plan)
        #expect(
          code { () throws(WorkspaceError) in
            _ = try checkPlan(plan.path, model: "municipality", workspace: folder, language: .english)
          } == "DEF-03")
      }
    }
  }
}
