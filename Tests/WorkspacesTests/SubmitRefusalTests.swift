import Foundation
import Primitives
import Registers
import TestSupport
import Testing
import Workspaces

/// What cannot be taken back once a return is in the register is refused before it goes in.
@Suite struct SubmitRefusalTests {
  let today = CalendarDate(iso: "2016-05-01")!

  /// A workspace, and a folder with one table.
  func withWorkspace(_ body: (Workspace, URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try table("W-1").write(to: folder.appendingPathComponent("person.csv"))
      let workspace = try Workspace.create(
        in: folder.appendingPathComponent("w"), model: "municipality", title: nil
      ).workspace
      try body(workspace, folder)
    }
  }

  func table(_ person: String) -> Data {
    Data("person;birth-year;sex;origin;ground\n\(person);1990;woman;SY;asylum\n".utf8)
  }

  func makeReturn(_ folder: URL, _ manifest: String, person: String = "W-2") throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try table(person).write(to: folder.appendingPathComponent("person.csv"))
    try Data("meedoen: return/1\n\(manifest)\n".utf8).write(to: folder.appendingPathComponent("return.yml"))
  }

  func request(
    _ folder: URL, provider: String = "Entree Noord", period: String = "2016-03", received: String? = "2016-04-12",
    acceptsNew: Bool = false
  ) -> SubmitRequest {
    SubmitRequest(
      paths: [folder.appendingPathComponent("person.csv").path], provider: provider,
      period: CalendarMonth(iso: period)!, receivedOn: received.map { CalendarDate(iso: $0)! },
      acceptsNewProvider: acceptsNew)
  }

  /// The code of the error of a submission; nil when it goes in.
  func code(_ workspace: Workspace, _ request: SubmitRequest) -> String? {
    do throws(WorkspaceError) {
      try workspace.submit(request, today: today, language: .english) { _ in }
      return nil
    } catch {
      return error.code
    }
  }

  @Test func daysThatCannotBeAreRefusedAndNothingIsKept() throws {
    try withWorkspace { workspace, folder in
      #expect(code(workspace, request(folder, period: "2016-05")) == "WSP-08")
      #expect(code(workspace, request(folder, received: "2016-05-02")) == "WSP-09")
      #expect(code(workspace, request(folder, period: "2016-06", received: nil)) == "WSP-08")
      let kept = try workspace.submissions(asKnownOn: nil).returns
      #expect(kept.isEmpty)
      #expect(code(workspace, request(folder, received: "2016-05-01")) == nil)
    }
  }

  @Test func theMessageNamesTheLineOfTheManifest() throws {
    try withWorkspace { workspace, folder in
      let place = folder.appendingPathComponent("returns/a")
      try makeReturn(place, "provider: entree\nperiod: 2016-03\nsent-on: 2016-02-28")
      do throws(WorkspaceError) {
        try workspace.submit(SubmitRequest(paths: [place.path]), today: today, language: .english) { _ in }
        Issue.record("it should be refused")
      } catch {
        #expect(error.code == "WSP-08" && error.exitCode == 2)
        #expect(error.message.english.contains("a/return.yml:4:10"))
        #expect(error.message[.dutch].contains("a/return.yml:4:10"))
      }
    }
  }

  @Test(arguments: ["", "   ", "a\nb", "a\u{1B}[31m", "a\u{85}b", String(repeating: "a", count: 81)])
  func aProviderNeedsAName(_ name: String) throws {
    try withWorkspace { workspace, folder in
      #expect(code(workspace, request(folder, provider: name)) == "WSP-06")
    }
  }

  @Test func aProviderIsTrimmedAndANearMissOfAKnownOneIsRefusedUnlessMeant() throws {
    try withWorkspace { workspace, folder in
      #expect(code(workspace, request(folder, provider: "  Entree Noord ")) == nil)
      let kept = try workspace.submissions(asKnownOn: nil).returns
      #expect(kept.map(\.provider) == ["Entree Noord"])
      for name in ["entree noord", "Entree-Noord", "EntreeNoord", "Entree Nord", "Entre Noord"] {
        #expect(code(workspace, request(folder, provider: name, period: "2016-04")) == "WSP-07", "\(name)")
      }
      #expect(code(workspace, request(folder, provider: "Entree Noord", period: "2016-04")) == nil)
      #expect(code(workspace, request(folder, provider: "Taalschool")) == nil)
      #expect(code(workspace, request(folder, provider: "Entree Nord", acceptsNew: true)) == nil)
      // Known from here on.
      #expect(code(workspace, request(folder, provider: "Entree Nord", period: "2016-04")) == nil)
    }
  }

  @Test func namesThatDifferInANumberOrALetterOnlyAreTwoNames() throws {
    try withWorkspace { workspace, folder in
      for name in ["team 1", "team 2", "team-12", "provider-a", "provider-b"] {
        #expect(code(workspace, request(folder, provider: name)) == nil, "\(name)")
      }
      #expect(code(workspace, request(folder, provider: "teem 1")) == "WSP-07")
    }
  }

  @Test func everyManifestIsLookedAtBeforeTheFirstReturnGoesIn() throws {
    try withWorkspace { workspace, folder in
      let returns = folder.appendingPathComponent("returns")
      try makeReturn(returns.appendingPathComponent("a"), "provider: entree\nperiod: 2016-03\nsent-on: 2016-04-01")
      try makeReturn(returns.appendingPathComponent("b"), "provider: entre\nperiod: 2016-03\nsent-on: 2016-04-02")
      #expect(code(workspace, SubmitRequest(paths: [returns.path])) == "WSP-07")
      #expect(try workspace.submissions(asKnownOn: nil).returns.isEmpty)
    }
  }

  @Test func filesBesideFoldersWithManifestsAreRefusedAndStrayOnesAreTold() throws {
    try withWorkspace { workspace, folder in
      let returns = folder.appendingPathComponent("returns")
      try makeReturn(returns.appendingPathComponent("a"), "provider: entree\nperiod: 2016-03\nsent-on: 2016-04-01")
      try makeReturn(
        returns.appendingPathComponent("b"), "provider: taalschool\nperiod: 2016-03\nsent-on: 2016-04-02", person: "W-3"
      )
      let file = folder.appendingPathComponent("person.csv").path
      #expect(code(workspace, SubmitRequest(paths: [returns.path, file])) == "WSP-11")
      let month = CalendarMonth(iso: "2016-03")!
      #expect(code(workspace, SubmitRequest(paths: [returns.path], provider: "entree")) == "WSP-12")
      #expect(code(workspace, SubmitRequest(paths: [returns.path], period: month)) == "WSP-12")
      #expect(try workspace.submissions(asKnownOn: nil).returns.isEmpty)

      try table("W-9").write(to: returns.appendingPathComponent("extra.csv"))
      try Data().write(to: returns.appendingPathComponent("a/letter.pdf"))
      var asides: [String] = []
      try workspace.submit(
        SubmitRequest(paths: [returns.path]), today: today, language: .english, aside: { asides.append($0.english) },
        each: { _ in })
      #expect(asides.contains { $0.contains("returns/extra.csv") })
      #expect(asides.contains { $0.contains("a/letter.pdf") })
      #expect(try workspace.submissions(asKnownOn: nil).returns.count == 2)
    }
  }
}
