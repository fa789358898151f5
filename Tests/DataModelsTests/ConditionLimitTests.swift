import DataModels
import Primitives
import Testing

@Suite struct ConditionLimitTests {
  let model = try! DataModel(yaml: smallModel, file: "small.yml")
  let person = PersonInTest(rows: [
    [[.text("p"), .year(1990), .month(CalendarMonth(iso: "2016-03")!)]],
    [[.text("p"), .text("work"), .date(CalendarDate(iso: "2016-09-15")!), .missing, .number(24), .text("A2")]],
  ])

  func holds(_ text: String) throws -> Bool? {
    try model.condition(text, on: "activity").holds(at: EvaluationPoint(record: 1, row: 0), in: person)
  }

  @Test(arguments: [
    ("from + 438001 days > 2016-01", 8), ("from - 62601 weeks > 2016-01", 8), ("from + 14401 months > 2016-01", 8),
    ("from + 1201 years > 2016-01", 8), ("from + 9223372036854775807 years > 2016-01", 8),
    ("any activity(from > 2016-01-01 + 3000000000 days)", 34),
  ])
  func aLengthOfMoreThanTwelveCenturiesIsRefused(_ text: String, _ column: Int) {
    let error = #expect(throws: ConditionError.self) { try model.condition(text, on: "activity") }
    #expect(error?.column == column)
    #expect(error?.message.contains("at most 1,200 years") == true)
  }

  @Test(arguments: ["from + 438000 days", "from + 62600 weeks", "from + 14400 months", "from + 1200 years"])
  func aLengthOfTwelveCenturiesIsAccepted(_ text: String) throws {
    #expect(try holds("\(text) > 3215-01") == true)
  }

  @Test func aShiftOutsideTheYearsThatCanBeWrittenIsMissing() throws {
    let later = String(repeating: " + 1200 years", count: 7)
    let earlier = String(repeating: " - 1200 years", count: 2)
    for (field, literal) in [("from", "2016-01-01"), ("person.started", "2016-01"), ("person.born", "2016")] {
      #expect(try holds("\(field)\(later) is missing") == true)
      #expect(try holds("\(field)\(earlier) is missing") == true)
      #expect(try holds("\(field)\(later) > \(literal)") == nil)
      #expect(try holds("\(field) + 1200 years - 1200 years is given") == true)
    }
  }

  @Test(arguments: [
    ("person.born = 12345", "a year lies between 1 and 9999"),
    ("person.born in 0..", "a year lies between 1 and 9999"),
    ("years-between(9223372036854775807, person.born) > 1", "a year lies between 1 and 9999"),
    ("years-between(-9223372036854775807, person.born) > 1", "a year lies between 1 and 9999"),
    ("hours > -", "a number is expected after the minus sign"),
  ])
  func aNumberThatCannotBeUsedIsRefused(_ text: String, _ message: String) {
    let error = #expect(throws: ConditionError.self) { try model.condition(text, on: "activity") }
    #expect(error?.message == message)
  }

  /// A condition with so many levels of one kind.
  func nested(_ kind: String, _ levels: Int) -> String {
    func wrapped(_ start: String, _ inner: String, _ end: String) -> String {
      String(repeating: start, count: levels) + inner + String(repeating: end, count: levels)
    }
    return switch kind {
    case "brackets": wrapped("(", "hours > 3", ")")
    case "not": wrapped("not ", "hours > 3", "")
    case "selections": wrapped("any activity(", "hours > 3", ")")
    case "picks": wrapped("first(activity(from > ", "2016-01-01", ")).from") + " > 2016-01-01"
    case "functions": wrapped("days-between(", "from", ", from)") + " > 0"
    default: "from" + String(repeating: " + 1 days", count: levels) + " > 2016-01-01"
    }
  }

  @Test(arguments: ["brackets", "not", "selections", "picks", "functions", "shifts"], [101, 20_000])
  func aConditionThatGoesTooDeepIsRefused(_ kind: String, _ levels: Int) {
    let error = #expect(throws: ConditionError.self) { try model.condition(nested(kind, levels), on: "activity") }
    let message = error?.message ?? ""
    #expect(message.contains("more than 100 levels deep") || message.contains("at most 100 times"), "\(message)")
  }

  @Test(arguments: [("brackets", 99), ("not", 98), ("selections", 99), ("shifts", 100)])
  func aConditionWithinTheLimitsIsEvaluated(_ kind: String, _ levels: Int) throws {
    #expect(try holds(nested(kind, levels)) == true)
    #expect(try !model.condition(nested(kind, levels), on: "activity").inWords(.english, model).isEmpty)
  }

  @Test func picksWithinPicksAreEvaluated() throws { #expect(try holds(nested("picks", 90)) == nil) }

  @Test func aLongConditionIsNotADeepOne() throws {
    let parts = Array(repeating: "(from + 1 days > 2016-01-01 and not hours > 30)", count: 500)
    #expect(try holds(parts.joined(separator: " and ")) == true)
    #expect(try holds(parts.joined(separator: " or ")) == true)
  }
}
