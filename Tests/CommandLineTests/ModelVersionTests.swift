import Foundation
import TestSupport
import Testing

/// Several versions of a model in force side by side, as a user meets them. Everybody is invented.
@Suite struct ModelVersionTests {
  private func withCourse(_ body: (VersionedCourse) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let course = try VersionedCourse(in: folder)
      #expect(try course.submit("sep", "2016-09", "2016-10-10").status == 0)
      try body(course)
    }
  }

  private func adopt(_ course: VersionedCourse) throws {
    let run = try course.meedoen(
      "model", "adopt", "v2.yml", "--from", "2016-11", "--yes", "--reason", "decided in October", "--as", "Ada")
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test func adoptingShowsFirstWhatItDoesToStoredDataAndNeedsYes() throws {
    try withCourse { course in
      let look = try course.meedoen("model", "adopt", "v2.yml", "--from", "2016-11")
      #expect(look.status == 1 && look.output.contains("Nothing was changed."))
      let lines = look.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
      for line in [
        "person.remark the field is retired 60 rows",
        "area/harbour split into docks-east, docks-west; no row says which 1 rows",
        "area/north replaced by “centre” 59 rows", "person.family-name renamed: it was surname 60 rows",
        "person.reachable-by merged from mobile + phone: the first that is filled in 60 rows",
        "activity.activity split from kind 20 rows", "activity.extent split from kind 20 rows",
        "activity.hours-a-week renamed: it was hours 20 rows",
        "activity.hours-a-week the range was 0..40, is 0..60", "activity.extent blank where kind is study",
      ] { #expect(lines.contains(line), "\(line)\n\(look.output)") }
      let before = try course.meedoen("model", "versions", "--format", "json").json()
      #expect((before["versions"] as? [Any])?.count == 1 && before["current"] as? String == "2016.1")
      #expect(
        try course.meedoen("model", "adopt", "v2.yml", "--from", "2016-11", "--yes").status == 64, "without a reason")
      try adopt(course)
      let after = try course.meedoen("model", "versions", "--format", "json").json()
      let versions = try #require(after["versions"] as? [[String: Any]])
      #expect(versions.map { $0["version"] as? String } == ["2016.1", "2016.2"])
      #expect(versions[0]["until"] as? String == "2016-10" && versions[1]["from"] as? String == "2016-11")
      #expect(versions[0]["returns"] as? Int == 1 && versions[1]["reason"] as? String == "decided in October")
      let dutch = try course.meedoen("model", "versions", language: "nl")
      #expect(dutch.output.contains("Alles wat is opgeslagen, wordt gelezen als versie 2016.2."))
      let trail = try course.meedoen("audit", "show", "--action", "model-adopted")
      #expect(trail.output.contains("2016.2 from 2016-11") && trail.output.contains("decided in October"))
      #expect(try course.meedoen("audit", "verify").status == 0)
    }
  }

  @Test func aReturnIsCheckedAgainstTheVersionOfItsMonthHoweverLateItIs() throws {
    try withCourse { course in
      try adopt(course)
      try course.write(
        "old.csv", "person,started-on,ended-on,kind,hours\nP30,2016-10-02,,part,20\nP31,2016-10-05,,full,50\n")
      try course.write(
        "new.csv", "person,started-on,ended-on,activity,extent,hours-a-week\nP32,2016-11-02,,work,half,50\n")
      for name in ["old", "new"] {
        let file = course.folder.appendingPathComponent("\(name).csv")
        let target = course.folder.appendingPathComponent("\(name)/activity.csv")
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.moveItem(at: file, to: target)
      }
      // 50 hours are too many in October, and not in November.
      let november = try course.submit("new", "2016-11", "2016-11-20")
      #expect(november.output.contains("1 of 1 row taken in"), "\(november.output)")
      let late = try course.submit("old", "2016-10", "2016-11-21")
      #expect(late.output.contains("1 of 2 rows taken in") && late.output.contains("VAL-04"), "\(late.output)")
      let wrong = try course.submit("new", "2016-10", "2016-11-22", "--dry-run")
      #expect(wrong.output.contains("0 of 1 row taken in") && wrong.output.contains("activity.kind"), "\(wrong.output)")
      let check = try course.meedoen("check", "old", "--model", "course", "--period", "2016-10")
      #expect(check.output.contains("(course 2016.1)") && check.output.contains("VAL-04"))
      let list = try course.meedoen("submissions", "--format", "json").json()
      let returns = try #require(list["returns"] as? [[String: Any]])
      #expect(returns.map { $0["modelVersion"] as? String } == ["2016.1", "2016.1", "2016.2"])
    }
  }

  @Test func aCorrectionOfAnEarlierMonthIsCheckedInTheTermsOfThatMonth() throws {
    try withCourse { course in
      try adopt(course)
      try course.write("one/activity.csv", "person,started-on,ended-on,kind,hours\nP3,2016-03-10,,part,31\n")
      let one = try course.submit("one", "2016-09", "2016-10-12", "--dry-run", "--format", "json")
      let changed = ((try one.json()["returns"] as? [[String: Any]])?.first?["comparison"] as? [String: Any])?["rows"]
      let own = try #require(
        (changed as? [[String: Any]])?.first { $0["change"] as? String == "changed" }?["person"] as? String)
      func correct(_ value: String) throws -> Meedoen.Run {
        try course.meedoen(
          "submission", "correct", own, "--record", "activity", "--key", "started-on=2016-03-10", "--field",
          "hours-a-week", "--value", value, "--by", "Bo", "--reason", "typing-error")
      }
      let tooMany = try correct("50")
      #expect(tooMany.status == 1 && tooMany.errors.contains("DEC-03"), "\(tooMany.output)\(tooMany.errors)")
      let run = try correct("32")
      #expect(run.status == 0, "\(run.output)\(run.errors)")
      let export = try course.meedoen("export", "records", "--to", "csv", "--output", "out", "--accept-risk", "test")
      #expect(export.status == 0, "\(export.errors)")
      let rows = try String(contentsOf: course.folder.appendingPathComponent("out/activity.csv"), encoding: .utf8)
      #expect(rows.contains("2016-03-10,,work,half,32"), "\(rows)")
    }
  }

  @Test func storedDataStayAsSentAndAreReadInTheTermsOfTheNewestVersion() throws {
    try withCourse { course in
      try adopt(course)
      for day in [[], ["--as-known-on", "2016-10-31"]] {
        let name = "out\(day.count)"
        let run = try Meedoen.run(
          arguments: ["export", "records", "--to", "csv", "--output", name, "--accept-risk", "test", "-w", "w"] + day,
          in: course.folder)
        #expect(run.status == 0, "\(run.errors)")
        func file(_ record: String) throws -> [String] {
          try String(
            contentsOf: course.folder.appendingPathComponent("\(name)/\(record).csv"), encoding: .utf8
          ).split(whereSeparator: \.isNewline).map(String.init)
        }
        let people = try file("person")
        #expect(people[0].hasSuffix("person,area,reachable-by"))
        #expect(
          people.count { $0.hasSuffix(",centre,home") } == 59 && people.count { $0.hasSuffix(",harbour,home") } == 1)
        let activity = try file("activity")
        #expect(activity[0].hasSuffix("person,started-on,ended-on,activity,extent,hours-a-week"))
        #expect(activity.count { $0.hasSuffix(",work,whole,30") } == 10)
        #expect(activity.count { $0.hasSuffix(",work,half,30") } == 10)
        #expect(try file("codebook").contains { $0.hasSuffix("harbour,Harbour (until October)") })
      }
      // What the person said then is theirs, also where the model does not ask for it any more.
      let export = try course.meedoen(
        "person", "export", "--number", "P1", "--provider", "Reed", "--output", "mine", "--reason", "asked")
      #expect(export.status == 0, "\(export.errors)")
      let names = try FileManager.default.contentsOfDirectory(atPath: course.folder.appendingPathComponent("mine").path)
      let json = try #require(names.first { $0.hasSuffix(".json") })
      let text = try String(contentsOf: course.folder.appendingPathComponent("mine/\(json)"), encoding: .utf8)
      #expect(text.contains("\"remark\"") && text.contains("\"seen\"") && text.contains("\"Name1\""))
      // And its term still runs: a year after receipt, of ten for the rest.
      let terms = try course.meedoen("retention", "--on", "2017-12-01", "--format", "json").json()
      let report = try #require(terms["report"] as? [String: Any])
      let lines = try #require(report["lines"] as? [[String: Any]])
      #expect(lines.contains { $0["field"] as? String == "remark" && $0["past"] as? Int == 60 })
      #expect(lines.contains { $0["field"] as? String == "reachable-by" && $0["held"] as? Int == 60 })
    }
  }

  @Test func aStudyReadsBothVersionsAndShowsTheEffectOfAReturnBeforeItIsSigned() throws {
    try withCourse { course in
      try adopt(course)
      let study = try course.meedoen("study", "run", "plan.yml")
      #expect(
        study.output.contains("60 people are followed") && study.output.contains("30 in every 100"), "\(study.output)")
      try course.write(
        "nov/activity.csv",
        "person,started-on,ended-on,activity,extent,hours-a-week\n"
          + (20..<40).map { "P\($0),2016-05-10,,work,whole,30\n" }.joined())
      let run = try course.submit("nov", "2016-11", "2016-11-20", "--dry-run", "--effect", "plan.yml")
      // A third becomes two thirds; what is shown is rounded to five, as in a report.
      #expect(
        run.output.contains("30 (95% interval 20 to 50) → 70 (95% interval 50 to 80)  in every 100 people had work"),
        "\(run.output)")
      #expect(run.output.contains("60 (from enrolment, for 9 months at most) (unchanged)"))
      #expect(!run.output.contains("33.3") && !run.output.contains("66.7"))
      let json = try course.submit(
        "nov", "2016-11", "2016-11-20", "--dry-run", "--effect", "plan.yml", "--format", "json"
      ).json()
      let effect = try #require(((json["returns"] as? [[String: Any]])?.first?["effects"] as? [[String: Any]])?.first)
      let results = try #require(effect["results"] as? [[String: Any]])
      #expect(results.map { $0["changed"] as? Bool } == [false, true])
      #expect((results[1]["before"] as? String)?.hasPrefix("30") == true)
      #expect((results[1]["after"] as? String)?.hasPrefix("70") == true)
      #expect(try course.meedoen("study", "run", "plan.yml").output.contains("30 in every 100"), "nothing was kept")
    }
  }

  @Test func aVersionThatWouldMakeStoredRowsMeanSomethingElseIsNotAdopted() throws {
    try withCourse { course in
      try adopt(course)
      func refusal(_ version: String, person: String, kind: String = VersionedCourse.newKind) throws -> Meedoen.Run {
        try course.write(
          "v3.yml",
          VersionedCourse.model(version: version, lists: VersionedCourse.newLists, person: person, kind: kind))
        return try course.meedoen("model", "adopt", "v3.yml", "--from", "2016-12", "--yes", "--reason", "test")
      }
      // A name that meant something else once.
      let reused = try refusal("2016.3", person: "      mobile: {type: text, label: Mobile}")
      #expect(reused.status == 3 && reused.errors.contains("DEF-07") && reused.errors.contains("person.mobile"))
      // Another type under the old name.
      let retyped = try refusal("2016.3", person: "      reachable-by: {type: integer, label: Reachable by}")
      #expect(retyped.status == 3 && retyped.errors.contains("person.reachable-by"))
      // A version that is there.
      let again = try refusal("2016.2", person: VersionedCourse.newPerson + "\n      # other")
      #expect(again.status == 3 && again.errors.contains("a version of its own"))
      // Nor is the file in models/ changed in passing.
      let file = course.folder.appendingPathComponent("w/models/course.yml")
      let text = try String(contentsOf: file, encoding: .utf8)
      try Data((text + "# other\n").utf8).write(to: file)
      let other = try course.meedoen("register", "status")
      #expect(other.status == 5 && other.errors.contains("WSP-50"))
      #expect(try course.meedoen("register", "status", language: "nl").errors.contains("die geldt"))
      try Data(text.utf8).write(to: file)
      #expect(try course.meedoen("register", "status").status == 0)
      // A field that is renamed twice is read through both.
      let third = try refusal(
        "2016.3", person: "      contact-by: {type: text, replaces: reachable-by, label: Contact by}",
        kind: VersionedCourse.newKind)
      #expect(third.status == 0, "\(third.errors)")
      #expect(
        try course.meedoen("export", "records", "--to", "csv", "--output", "o", "--accept-risk", "test").status == 0)
      let people = try String(contentsOf: course.folder.appendingPathComponent("o/person.csv"), encoding: .utf8)
      #expect(people.contains("person,contact-by") && people.contains(",home"))
      // And October is still October.
      try course.write("oct/activity.csv", "person,started-on,kind,hours\nP40,2016-10-02,study,\n")
      #expect(try course.submit("oct", "2016-10", "2016-12-21").output.contains("1 of 1 row taken in"))
    }
  }
}
