import Foundation
import Primitives
import Registers
import Studies
import Submissions
import TestSupport
import Testing
import Workspaces

/// The main job on real input: the published wide sample of 250 people through `submit` into a register, and a report.
@Suite(.enabled(if: SharedMaterial.folder("rtof/samples") != nil, Comment(rawValue: SharedMaterial.absent)))
struct PublishedSampleJobTests {
  @Test func theWideSampleBecomesARegisterAndAReport() throws {
    try withTemporaryFolder { folder in
      let sample = try #require(SharedMaterial.folder("rtof/samples")).appendingPathComponent("sample_wide.csv")
      let workspace = try Workspace.create(in: folder.appendingPathComponent("fund"), model: "rtof", title: "Fund")
        .workspace
      var results: [SubmitResult] = []
      let day = CalendarDate(iso: "2024-04-14")!
      let request = SubmitRequest(
        paths: [sample.path], provider: "provider-a", period: CalendarMonth(iso: "2024-03")!, receivedOn: day)
      try workspace.submit(request, today: day, language: .english) { results.append($0) }
      let check = try #require(results.first?.check)
      #expect(check.summary.rows == 1582)
      // 58 + 17 + 10 + 1 + 23 + 1 errors, on as many rows but for those that have two.
      #expect(check.counts["error"] == 110)
      #expect(check.summary.accepted == 1582 - check.summary.held)
      let status = try workspace.registerStatus(asKnownOn: nil)
      #expect(status.people == 249, "one person's row is held")

      let plan = repository.appendingPathComponent("Examples/rtof/plan.yml")
      let run = try workspace.runStudy(plan, asKnownOn: nil, codeVersion: "test")
      #expect(run.files.contains { $0.hasSuffix(".en.html") })
      #expect(run.results.outcomes.count == 2)
      for file in run.files where file.hasSuffix(".html") {
        let page = try String(contentsOfFile: file, encoding: .utf8)
        #expect(page.contains("</html>"))
        // No name, number or identifier of the sample is in the report.
        for secret in ["DP-14", "NB-83", "KT778353C", "hundred", "decision"] { #expect(!page.contains(">\(secret)<")) }
        #expect(!page.contains("DP-14") && !page.contains("KT778353C"))
      }
    }
  }

  /// Against an imported model, as a fund with its own version would do it.
  @Test func theSampleAlsoEntersThroughAnImportedModel() throws {
    try withTemporaryFolder { folder in
      let model = try #require(SharedMaterial.folder("rtof/model/v1.0.2"))
      let sample = try #require(SharedMaterial.folder("rtof/samples")).appendingPathComponent("sample.xlsx")
      let made = try Workspace.create(in: folder.appendingPathComponent("fund"), model: model.path, title: nil)
      #expect(!made.report.isEmpty)
      let day = CalendarDate(iso: "2024-04-14")!
      var held = 0
      try made.workspace.submit(
        SubmitRequest(paths: [sample.path], provider: "a", period: CalendarMonth(iso: "2024-03")!, receivedOn: day),
        today: day, language: .dutch
      ) { held = $0.check?.summary.held ?? 0 }
      #expect(held > 0)
      #expect(
        try Workspace.open(folder.appendingPathComponent("fund")).registerStatus(asKnownOn: nil).people == 249)
    }
  }
}
