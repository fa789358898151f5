import Primitives
import Testing

@testable import DisclosureControl

@Suite struct CurveTests {
  /// People in whole months with two causes, or censored; everybody leaves by month 60.
  private struct Group {
    var causes: [EstimatedCurve] = []
    var numberAtRisk: NumberAtRisk
    /// Per cause, the events in each month.
    var events: [[Int]]
    var censored: [Int]

    init(people: Int, months: Int, _ generator: inout SeededGenerator) {
      events = Array(repeating: Array(repeating: 0, count: months + 1), count: 2)
      censored = Array(repeating: 0, count: months + 1)
      for _ in 0..<people {
        let month = Int.random(in: 1...months, using: &generator)
        let draw = generator.uniform()
        if draw < 0.45 {
          events[0][month] += 1
        } else if draw < 0.6 {
          events[1][month] += 1
        } else {
          censored[month] += 1
        }
      }
      var left = people
      var counts: [Int] = []
      for month in 0...months {
        counts.append(left)
        left -= events[0][month] + events[1][month] + censored[month]
      }
      let times = (0...months).map(Double.init)
      numberAtRisk = NumberAtRisk(times: times, counts: counts)
      causes = events.enumerated().map { number, events in
        var (total, cumulative) = (0, [Int]())
        for count in events {
          total += count
          cumulative.append(total)
        }
        let estimate = cumulative.map { Double($0) / Double(people) }
        return EstimatedCurve(
          id: "cause \(number)", times: times, estimate: estimate, lower: estimate.map { $0 * 0.8 },
          upper: estimate.map { min(1, $0 * 1.2) }, cumulativeEvents: cumulative)
      }
    }
  }

  private let asked = stride(from: 0.0, through: 60, by: 6).map { $0 }

  @Test func aSmallGroupsCurveIsSolvedByHand() throws {
    // 40 people; 6 events in each of the months 1 to 4, then nobody leaves: 40, 34, 28, 22 and 16 at risk.
    let months = [1.0, 2, 3, 4]
    let curve = EstimatedCurve(
      id: "work", times: months, estimate: [0.15, 0.3, 0.45, 0.6], lower: [0.05, 0.15, 0.3, 0.45],
      upper: [0.25, 0.45, 0.6, 0.75], cumulativeEvents: [6, 12, 18, 24])
    let disclosed = try DisclosurePolicy.standard.curves(
      [curve], numberAtRisk: NumberAtRisk(times: months + [5], counts: [40, 34, 28, 22, 16]), at: [0, 3, 5, 6],
      stepWidth: 1)
    // Twelve events by month 2, twelve more by month 4.
    #expect(disclosed.curves[0].points.map(\.time) == [0, 2, 4])
    // Five of 40 people are 12.5 %, so heights are rounded to 20 %.
    #expect(disclosed.curves[0].points.map(\.value) == [0, 0.4, 0.6])
    #expect(disclosed.curves[0].points.last?.lower == 0.4 && disclosed.curves[0].points.last?.upper == 0.8)
    #expect(disclosed.curves[0].end == 5)
    #expect(disclosed.curves[0].value(at: 3.5) == 0.4 && disclosed.curves[0].value(at: 5.5) == nil)
    #expect(disclosed.numbersAtRisk == [.value(40), .value(30), .value(15), .absent(.protected)])
  }

  @Test func stepsGiveWayToAMarkAndItsEstimateIsTheHeightOfTheCurve() throws {
    // 60 people; 6 events in each of the months 1 to 5. Steps come at 2 and 4; a mark at 5 takes the place of that at 4.
    let months = [1.0, 2, 3, 4, 5]
    let curve = EstimatedCurve(
      id: "work", times: months, estimate: [0.1, 0.2, 0.3, 0.4, 0.5], lower: [0, 0.1, 0.2, 0.3, 0.4],
      upper: [0.2, 0.3, 0.4, 0.5, 0.6], cumulativeEvents: [6, 12, 18, 24, 30])
    let risk = NumberAtRisk(times: months + [6], counts: [60, 54, 48, 42, 36, 30])
    func curves(_ marks: [Double]) throws -> DisclosedCurve {
      try DisclosurePolicy.standard.curves([curve], numberAtRisk: risk, at: [0, 6], marks: marks, stepWidth: 1).curves[
        0]
    }
    #expect(try curves([]).points.map(\.time) == [0, 2, 4])
    #expect(try curves([5]).points.map(\.time) == [0, 2, 5])
    // Two marks with six events between them cannot both be told.
    let both = try curves([4, 5])
    #expect(both.points.map(\.time) == [0, 2, 4])
    #expect(both.estimate(at: 5).value == .absent(.protected) && both.points.last?.time == 4)
    #expect(both.estimate(at: 1).value == .absent(.protected) && both.estimate(at: 7).value == .absent(.protected))
  }

  @Test func aCurveWithFewEventsStaysFlatAndOneOfFewPeopleHasNoLength() throws {
    let few = EstimatedCurve(
      id: "work", times: [1, 2], estimate: [0.1, 0.2], lower: [0, 0], upper: [1, 1], cumulativeEvents: [4, 9])
    let many = try DisclosurePolicy.standard.curves(
      [few], numberAtRisk: NumberAtRisk(times: [1, 2, 3], counts: [50, 46, 41]), at: [0, 3], stepWidth: 1)
    #expect(many.curves[0].points.count == 1 && many.curves[0].end == 3)
    let none = try DisclosurePolicy.standard.curves(
      [few], numberAtRisk: NumberAtRisk(times: [1, 2], counts: [9, 5]), at: [0, 3], stepWidth: 1)
    #expect(none.curves[0].end == 0 && none.numbersAtRisk == [.absent(.protected), .absent(.protected)])
  }

  @Test func aNumberAtRiskThatWouldCountTheOneWhoLeftIsWithheld() throws {
    // 44 at the start and 43 from month 4 on. Printed as 45 the latter is 43 to 47: nobody or one left.
    let curve = EstimatedCurve(
      id: "work", times: [3], estimate: [0], lower: [0], upper: [0], cumulativeEvents: [0])
    let disclosed = try DisclosurePolicy.standard.curves(
      [curve], numberAtRisk: NumberAtRisk(times: [3, 12], counts: [44, 43]), at: [0, 6, 12], stepWidth: 1)
    #expect(disclosed.numbersAtRisk == [.value(45), .absent(.protected), .absent(.protected)])
    #expect(disclosed.curves[0].end == 12)
  }

  @Test func stepsComeOnTheGridAfterEnoughEventsAndNeverFall() throws {
    for policy in [DisclosurePolicy.standard, try DisclosurePolicy(rounding: .none)] {
      for seed in 0..<12 as Range<UInt64> {
        var generator = SeededGenerator(seed: seed)
        let group = Group(people: Int.random(in: 15...400, using: &generator), months: 60, &generator)
        let disclosed = try policy.curves(group.causes, numberAtRisk: group.numberAtRisk, at: asked, stepWidth: 3)
        for (curve, cause) in zip(disclosed.curves, group.causes) {
          let events = curve.points.map { point in
            cause.times.lastIndex { $0 <= point.time }.map { cause.cumulativeEvents[$0] } ?? 0
          }
          for (earlier, later) in zip(events, events.dropFirst()) { #expect(later - earlier >= 10) }
          for (earlier, later) in zip(curve.points, curve.points.dropFirst()) {
            #expect(earlier.value <= later.value)
            #expect(later.time.truncatingRemainder(dividingBy: 3) == 0)
            #expect(later.time <= curve.end)
          }
        }
        for (time, value) in zip(asked, disclosed.numbersAtRisk) {
          if let number = value.number {
            #expect(number >= 10 && group.numberAtRisk.count(at: time) >= 10)
          }
        }
      }
    }
  }

  /// A reader who reads the exact number of events at every step, and knows the size of the group and that all times are whole months.
  @Test func noSmallNumberOfDeparturesFollowsFromTheDrawing() throws {
    for policy in [DisclosurePolicy.standard, try DisclosurePolicy(rounding: .none)] {
      let base = policy.rounding.base ?? policy.threshold
      for seed in 0..<6 as Range<UInt64> {
        var generator = SeededGenerator(seed: 100 + seed)
        let group = Group(people: Int.random(in: 30...250, using: &generator), months: 60, &generator)
        let disclosed = try policy.curves(group.causes, numberAtRisk: group.numberAtRisk, at: asked, stepWidth: 1)
        let end = Int(disclosed.curves[0].end)
        var programme = LinearProgram()
        let size = Double(group.numberAtRisk.counts[0])
        let atRisk = (0...end).map { month in
          if month == 0 { return programme.addVariable(size, size) }
          guard let place = asked.firstIndex(of: Double(month)), let number = disclosed.numbersAtRisk[place].number
          else {
            return programme.addVariable(0, .infinity)
          }
          return programme.addVariable(max(10, number - Double(base / 2)), number + Double((base - 1) / 2))
        }
        let events = (0..<2).map { _ in (0...end).map { _ in programme.addVariable(0, .infinity) } }
        let censored = (0...end).map { _ in programme.addVariable(0, .infinity) }
        for month in 0..<end {
          programme.addRow(
            [
              (atRisk[month], 1), (atRisk[month + 1], -1), (events[0][month], -1), (events[1][month], -1),
              (censored[month], -1),
            ], 0, 0)
        }
        for (cause, curve) in disclosed.curves.enumerated() {
          for (earlier, later) in zip(curve.points, curve.points.dropFirst()) {
            let months = (earlier.time == 0 ? 0 : Int(earlier.time) + 1)...Int(later.time)
            let shown = Double(months.reduce(0) { $0 + group.events[cause][$1] })
            programme.addRow(months.map { (events[cause][$0], 1) }, shown, shown)
          }
        }
        let truths = zip(events, group.events).flatMap { Array(zip($0, $1)) } + Array(zip(censored, group.censored))
        for (variable, truth) in truths where (1...9).contains(truth) {
          let extremes = try #require(programme.extremes(of: variable, start: 0, isEnough: { _ in false }))
          guard case .value(let least, _) = extremes.least, case .value(let most, _) = extremes.most else { continue }
          #expect((most + 1e-6).rounded(.down) - (least - 1e-6).rounded(.up) >= 4, "seed \(seed)")
        }
      }
    }
  }

  @Test func curvesThatDoNotFitAreRefused() {
    func message(_ curve: EstimatedCurve, _ counts: [Int] = [50, 40]) -> String {
      do throws(DisclosureControlError) {
        _ = try DisclosurePolicy.standard.curves(
          [curve], numberAtRisk: NumberAtRisk(times: [1, 2], counts: counts), at: [0, 2], stepWidth: 1)
        return "protected"
      } catch { return "\(error)" }
    }
    func curve(_ estimate: [Double], _ events: [Int]) -> EstimatedCurve {
      EstimatedCurve(
        id: "work", times: [1, 2], estimate: estimate, lower: estimate, upper: estimate, cumulativeEvents: events)
    }
    let start = "Curve 'work' cannot be protected: "
    #expect(message(curve([0.1, 0.2], [5])) == start + "its arrays differ in length.")
    #expect(
      message(curve([0.9, 0.8], [5, 10])) == start + "its estimate falls; give the cumulative incidence, not survival.")
    #expect(
      message(curve([0.1, 0.2], [15, 20])) == start + "more people have events than leave the number at risk.")
    #expect(
      message(curve([0.1, 0.2], [5, 10]), [40, 50])
        == start + "the number at risk rises; curves of people who enter late are not drawn.")
  }
}
