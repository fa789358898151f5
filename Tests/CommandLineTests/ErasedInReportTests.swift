import Foundation
import TestSupport
import Testing

/// A report says how many people were erased since, protected, and its figures follow what is kept of them.
@Suite struct ErasedInReportTests {
  private func erase(_ numbers: Range<Int>, _ course: VersionedCourse) throws {
    for number in numbers {
      let run = try course.meedoen(
        "person", "erase", "--number", "P\(number)", "--provider", "Reed", "--yes", "--reason", "asked")
      #expect(run.status == 0, "\(run.errors)")
    }
  }

  private func report(_ course: VersionedCourse) throws -> (page: String, people: String) {
    try course.write("old.yml", VersionedCourse.plan.replacingOccurrences(of: "activity = work", with: "kind = full"))
    let run = try course.meedoen("study", "run", "old.yml")
    #expect(run.status == 0, "\(run.errors)")
    let page = try String(
      contentsOf: course.folder.appendingPathComponent("w/reports/into-work.en.html"), encoding: .utf8)
    return (page, String(run.output.prefix { $0 != "\n" }))
  }

  @Test func whoeverIsErasedIsInNoFigureAndIsMentioned() throws {
    try withTemporaryFolder { folder in
      let course = try VersionedCourse(in: folder)
      try course.submit("sep", "2016-09", "2016-10-10")
      #expect(try !report(course).page.contains("have been erased since"))
      try erase(40..<43, course)
      let few = try report(course)
      #expect(few.page.contains("People who were known and have been erased since"))
      #expect(few.page.contains("In no figure") && !few.page.contains("Counted without a name"))
      #expect(few.people.contains("55 people") || few.people.contains("60 people"), "57, rounded: \(few.people)")
      try erase(43..<55, course)
      let many = try report(course)
      #expect(many.people.contains("45 people"), "\(many.people)")
      // Three are too few to be told; fifteen are told.
      let row = try #require(many.page.components(separatedBy: "In no figure").dropFirst().first?.prefix(200))
      #expect(row.contains("15"), "\(row)")
      let before = try #require(few.page.components(separatedBy: "In no figure").dropFirst().first?.prefix(200))
      #expect(!before.contains(">3<"), "\(before)")
    }
  }

  @Test func whatIsKeptForStatisticsIsStillCounted() throws {
    try withTemporaryFolder { folder in
      let course = try VersionedCourse(in: folder, workspace: "erasure: statistical\n")
      try course.submit("sep", "2016-09", "2016-10-10")
      try erase(40..<55, course)
      let found = try report(course)
      #expect(found.people.contains("60 people"), "\(found.people)")
      #expect(found.page.contains("Counted without a name") && !found.page.contains("In no figure"))
    }
  }
}
