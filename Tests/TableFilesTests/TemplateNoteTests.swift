import Foundation
import Testing

@testable import TableFiles

/// The headings of a template have notes; what is found is told above them, and taken away again.
@Suite struct TemplateNoteTests {
  private func notes(of workbook: Data) throws -> String {
    for name in ["xl/comments1.xml", "xl/findings-notes.xml"] {
      if let part = try? AnnotationTests.part(name, of: workbook) { return part }
    }
    return ""
  }

  private func annotated(_ workbook: Data, _ note: String?) throws -> Data {
    var sheet = WorkbookAnnotation.Sheet(name: "person", headerRow: 1)
    if let note { sheet.marks = [.init(CellAddress(column: 0, row: 1), .blue, note: note)] }
    var annotation = WorkbookAnnotation(
      overview: .init(name: "Findings", lines: [], headers: ["Code"], widths: [9], rows: []), sheets: [sheet],
      author: "Checker", overviewMarker: "__o", listsMarker: "__l")
    annotation.templateAuthor = "Template"
    annotation.earlierOverview = try TableFileReader().read(workbook, named: "f.xlsx").first { $0.sheet == "Findings" }?
      .sheet
    return try #require(try WorkbookAnnotator.annotate(workbook, named: "f", with: annotation)).workbook
  }

  @Test func aFindingStandsAboveTheNoteAndLeavesItBehind() throws {
    var sheet = WorkbookSheet(name: "person", headers: ["id", "born"], rows: [[.text("p1"), .number(1990)]])
    sheet.noteAuthor = "Template"
    sheet.marks = [
      CellAddress(column: 0, row: 1): .init(.yellow, note: "Number <of> the person"),
      CellAddress(column: 1, row: 1): .init(.green, note: "Year of birth"),
    ]
    let template = try WorkbookWriter(sheets: [sheet]).data()
    let first = try annotated(template, "VAL-06 cleaned")
    let texts = try notes(of: first)
    #expect(texts.contains("VAL-06 cleaned\n\n———\nNumber &lt;of&gt; the person"), "\(texts)")
    #expect(texts.contains("Year of birth") && texts.components(separatedBy: "ref=\"A1\"").count == 2)
    let second = try notes(of: try annotated(first, "TYP-05 read"))
    #expect(second.contains("TYP-05 read\n\n———\nNumber &lt;of&gt; the person") && !second.contains("VAL-06"))
    let third = try annotated(try annotated(first, nil), nil)
    let left = try notes(of: third)
    #expect(left.contains(">Number &lt;of&gt; the person<") && !left.contains("———") && !left.contains("VAL-06"))
    #expect(try notes(of: try annotated(third, "again")).contains("again\n\n———\nNumber"))
  }
}
