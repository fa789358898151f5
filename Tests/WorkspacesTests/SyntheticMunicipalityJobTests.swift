import DataModels
import Foundation
import Primitives
import Registers
import Submissions
import TableFiles
import TestSupport
import Testing
import Workspaces

/// The whole way with a synthetic municipality: returns in, report out.
@Suite struct SyntheticMunicipalityJobTests {
  @Test func everyPlantedErrorIsFoundWhereTheKeySaysAndNothingElseIsAnError() throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data")
      let made = try simulate(
        SimulationRequest(kind: .municipality, persons: 250, seed: 11, errorRate: 0.02, folder: data))
      #expect(made.errors > 50)
      let workspace = try Workspace.create(
        in: folder.appendingPathComponent("w"), model: "municipality", title: "W", isSynthetic: true
      ).workspace

      var found: Set<String> = []
      let request = SubmitRequest(paths: [data.appendingPathComponent("returns").path])
      try workspace.submit(request, today: CalendarDate(iso: "2020-01-01")!, language: .english) { result in
        for finding in result.check?.findings ?? []
        where finding.severity >= .error || (finding.code == .unknownPerson && finding.severity == .confirm) {
          let cell = "\(finding.column ?? "")\(finding.row ?? 0)"
          found.insert(
            "\(result.period)/\(result.provider) \(finding.file) \(finding.sheet ?? "") \(cell) \(finding.code.rawValue)"
          )
        }
      }
      let key = try #require(TableFileReader().read(contentsOf: data.appendingPathComponent("errors.csv")).first)
      let names = key.headers.map(\.name)
      func value(_ row: RawRow, _ name: String) -> String { row.cells[names.firstIndex(of: name)!].text }
      let planted = Set(
        key.rows.filter { value($0, "severity") == "error" || value($0, "code") == "KEY-02" }.map { row in
          "\(value(row, "return")) \(value(row, "file")) \(value(row, "sheet")) \(value(row, "column"))\(value(row, "row")) \(value(row, "code"))"
        })
      #expect(planted.subtracting(found).sorted() == [], "planted, not found")
      #expect(found.subtracting(planted).sorted() == [], "found, not planted")
    }
  }

  @Test func theStudyOfADayInThePastIsTheStudyOfThatDay() throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data")
      _ = try simulate(SimulationRequest(kind: .municipality, persons: 400, seed: 3, errorRate: nil, folder: data))
      let whole = folder.appendingPathComponent("whole")
      let part = folder.appendingPathComponent("part")
      let workspace = try Workspace.create(in: whole, model: "municipality", title: nil, isSynthetic: true).workspace
      // A copy of the new workspace has the same keys, so that pseudonyms can be compared.
      try FileManager.default.copyItem(at: whole, to: part)
      let day = CalendarDate(iso: "2018-06-30")!
      let returns = data.appendingPathComponent("returns").path
      try workspace.submit(SubmitRequest(paths: [returns]), today: day, language: .dutch) { _ in }
      let early = try FileManager.default.subpathsOfDirectory(atPath: returns).filter { $0.hasSuffix("return.yml") }
        .filter { path in
          let text = try String(contentsOfFile: returns + "/" + path, encoding: .utf8)
          let sent = text.split(separator: "\n").first { $0.hasPrefix("sent-on:") }!.dropFirst(9)
          return CalendarDate(iso: sent)! <= day
        }.map { URL(fileURLWithPath: returns + "/" + $0).deletingLastPathComponent().path }
      let second = try Workspace.open(part)
      try second.submit(SubmitRequest(paths: early.shuffled()), today: day, language: .dutch) { _ in }
      #expect(
        try workspace.registerStatus(asKnownOn: day).fingerprint == second.registerStatus(asKnownOn: nil).fingerprint)
      #expect(
        try workspace.registerStatus(asKnownOn: nil).fingerprint != second.registerStatus(asKnownOn: nil).fingerprint)

      let plan = repository.appendingPathComponent("Examples/municipality/plan.yml")
      let past = try workspace.runStudy(plan, asKnownOn: day, codeVersion: "test")
      let then = try second.runStudy(plan, asKnownOn: day, codeVersion: "test")
      #expect(past.keySentences == then.keySentences)
      let pages = try ["nl", "en"].map { language in
        try [whole, part].map {
          try String(
            contentsOf: $0.appendingPathComponent("reports/from-settlement-to-work.2018-06-30.\(language).html"),
            encoding: .utf8
          ).replacingOccurrences(of: $0.path, with: "WORKSPACE")
        }
      }
      for page in pages {
        #expect(page[0] == page[1])
        #expect(page[0].contains("--workspace WORKSPACE --as-known-on 2018-06-30"), "the command that makes it again")
        #expect(!page[0].contains("<script") && page[0].contains("<svg"))
      }
      #expect(pages[0][0].contains("verzonnen") && pages[1][0].contains("invented"))
    }
  }

  @Test func syntheticReturnsDoNotEnterAWorkspaceOfRealPeople() throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data")
      _ = try simulate(SimulationRequest(kind: .municipality, persons: 20, seed: 3, errorRate: nil, folder: data))
      let workspace = try Workspace.create(in: folder.appendingPathComponent("w"), model: "municipality", title: nil)
        .workspace
      #expect(throws: WorkspaceError.self) {
        try workspace.submit(
          SubmitRequest(paths: [data.path]), today: CalendarDate(iso: "2020-01-01")!, language: .english
        ) { _ in }
      }
      #expect(try workspace.submissions(asKnownOn: nil).returns.isEmpty)
    }
  }
}
