import DataModels
import Primitives
import Registers
import Testing

@testable import Studies

/// The days that are computed at once, against asking the model's own evaluator about each day.
@Suite struct DayConditionTests {
  static let conditions = [
    "any activity(kind = work, hours >= 12) on day",
    "any activity(kind = work) on day - 1 month and not any activity(kind = education) on day + 2 weeks",
    "any contact before day", "any contact after day + 1 month", "any contact during day - 3 months..day",
    "any activity during time-zero..day - 10 days", "no guidance(team = fast) on time-zero",
    "day >= time-zero + 2 months and day < exit.gone", "not (day > exit.gone - 1 month)",
    "day != 2017-06 or any exit on day", "day in 2017-03-10..2017-08", "not day in 2017-03..2017-08-20",
    "person.born > 1980 and (any contact on day or day = arrival.on + 31 days)",
    "exit.reason = moved or day <= person.enrolled", "any activity(from > arrival.on, hours is given) on day - 1 year",
    "any activity(from > time-zero) on day", "2017-05 <= day", "day + 1 month >= 2017-07-31",
  ]

  @Test(arguments: conditions)
  func computedDaysAreThoseThatAskingDayByDayGives(_ text: String) throws {
    let model = smallModel
    let parameters: [String: FieldType] = [PlanParameter.timeZero: .date, PlanParameter.day: .date]
    let condition = try model.condition(text, parameters: parameters)
    var list = SelectionList()
    let computed = try DayCondition(condition, &list)
    let snapshot = snapshot(of: model, RandomProgramme(seed: 42, people: 30).rows)
    let data = IndexedSnapshot(snapshot, list)
    let (timeZero, _) = try model.operand("arrival.on")
    for index in snapshot.people.indices {
      let records = snapshot.person(index)
      guard case .date(let start) = timeZero.value(at: EvaluationPoint(), in: records) else { continue }
      let window = DaySpans.Span(first: start.daysSinceEpoch, last: start.daysSinceEpoch + 334)
      let days = computed.days(
        for: PersonInWindow(data, index, timeZero: .date(start), window: window))
      var expected: [Int32] = []
      for day in window.first...window.last {
        let point = EvaluationPoint(parameters: [
          PlanParameter.timeZero: .date(start), PlanParameter.day: .date(CalendarDate(daysSinceEpoch: day)),
        ])
        if condition.holds(at: point, in: records) == true { expected.append(day) }
      }
      let found = days.spans.flatMap { Array($0.first...$0.last) }
      #expect(found == expected, "person \(index)")
    }
  }

  @Test(arguments: 1...50)
  func setsOfDaysFollowTheLawsOfSets(_ seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    func random() -> (DaySpans, Set<Int32>) {
      let spans = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
        let first = Int32.random(in: 0...40, using: &generator)
        return DaySpans.Span(first: first, last: first + Int32.random(in: 0...8, using: &generator))
      }
      return (DaySpans(merging: spans), Set(spans.flatMap { Array($0.first...$0.last) }))
    }
    func days(_ spans: DaySpans) -> Set<Int32> { Set(spans.spans.flatMap { Array($0.first...$0.last) }) }
    let (a, setA) = random()
    let (b, setB) = random()
    let window = DaySpans.Span(first: 5, last: 35)
    #expect(days(a) == setA)
    #expect(days(a.union(b)) == setA.union(setB))
    #expect(days(a.intersection(b)) == setA.intersection(setB))
    #expect(days(a.complement(in: window)) == Set(5...35).subtracting(setA))
    #expect(a.dayCount == setA.count)
  }
}
