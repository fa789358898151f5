import DataModels
import Foundation
import Primitives

/// A sound return of invented people, as tables of texts: what random edits start from.
struct EditedReturn {
  struct Table {
    let record: String
    var headers: [String]
    var rows: [[String]]
  }

  var tables: [Table]
  /// Whether one table holds people and their jobs side by side.
  var isWide: Bool

  static let personHeaders = ["id", "name", "sex", "born", "hours", "started", "nino", "remark"]
  static let jobHeaders = ["id", "starts", "ends", "kind", "wage", "tags"]

  static let model = try! DataModel(
    yaml: """
      meedoen: data-model/1
      id: edited
      version: "1"
      title: {en: Edited, nl: Bewerkt}
      code-lists:
        sex: {codes: {F: {en: Woman, nl: Vrouw}, M: {en: Man, nl: Man}, X: {en: Other, nl: Anders}}}
        kind: {codes: {work: {en: Paid work, nl: Betaald werk}, "5-11": {en: Five to eleven, nl: Vijf tot elf}, "NO": {en: Norway, nl: Noorwegen}}}
      records:
        person:
          is: person
          purpose: test
          key: [id]
          fields:
            id: {type: text, privacy: identifier, required: yes, max-length: 12, label: {en: Number, nl: Nummer}}
            name: {type: text, privacy: direct, required: yes, label: {en: Name, nl: Naam}}
            sex: {type: code, list: sex, required: yes, label: {en: Sex, nl: Geslacht}}
            born: {type: year, range: 1920..2012, privacy: quasi, label: {en: Born, nl: Geboren}}
            hours: {type: integer, range: 0..80, label: {en: Hours, nl: Uren}}
            started: {type: month, label: {en: Started, nl: Begonnen}}
            nino: {type: text, format: uk-nino, privacy: direct, label: {en: NI number, nl: NI-nummer}}
            remark: {type: text, max-length: 60, label: {en: Remark, nl: Opmerking}}
        job:
          is: spell
          of: person
          from: starts
          to: ends
          purpose: test
          key: [id, starts]
          fields:
            id: {type: text, privacy: identifier, required: yes, max-length: 12, label: {en: Number, nl: Nummer}}
            starts: {type: date, required: yes, label: {en: From, nl: Vanaf}}
            ends: {type: date, required: yes, label: {en: To, nl: Tot}}
            kind: {type: code, list: kind, required: yes, label: {en: Kind, nl: Soort}}
            wage: {type: number, label: {en: Wage, nl: Loon}}
            tags: {type: list, list: kind, label: {en: Tags, nl: Labels}}
      rules:
        ends-after-start: {on: job, hold: ends >= starts, says: {en: Ends before it starts., nl: Eindigt voor het begin.}, fix: {en: Check both., nl: Controleer beide.}}
      """, file: "edited.yml")

  /// Two to six people with one job or two each.
  init(isWide: Bool, _ random: inout SeededGenerator) {
    func pick(_ texts: [String]) -> String { texts.randomElement(using: &random)! }
    func maybe(_ text: String) -> String { Int.random(in: 0..<4, using: &random) == 0 ? "" : text }
    func day(_ year: Int) -> String {
      let (month, day) = (Int.random(in: 1...12, using: &random), Int.random(in: 13...28, using: &random))
      return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day)"
    }
    var people: [[String]] = []
    var jobs: [[[String]]] = []
    let names = ["Anna", "Bram de Wit", "Çelik", "Zoë", "Nuñez", "O'Neill", "Đorđe"]
    let remarks = ["", "calls back, later", "says \"yes\"", "two\nlines", "ok", "0031", "NA"]
    for number in 0..<Int.random(in: 2...6, using: &random) {
      let id = "P\(100 + number)"
      let started = pick(["2016-03", "2017-11", "2018-01"])
      people.append([
        id, pick(names), pick(["F", "M", "X"]), maybe(String(Int.random(in: 1950...2000, using: &random))),
        maybe(String(Int.random(in: 0...80, using: &random))), maybe(started), maybe("AB12345\(number)C"),
        pick(remarks),
      ])
      var own: [[String]] = []
      for year in 0..<Int.random(in: 1...2, using: &random) {
        let tags = pick(["", "work", "5-11,NO", "NO, work"])
        let wage = maybe(pick(["12.5", "0.75", "2100"]))
        own.append([id, day(2019 + 2 * year), day(2020 + 2 * year), pick(["work", "5-11", "NO"]), wage, tags])
      }
      jobs.append(own)
    }
    self.isWide = isWide
    guard isWide else {
      tables = [
        Table(record: "person", headers: Self.personHeaders, rows: people),
        Table(record: "job", headers: Self.jobHeaders, rows: jobs.flatMap(\.self)),
      ]
      return
    }
    let blank = [String](repeating: "", count: Self.jobHeaders.count - 1)
    let headers = Self.personHeaders + (1...2).flatMap { job in Self.jobHeaders.dropFirst().map { "\($0)_\(job)" } }
    let rows = people.indices.map { person in
      people[person] + jobs[person][0].dropFirst()
        + (jobs[person].count > 1 ? Array(jobs[person][1].dropFirst()) : blank)
    }
    tables = [Table(record: "person", headers: headers, rows: rows)]
  }

  /// The field that a column holds.
  static func field(of header: String) -> String { String(header.prefix { $0 != "_" }) }

  /// How many rows of records the tables hold: a group of columns in which anything stands is one.
  var instances: Int {
    guard isWide else { return tables.reduce(0) { $0 + $1.rows.count } }
    let people = Self.personHeaders.count
    let width = Self.jobHeaders.count - 1
    // What a row repeats of another one is counted once.
    var distinct: Set<[String]> = []
    for row in tables[0].rows {
      for group in [row[1..<people], row[people..<people + width], row[(people + width)...]]
      where group.contains(where: { !$0.isEmpty }) {
        distinct.insert([row[0], group.count == width ? "job" : "person"] + group)
      }
    }
    return distinct.count
  }
}
