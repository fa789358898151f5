import DataModels
import Foundation
import Testing

@testable import Studies

@Suite struct PlanRefusalTests {
  /// The problems of the small plan with one piece of text replaced.
  func problems(replacing old: String, with new: String) -> [DefinitionProblem] {
    precondition(smallPlanText.contains(old), old)
    let text = smallPlanText.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    do {
      _ = try StudyPlan(yaml: text, file: "plan.yml", model: smallModel)
      return []
    } catch {
      return error.problems
    }
  }

  @Test func theSmallPlanLoads() throws {
    #expect(problems(replacing: "version", with: "version").isEmpty)
    let plan = try smallPlan()
    #expect(plan.states.map(\.id) == ["work", "education", "none", "lost", "moved"])
    #expect(plan.model.version == "2.0" && plan.report.marks == [6, 11])
  }

  @Test(arguments: [
    ("study-plan/1", "study-plan/2", 1, 10, "“study-plan/1” is expected"),
    ("question:", "qestion:", 5, 1, "did you mean “question”"),
    ("small >= 2.0", "small >= 3.0", 6, 8, "written for the model “small >= 3.0” and the data have “small 2.1”"),
    ("small >= 2.0", "small > 2.0", 6, 8, "written as its id"),
    ("time-zero: arrival.on", "time-zero: arrival.onn", 9, 22, "“arrival” has no field “onn”"),
    ("time-zero: arrival.on", "time-zero: person.id", 9, 14, "time zero is a date or a month; this is a text"),
    ("time-zero: arrival.on", "time-zero: activity.from", 9, 14, "a person can have several rows of “activity”"),
    ("where: time-zero in", "where: time-zer in", 12, 72, "did you mean “time-zero”"),
    ("person.born > 1998", "day > 1998", 14, 70, "nothing here is called “day”"),
    ("months: 11, until", "month: 11, until", 15, 12, "did you mean “months”"),
    ("until: 2017-12-31", "until: 2017-13-31", 15, 31, "is not a day such as 2019-05-31"),
    ("lost-after: 3 months", "lost-after: 3", 15, 55, "such as “6 months”"),
    ("lost-after: 3 months, ", "", 15, 52, "“seen-by” says by what people are seen; add “lost-after”"),
    ("lost-after: 3 months, seen-by: [contact]", "", 17, 3, "nobody can be lost without “lost-after”"),
    ("seen-by: [contact]", "seen-by: [contacts]", 15, 75, "did you mean “contact”"),
    ("seen-by: [contact]", "seen-by: [person]", 15, 75, "“person” has no time of its own"),
    ("seen-by: [contact]", "seen-while: [contact]", 15, 78, "“contact” does not last, so it belongs under “seen-by”"),
    ("hours >= 12", "hour >= 12", 17, 67, "did you mean “hours”"),
    ("kind = education", "kind = educaton", 18, 75, "did you mean “education”"),
    ("exit(reason = moved), absorbing", "exit(gone < day), absorbing", 21, 50, "write the time after the brackets"),
    ("exit(reason = moved), absorbing", "count of exit on day > 0, absorbing", 21, 50, "cannot be part of a count"),
    ("moved: {name", "exit: {name", 21, 3, "a state and a record of the model are both called “exit”"),
    (", otherwise: yes}\n  lost", "}\n  lost", 19, 3, "needs exactly one of “when”, “lost: yes”, “otherwise: yes”"),
    (
      "Opleiding}, when: activity(kind = education)", "Opleiding}, lost: yes", 17, 3,
      "only one state can be “lost: yes”"
    ),
    ("first: work}", "first: wrk}", 26, 21, "no state and no record is called “wrk”; did you mean “work”?"),
    ("first: work}", "first: lost}", 26, 21, "a state without a condition"),
    ("work: {first: work}", "total: {first: work}", 26, 7, "has a meaning of its own in the results"),
    ("on time-zero + 1 month}", "on day}", 32, 77, "nothing here is called “day”"),
    ("Other, nl: Anders}, otherwise: yes", "Other, nl: Anders}, when: always", 33, 7, "the last one takes who is left"),
    ("group: team}", "group: teams}", 36, 45, "did you mean “team”"),
    ("choose: longest", "choose: shortest", 39, 13, "is not one of first, longest"),
    ("state-at: end", "state-at: 12 months", 44, 46, "a number of months within the follow-up"),
    ("manager: manager", "manager: manger", 45, 39, "did you mean “manager”"),
    ("team: team, norm", "team: manager, norm", 45, 54, "the team is a field of codes"),
    ("spells: guidance", "spells: exit", 45, 20, "a caseload needs spells"),
    ("norm: 2", "norm: 0", 45, 66, "above 0"),
    ("round-to: 5", "round-to: 20", 48, 42, "a number from 2 to the threshold, 10"),
    ("every: quarter", "every: week", 49, 10, "is not one of quarter, half-year, year"),
    ("marks: [6, 11]", "marks: [6, 12]", 50, 14, "marks are months within the follow-up"),
    ("marks: [6, 11]", "marks: [6, 6]", 50, 14, "in ascending order"),
    ("lost-after: 3 months", "lost-after: 1201 years", 15, 55, "at most 1,200 years"),
    ("lost-after: 3 months", "lost-after: 9223372036854775807 weeks", 15, 55, "at most 1,200 years"),
    ("state-at: end", "state-at: 9223372036854775807 years", 44, 46, "at most 1,200 years"),
    ("months: 11, until", "months: 1201, until", 15, 20, "followed for 1 to 1,200 months"),
    ("on time-zero + 1 month}", "on time-zero + 99999999 months}", 32, 89, "at most 1,200 years"),
    ("threshold: 10", "threshold: 1001", 48, 28, "between 2 and 1,000"),
    ("threshold: 10", "threshold: 1", 48, 28, "between 2 and 1,000"),
    ("norm: 2", "norm: 10001", 45, 66, "at most 10,000"),
    ("\"exit(reason = died)\"", "\"exit(reason = dyed)\"", 27, 71, "did you mean “died”"),
  ])
  func whatHasNoMeaningIsRefusedWhereItStands(
    _ old: String, _ new: String, _ line: Int, _ column: Int, _ part: String
  ) throws {
    let problems = problems(replacing: old, with: new)
    let problem = try #require(problems.first)
    #expect(problem.message.contains(part), "\(problem)")
    #expect("\(problem.line):\(problem.column)" == "\(line):\(column)", "\(problem)")
  }

  @Test func moreValuesThanResultsCanNumberAreRefused() throws {
    let values = (1...60).map { "v\($0): {when: always}" }.joined(separator: ", ")
    let groups = "groups:\n"
    let many = groups + "  many: {name: Many, values: {\(values), rest: {otherwise: yes}}}\n"
    #expect(problems(replacing: groups, with: many).map(\.message) == ["there can be at most 60 values"])
    let causes = (1...61).map { "c\($0): {first: work}" }.joined(separator: ", ")
    let outcome = "outcomes:\n"
    let wide = outcome + "  wide: {name: Wide, causes: {\(causes)}}\n"
    #expect(problems(replacing: outcome, with: wide).map(\.message) == ["there can be at most 60 causes"])
  }

  @Test func aPlanInAFileIsReadAgainstItsModel() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("meedoen-\(UUID().uuidString).yml")
    let missing = #expect(throws: DefinitionError.self) { try StudyPlan(contentsOf: file, model: smallModel) }
    #expect(missing?.problems.map(\.message) == ["there is no such file"])
    try Data(smallPlanText.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try StudyPlan(contentsOf: file, model: smallModel) == StudyPlan(contentsOf: file))
  }

  @Test func problemsOfFormAndOfMeaningAreNamedTogether() {
    let text = smallPlanText.split(separator: "marks: [6, 11]", omittingEmptySubsequences: false).joined(
      separator: "marks: [11, 6]"
    )
    .split(separator: "hours >= 12").joined(separator: "hour >= 12")
    .split(separator: "seen-by: [contact]").joined(separator: "seen-by: [contacts]")
    do {
      _ = try StudyPlan(yaml: text + "\n", file: "plan.yml", model: smallModel)
      Issue.record("accepted")
    } catch {
      #expect(error.problems.map(\.line) == [15, 17, 50])
    }
  }

  @Test(arguments: [("2.0", true), ("2.1", true), ("2.1.1", false), ("2.10", false), ("1.9", true), ("3", false)])
  func versionsCompareByTheirParts(_ needed: String, _ fits: Bool) throws {
    #expect(
      try StudyPlan(
        yaml: smallPlanText.split(separator: ">= 2.0").joined(separator: ">= \(needed)"), file: "plan.yml"
      ).problems(in: smallModel).isEmpty == fits)
  }
}
