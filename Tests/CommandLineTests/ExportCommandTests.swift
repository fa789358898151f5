import Foundation
import TestSupport
import Testing

/// `meedoen export` as a user types it.
@Suite struct ExportCommandTests {
  @Test func recordsAreWrittenAndEstimatedFromAgain() throws {
    try withTemporaryFolder { folder in
      #expect(
        try Meedoen.run("simulate", "municipality", "--persons", "30", "--seed", "3", "--output", "data", in: folder)
          .status
          == 0)
      #expect(try Meedoen.run("new", "w", "--model", "municipality", "--synthetic", in: folder).status == 0)
      try Meedoen.run("submit", "data", "-w", "w", in: folder)
      let export = try Meedoen.run(
        "export", "records", "--to", "sav", "--output", "out", "--record", "person", "-w", "w", "--lang", "nl",
        in: folder)
      #expect(export.status == 0)
      #expect(export.output.contains("De pseudoniemen zijn nieuw en passen bij geen andere export."))
      #expect(
        export.output.contains("Weggelaten, want identificerend: ") && export.output.contains("person.given-name"))
      #expect(export.output.contains("out/person.sav"))

      let again = try Meedoen.run(
        "export", "records", "--to", "sav", "--output", "out", "-w", "w", "--format", "json", in: folder)
      #expect(again.status == 5)
      #expect(try again.json()["code"] as? String == "WSP-40")

      let estimate = try Meedoen.run(
        "estimate", "proportion", "--data", "out/person.sav", "--event", "sex=woman", "--format", "json", in: folder)
      #expect(estimate.status == 0 || estimate.status == 64, "\(estimate.errors)")
    }
  }

  @Test func aFileOfSpssAndAPackageAreCheckedLikeAnyOther() throws {
    try withTemporaryFolder { folder in
      try Data("person;birth-year;sex;origin;ground\nW-1;1990;woman;SY;asylum\nW-2;1985;mann;SY;asylum\n".utf8).write(
        to: folder.appendingPathComponent("person.csv"))
      for format in ["sav", "package"] {
        let run = try Meedoen.run(
          "export", "records", "person.csv", "--model", "municipality", "--to", format, "--output", "out-\(format)",
          "--format", "json", in: folder)
        #expect(run.status == 1, "a row is held")
        let json = try run.json()
        #expect(json["schema"] as? String == "meedoen-export/1" && json["held"] as? Int == 1)
        #expect(json["people"] as? Int == 1)
        let target = format == "sav" ? "out-sav/person.sav" : "out-package/datapackage.json"
        let check = try Meedoen.run("check", target, "--model", "municipality", "--format", "json", in: folder)
        let found = try check.json()["findings"] as? [[String: Any]] ?? []
        #expect(check.status < 2, "\(check.errors)")
        // The pseudonym is longer than a number of the municipality may be; nothing else is wrong.
        let codes = Set(found.compactMap { $0["code"] as? String })
        #expect(codes.isSubset(of: ["VAL-05", "VAL-04", "STR-15", "STR-16"]), "\(codes)")
      }
    }
  }

  @Test func wrongUseIsSaid() throws {
    try withTemporaryFolder { folder in
      let run = try Meedoen.run("export", "records", "a.csv", "--to", "sav", "--output", "x", in: folder)
      #expect(run.status == 64 && run.errors.contains("Files need --model"))
      let none = try Meedoen.run("export", "tables", "plan.yml", "--to", "json-stat", "--output", "x", in: folder)
      #expect(none.status == 5 && none.errors.contains("WSP-13"))
    }
  }
}
