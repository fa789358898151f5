import DataModels
import Foundation
import Testing

@Suite struct ModelLoadingTests {
  /// The problems of the small model with one piece of text replaced.
  func problems(replacing old: String, with new: String) -> [DefinitionProblem] {
    precondition(smallModel.contains(old))
    do {
      _ = try DataModel(
        yaml: smallModel.split(separator: old, omittingEmptySubsequences: false).joined(separator: new),
        file: "small.yml")
      return []
    } catch {
      return error.problems
    }
  }

  @Test func theSmallModelLoads() { #expect(problems(replacing: "version", with: "version").isEmpty) }

  @Test(arguments: [
    ("hold: from >= person.started", "hold: from >= person.start", 34, 26, "did you mean “started”"),
    ("hold: from >= person.started", "hold: from >= settlement.on", 34, 19, "“settlement”"),
    ("hold: from >= person.started", "matches: '^x'", 34, 5, "has no meaning here"),
    ("    hold: from >= person.started\n", "", 33, 5, "exactly one of hold, no-overlap, at-most"),
    ("list: kind,", "list: kinds,", 26, 32, "did you mean “kind”"),
    ("of: person", "of: persons", 19, 9, "the person record is “person”"),
    ("key: [id, kind, from]", "key: [id, kind, form]", 23, 21, "did you mean “from”"),
    ("range: 0..80", "range: 0-80", 29, 36, "is not a range"),
    ("is: spell", "is: span", 18, 9, "is not one of person, event, spell, measurement"),
    ("purpose: test\n    key: [id]", "key: [id]", 13, 11, "needs a purpose"),
    ("required-if: kind = work", "required-if: kind = worc", 29, 63, "did you mean “work”"),
    ("on: activity", "on: activitys", 33, 9, "did you mean “activity”"),
    ("meedoen: data-model/1", "meedoen: data-model/9", 1, 10, "“data-model/1” is expected"),
    ("codes: [A0, A1, A2, B1]", "codes: [A0, A1, A0]", 7, 40, "stands twice"),
    ("required-if: kind = work", "required-if: \"kind = worc\"", 29, 64, "did you mean “work”"),
    ("required-if: kind = work", "required-if: 'kind = worc'", 29, 64, "did you mean “work”"),
    ("hold: from >= person.started", "hold: id = 'é' or from >= person.start", 34, 38, "did you mean “started”"),
    ("hold: from >= person.started", "hold: |\n        from >= person.start", 34, 11, "did you mean “started”"),
    ("hold: from >= person.started", "hold: from + 5000 years >= person.started", 34, 18, "at most 1,200 years"),
    ("hold: from >= person.started", "at-most: 99999999999", 34, 14, "between 1 and 1,000,000"),
    ("{type: date, label: To}", "{type: text, max-length: 0, label: To}", 28, 36, "between 1 and 1,000,000"),
    ("range: 1920..2012", "range: 1920..99999", 15, 49, "is not a range of years"),
    ("range: 0..80", "range: 0..inf", 29, 36, "is not a range of numbers"),
  ])
  func whatCannotBeEnforcedOrResolvedIsRefusedWhereItStands(
    _ old: String, _ new: String, _ line: Int, _ column: Int, _ part: String
  ) throws {
    let problem = try #require(problems(replacing: old, with: new).first)
    #expect(problem.message.contains(part), "\(problem)")
    #expect("\(problem.line):\(problem.column)" == "\(line):\(column)", "\(problem)")
  }

  @Test func aFileThatCannotBeReadIsRefusedByItsName() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("meedoen-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let latin = folder.appendingPathComponent("latin.yml")
    try Data([0x61, 0x3A, 0x20, 0xE9]).write(to: latin)
    for (url, message) in [
      (folder.appendingPathComponent("absent.yml"), "absent.yml:1:1: there is no such file"),
      (latin, "latin.yml:1:1: the file is not UTF-8 text"),
      (folder, "\(folder.lastPathComponent):1:1: this is a folder, and a file is expected"),
    ] {
      let error = #expect(throws: DefinitionError.self) { try DataModel(contentsOf: url) }
      #expect(error?.description == message)
    }
  }

  @Test func brokenYamlAndEmptyFilesSayWhere() {
    for text in ["", "a: [", "meedoen: data-model/1\nmeedoen: x", "- 1"] {
      #expect(throws: DefinitionError.self) { try DataModel(yaml: text, file: "x.yml") }
    }
  }

  @Test func everyProblemIsNamedAtOnce() throws {
    let text = smallModel.split(separator: "list: kind,").joined(separator: "list: kinds,").split(
      separator: "range: 0..80"
    )
    .joined(separator: "range: 80..0")
    do {
      _ = try DataModel(yaml: text, file: "small.yml")
      Issue.record("accepted")
    } catch {
      #expect(error.problems.count >= 2)
    }
  }
}
