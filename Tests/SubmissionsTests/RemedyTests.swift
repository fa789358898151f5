import DataModels
import Foundation
import Primitives
import Submissions
import TableFiles
import Testing

/// What a finding says to do, and where it stands.
@Suite struct RemedyTests {
  static let model = try! DataModel(
    yaml: """
      meedoen: data-model/1
      id: remedies
      version: "1"
      title: Remedies
      code-lists:
        council: {codes: {Trafford Council: Trafford, Bury Council: Bury, Tameside Council: Tameside}}
        sex: {codes: {man: Man, woman: Woman}}
      records:
        person:
          is: person
          purpose: test
          key: [id]
          fields:
            id: {type: text, privacy: identifier, required: yes, label: Number}
            council: {type: code, list: council, label: Council}
            sex: {type: code, list: sex, label: Sex}
            areas: {type: list, list: council, label: Areas}
            hours: {type: integer, range: 0..80, unit: hours, label: Hours}
            start: {type: month, label: {en: Start, nl: Begin}}
            born: {type: month, privacy: direct, label: Born}
            nino: {type: text, format: uk-nino, privacy: direct, label: NI number}
            end: {type: month, label: {en: End, nl: Einde}}
            why: {type: text, label: Why, required-if: sex = man}
        plan:
          is: event
          of: person
          at: on
          purpose: test
          key: [id, on]
          title: {en: Plan of action, nl: Plan van aanpak}
          fields:
            id: {type: text, privacy: identifier, required: yes, label: Number}
            on: {type: date, required: yes, label: Day}
            until: {type: month, label: {en: Until, nl: Tot}}
      rules:
        in-order: {on: person, hold: end >= start, says: {en: Ends too early., nl: Eindigt te vroeg.}}
        not-before-birth: {on: person, hold: start >= born, says: {en: Before birth., nl: Voor de geboorte.}}
        until-end: {on: plan, hold: until <= person.end, says: {en: After the end., nl: Na het einde.}}
      """, file: "remedies.yml")

  func person(_ cells: [String: String]...) -> RawSheet {
    let headers = ["id", "council", "sex", "areas", "hours", "start", "born", "nino", "end", "why"]
    return sheet(
      "person.csv", headers,
      cells.enumerated().map { index, row in headers.map { $0 == "id" ? row["id"] ?? "p\(index)" : row[$0] ?? "" } })
  }

  func fix(_ field: String, _ value: String) -> String? {
    Self.model.review([person([field: value])]).findings.first { $0.field == field }?.fix?.english
  }

  @Test func aCodeThatHoldsTheValueOrIsHeldByItIsSuggested() {
    #expect(fix("council", "Trafford") == "Did you mean “Trafford Council”?")
    #expect(fix("council", "The Bury Council (north)") == "Did you mean “Bury Council”?")
    #expect(
      fix("council", "Council")
        == "Use one of these codes: Trafford Council (Trafford), Bury Council (Bury), Tameside Council (Tameside).",
      "it could be any of them"
    )
    #expect(fix("sex", "wo") == "Use one of these codes: man, woman.", "half a word is none")
    #expect(fix("sex", "womn") == "Did you mean “woman”?")
  }

  @Test func theFormThatIsNeededIsSaid() {
    #expect(fix("areas", "Bury Council;Trafford Council") == "Separate the items by commas, not by semicolons.")
    #expect(
      fix("hours", "12.5")
        == "Write a whole number in digits, without units or thousands signs. Round decimals: 11.44 becomes 11.")
    #expect(fix("hours", "99") == "Check the value and its unit (hours).")
    #expect(fix("start", "March 2016") == "Write the year and the month, as in 2016-03.")
    #expect(fix("nino", "TN054981B")?.contains("two letters, six digits and a letter A–D") == true)
  }

  @Test func aNeededValueNamesItsColumnsAndThoseItDependsOn() {
    let message = Self.model.review([person(["sex": "man"])]).findings.first?.message
    #expect(message?.english == "“Why” (`why`) is empty, but is needed because “Sex” is “Man” (column `sex`).")
    #expect(message?[.dutch].contains("(`why`) is leeg") == true)
  }

  @Test func twoMomentsInTheWrongOrderAreBothSaid() {
    let found = Self.model.review([person(["start": "2022-02", "end": "2021-11", "born": "2023-01"])]).findings
    #expect(
      found.map(\.message.english) == ["Before birth.", "Ends too early. (here 2021-11, there 2022-02)"],
      "a field that identifies is not told")
    #expect(found.last?.message[.dutch] == "Eindigt te vroeg. (hier 2021-11, daar 2022-02)")
    let plans = sheet("plan.csv", ["id", "on", "until"], [["p0", "2020-01-01", "2023-05"]])
    let plan = Self.model.review([person(["end": "2022-01"]), plans]).findings
    #expect(plan.map(\.message.english) == ["After the end. (here 2023-05, there 2022-01)"])
  }

  @Test func aWaitingCheckNamesTheRecordItWaitsFor() {
    func waiting(_ until: String) -> [Finding] {
      Self.model.review([sheet("plan.csv", ["id", "on", "until"], [["p0", "2020-01-01", until]])]).findings.filter {
        $0.code == .waitingForOtherRecord
      }
    }
    let found = waiting("2023-05")
    #expect(found.count == 1)
    #expect(found.first?.message.english == "A check of “Until” waits: “person” of this person is not there yet.")
    #expect(found.first?.message[.dutch] == "Een controle van “Tot” wacht: “person” van deze persoon is er nog niet.")
    #expect(waiting("").isEmpty, "there is nothing to compare")
    #expect(waiting("soon").isEmpty, "nor when it cannot be read")
  }

  @Test func findingsStandInTheOrderOfColumns() {
    let names = (0..<60).map { "x\($0)" }
    let columns = caseModel.review([sheet("person.csv", ["id", "name"] + names, [])]).findings.map(\.place.column)
    #expect(columns.first == "C" && columns.last == "BJ")
    #expect(columns == (2..<62).map(CellAddress.columnLetters))
  }

  @Test func howTheColumnsWereCutIsSaidWithTheEncoding() throws {
    let bytes = Array("id;name;born\np1;Zo".utf8) + [0xEB] + Array(";1990\n".utf8)
    let sheets = try TableFileReader().read(Data(bytes), named: "person.csv")
    let found = caseModel.review(sheets).findings
    #expect(found.map(\.code) == [.readAs])
    #expect(found.first?.message.english.hasSuffix("Columns are separated by a semicolon.") == true)
  }
}
