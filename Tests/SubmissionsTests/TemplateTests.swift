import DataModels
import Foundation
import Primitives
import TableFiles
import TestSupport
import Testing

@testable import Submissions

/// What is made of a model can be used: a template is filled in and read again, a form asks only what it knows.
@Suite struct TemplateTests {
  static let names = ["municipality", "rtof"]

  func model(_ name: String) throws -> DataModel {
    try DataModel(contentsOf: repository.appendingPathComponent("Models/\(name).yml"))
  }

  @Test(arguments: names, Language.allCases)
  func anEmptyTemplateHasAColumnForEachFieldAndIsReadWithoutAnyError(_ name: String, _ language: Language) throws {
    let model = try model(name)
    let template = ReturnTemplate(model, language: language)
    #expect(template.sheets.count == model.records.count + 3)
    for record in model.records {
      let sheet = try #require(template.sheets.first { $0.name == record.id })
      #expect(sheet.headers == record.fields.map(\.id) && sheet.marks.count == record.fields.count)
      for (column, field) in record.fields.enumerated() {
        if case .code = field.type { #expect(sheet.choiceRanges[column] != nil) }
      }
    }
    let review = model.review(try read(template.sheets))
    #expect(review.findings.filter { $0.severity >= .error }.isEmpty, "\(review.findings.map(\.message.english))")
  }

  @Test(arguments: Language.allCases)
  func nothingIsSaidOfTheSheetsThatATemplateHasBesideItsTables(_ language: Language) throws {
    let model = try model("municipality")
    var sheets = ReturnTemplate(model, language: language).sheets
    let place = try #require(sheets.firstIndex { $0.name == "person" })
    sheets[place].rows = [["W-1", "Test", "Persoon", "1990", "woman", "SY", "asylum"].map { .text($0) }]
    // A remark of the sender's own in a sheet that is not read does not make it one that is.
    sheets[0].rows.append([.text("Filled in on Friday")])
    let sent = try read(sheets)
    let review = model.review(sent)
    let own: Set = [sheets[0].name, sheets[1].name, sheets[sheets.count - 1].name]
    #expect(review.findings.filter { own.contains($0.place.sheet ?? "") } == [])
    #expect(!review.layouts.contains { own.contains($0.sheet ?? "") } && review.summary.accepted == 1)
    #expect(review.findings.filter { $0.severity >= .confirm } == [])
    #expect(model.personNumbers(in: sent) == ["W-1"])
    let checked = try review.annotated(
      try WorkbookWriter(sheets: sheets).data(), named: "return.xlsx", sheets: sent, verdict: [], language: language)
    let again = try TableFileReader().read(checked.workbook, named: "return.xlsx")
    #expect(again.dropFirst().map(\.sheet) == sheets.map(\.name), "its sheets stay in their places")
  }

  @Test(arguments: Language.allCases)
  func limitsAreLimitsAndNothingIsSaidTwice(_ language: Language) throws {
    let model = try model("rtof")
    for record in model.records {
      for field in record.fields {
        let words = FieldWords(field: field, model: model, language: language)
        if let unit = field.unit { #expect(words.limits?.contains(unit) != true && words.entry.contains(unit)) }
      }
    }
    let sheets = ReturnTemplate(model, language: language).sheets
    let notes = sheets.flatMap { $0.marks.values.map(\.note) }
    #expect(!notes.contains { $0.contains("Man (Man)") || $0.contains("Entry level 1 (Entry level 1") })
    #expect(sheets[0].rows.count > 8 && sheets[0].isPage && sheets[1].isPage)
    #expect(sheets.contains { !$0.choiceHints.isEmpty && $0.choiceHints.values.allSatisfy { $0.utf16.count <= 255 } })
  }

  @Test func aTemplateThatIsFilledInIsTakenIn() throws {
    let model = try model("municipality")
    var sheets = ReturnTemplate(model, language: .dutch).sheets
    let place = try #require(sheets.firstIndex { $0.name == "person" })
    sheets[place].rows = [["W-1", "Test", "Persoon", "1990", "woman", "SY", "asylum"].map { .text($0) }]
    let review = model.review(try read(sheets))
    #expect(review.findings.filter { $0.severity >= .error }.isEmpty, "\(review.findings.map(\.message.english))")
    #expect(review.summary.accepted == 1)
  }

  @Test func aTemplateCanHaveSomeRecordsOnly() throws {
    let template = ReturnTemplate(try model("municipality"), language: .english, records: ["person", "exit"])
    #expect(template.sheets.map(\.name) == ["Read me", "Columns", "person", "exit", "Code lists"])
  }

  @Test(arguments: names)
  func aFormAsksOnlyWhatItHasAQuestionFor(_ name: String) throws {
    let form = CollectionForm(try model(name), language: .dutch)
    let survey = form.sheets[0]
    let column = Dictionary(uniqueKeysWithValues: survey.headers.enumerated().map { ($1, $0) })
    let names = survey.rows.map { $0[column["name"]!].text }
    let questions = survey.rows.filter { !$0[0].text.hasPrefix("begin_") && !$0[0].text.hasPrefix("end_") }
    let asked = questions.map { $0[column["name"]!].text }
    #expect(Set(asked).count == asked.count, "no two questions have one name")
    let lists = Set(form.sheets[1].rows.map { $0[0].text })
    for row in questions {
      let type = row[0].text.split(separator: " ")
      if type.count == 2 { #expect(lists.contains(String(type[1]))) }
      for cell in ["required", "relevant", "constraint"] {
        for match in row[column[cell]!].text.matches(of: #/\$\{([^}]+)\}/#) {
          #expect(names.contains(String(match.1)), "\(row[1].text): \(match.1)")
        }
      }
    }
    #expect(form.sheets[2].rows[0].map(\.text).last == "Nederlands (nl)")
  }

  private func read(_ sheets: [WorkbookSheet]) throws -> [RawSheet] {
    var found: [RawSheet] = []
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("return.xlsx")
      try WorkbookWriter(sheets: sheets).write(to: file)
      found = try TableFileReader().read(contentsOf: file)
    }
    return found
  }
}
