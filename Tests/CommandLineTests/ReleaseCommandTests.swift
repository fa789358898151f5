import Foundation
import TestSupport
import Testing

/// Two reports beside each other, as a user makes them. Everybody is invented.
@Suite struct ReleaseCommandTests {
  /// A model and a plan that prints exact numbers, of everybody or of the adults.
  private static let model = """
    meedoen: data-model/1
    id: jobs
    version: "1"
    title: Jobs
    records:
      person:
        is: person
        purpose: test
        key: [id]
        fields:
          id: {type: text, privacy: identifier, required: yes, label: Number}
          born: {type: year, label: Year of birth}
          started: {type: date, label: First day}
          worked: {type: date, label: First day of work}

    """

  private func plan(_ id: String, onlyAdults: Bool, rounding: String) -> String {
    """
    meedoen: study-plan/1
    id: \(id)
    version: "1"
    title: {en: Work, nl: Werk}
    question: {en: "Who works?", nl: "Wie werkt?"}
    model: jobs >= 1
    cohort:
      name: {en: Everybody, nl: Iedereen}
      time-zero: person.started
      time-zero-name: {en: the start, nl: het begin}
      include:
        started: {name: {en: Started in 2016, nl: Begonnen in 2016}, where: "time-zero in 2016-01..2016-12"}
    \(onlyAdults ? "    adult: {name: {en: Adult, nl: Volwassen}, where: 'years-between(person.born, time-zero) in 18..99'}" : "")
      follow: {months: 12, until: 2017-12-31}
    states:
      work: {name: {en: Work, nl: Werk}, when: day >= person.worked}
      none: {name: {en: None, nl: Geen}, otherwise: yes}
    outcomes:
      into-work: {name: {en: Into work, nl: Naar werk}, causes: {work: {first: work}}}
    report: {languages: [en], small-cells: {threshold: 10, round-to: \(rounding)}, every: year, marks: [6, 12]}

    """
  }

  @Test func aReportThatDiffersByOneChildFromAnEarlierOneIsRefused() throws {
    try withTemporaryFolder { folder in
      func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      try write("jobs.yml", Self.model)
      try write("all.yml", plan("all", onlyAdults: false, rounding: "none"))
      try write("adults.yml", plan("adults", onlyAdults: true, rounding: "none"))
      try write("rounded.yml", plan("rounded", onlyAdults: true, rounding: "5"))
      let people = (1...60).map { "p\($0),1990,2016-02-01,\($0 <= 25 ? "2016-05-01" : "")" } + ["p61,2004,2016-02-01,"]
      try write("person.csv", (["id,born,started,worked"] + people).joined(separator: "\n") + "\n")
      #expect(try Meedoen.run("new", "w", "--model", "jobs.yml", in: folder).status == 0)
      let submitted = try Meedoen.run(
        "submit", "person.csv", "--provider", "entree", "--period", "2017-12", "--received", "2018-01-10", "-w", "w",
        in: folder)
      #expect(submitted.status == 0, "\(submitted.output)")
      func study(_ plan: String, _ more: String...) throws -> Meedoen.Run {
        try Meedoen.run(arguments: ["study", "run", plan, "-w", "w"] + more, in: folder)
      }
      let first = try study("all.yml")
      #expect(first.status == 0, "\(first.errors)")
      #expect(try study("all.yml").status == 0, "the same again tells nothing new")
      let refused = try study("adults.yml", "--lang", "en")
      #expect(refused.status == 4 && refused.errors.contains("STU-07") && refused.errors.contains("all 1"))
      let dutch = try study("adults.yml", "--lang", "nl")
      #expect(dutch.errors.contains("Naast “all 1") && dutch.errors.contains("--draft"))
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("w/reports/adults.en.html").path))
      let exported = try Meedoen.run(
        "export", "tables", "adults.yml", "--to", "sdmx-csv", "--output", "out", "-w", "w", in: folder)
      #expect(exported.status == 4 && exported.errors.contains("STU-07"))
      #expect(try study("adults.yml", "--draft").status == 0)
      // Beside the exact number of all, a rounded one of the adults leaves one, two or three children: too close.
      #expect(try study("rounded.yml").status == 4)
      // Somebody who came late makes another exact report impossible, and does not stand in the way of a rounded one.
      let ledger = folder.appendingPathComponent("w/store/releases.json")
      try FileManager.default.removeItem(at: ledger)
      #expect(try study("all.yml").status == 0)
      let exact = try Data(contentsOf: ledger)
      try FileManager.default.removeItem(at: ledger)
      #expect(try study("rounded.yml").status == 0)
      try write("late.csv", "id,born,started,worked\np62,1991,2016-02-01,\n")
      let late = try Meedoen.run(
        "submit", "late.csv", "--provider", "entree", "--period", "2018-01", "--received", "2018-02-10", "-w", "w",
        in: folder)
      #expect(late.status == 0, "\(late.output)")
      #expect(try study("rounded.yml").status == 0)
      try exact.write(to: ledger)
      #expect(try study("all.yml").status == 4)
      #expect(try Meedoen.run("explain", "STU-07", "--lang", "nl").output.contains("lijst van uitgaven"))
    }
  }
}
