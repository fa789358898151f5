import DataModels
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
  ])
  func whatCannotBeEnforcedOrResolvedIsRefusedWhereItStands(
    _ old: String, _ new: String, _ line: Int, _ column: Int, _ part: String
  ) throws {
    let problem = try #require(problems(replacing: old, with: new).first)
    #expect(problem.message.contains(part), "\(problem)")
    #expect("\(problem.line):\(problem.column)" == "\(line):\(column)", "\(problem)")
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
