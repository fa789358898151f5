extension DisclosurePolicy {
  /// Protects the cumulative incidence curves of one group of people, one curve for each cause, with its numbers at
  /// risk.
  ///
  /// - The curve may step only at multiples of `stepWidth`, so no step shows the day of an event.
  /// - It steps only when at least the threshold of further people had that event since its last step, and while at
  ///   least the threshold remain at risk after it.
  /// - It ends at the last asked time at which at least the threshold are at risk.
  /// - At a mark it steps when it can: steps before the mark give way until the threshold of events lies between. So an
  ///   estimate at a mark is the height of the drawn curve, and no second number could be compared with it.
  /// - The estimate and its band at a step are rounded to `decimals`, and in a small group more coarsely, such that one
  ///   step of the rounding is at least as many people as the rounding base: curves of a whole and of its parts then do
  ///   not tell, by subtraction, how many people of a part had an event.
  /// - The numbers at risk are rounded, and withheld where they, together with each other and with the steps of all
  ///   curves, would tell how many people left between two times: the number at risk falls by events and by censoring,
  ///   and each of these counts is protected like a cell of a table (``protect(_:relations:)``). A reader is assumed to
  ///   know the exact number of events between two steps, whatever the precision of the drawing, and the exact size of
  ///   the group. A policy without rounding rounds numbers at risk to its threshold.
  ///
  /// - Parameters:
  ///   - numberAtRisk: of the group, for all causes together.
  ///   - times: when numbers at risk are wanted, ascending; time 0 is the number at the start.
  ///   - marks: when estimates are told in words or tables, at multiples of `stepWidth`.
  ///   - stepWidth: in the unit of the times, for instance one month.
  ///   - decimals: of a probability; 2 for whole percents.
  /// - Throws: `malformedCurve` when arrays do not fit, times do not ascend, an estimate falls, or more people have
  ///   events than leave; `cannotBeProtected` and `solverFailed` as for tables.
  public func curves(
    _ curves: [EstimatedCurve], numberAtRisk: NumberAtRisk, at times: [Double], marks: [Double] = [],
    stepWidth: Double, decimals: Int = 2
  ) throws(DisclosureControlError) -> DisclosedCurves {
    precondition(stepWidth > 0, "steps need a width")
    for curve in curves { try check(curve) }
    try check(numberAtRisk, at: times, id: curves.first?.id ?? "")
    let end = times.last { numberAtRisk.count(at: $0) >= threshold } ?? 0
    let drawn = curves.map { curve in
      (
        curve: curve,
        steps: steps(of: curve, numberAtRisk: numberAtRisk, until: end, marks: marks, stepWidth: stepWidth)
      )
    }
    let table = try DepartureTable(
      drawn: drawn, numberAtRisk: numberAtRisk, times: times.filter { $0 <= end }, stepWidth: stepWidth)
    let policy = try withRounding()
    let grain = probabilityGrain(people: numberAtRisk.count(at: 0), decimals: decimals)
    let protected = try policy.protect(table.table)
    return DisclosedCurves(
      curves: drawn.map { curve, steps in
        let origin = DisclosedCurve.Point(time: 0, value: 0, lower: 0, upper: 0)
        let points = steps.map { step in
          DisclosedCurve.Point(
            time: step.time, value: rounded(curve.estimate[step.index], to: grain),
            lower: rounded(curve.lower[step.index], to: grain),
            upper: rounded(curve.upper[step.index], to: grain))
        }
        return DisclosedCurve(id: curve.id, points: [origin] + points, end: end, decimals: decimals, grain: grain)
      }, times: times,
      numbersAtRisk: times.map { time in
        // After the end only the sign that few or none remain: which of the two is not told.
        time > end
          ? .absent(.protected) : table.row(at: time).flatMap { protected[$0, "at risk"] } ?? .absent(.protected)
      })
  }

  /// To what a probability of a group is rounded: a digit at `decimals`, or twice, five or ten times as much and so on,
  /// until it is at least the rounding base (without rounding, half the threshold) of the group's people.
  public func probabilityGrain(people: Int, decimals: Int) -> Double {
    let least = Double(rounding.base ?? max(1, threshold / 2)) / Double(max(people, 1))
    var unit = 1.0
    for _ in 0..<decimals { unit /= 10 }
    var grain = unit
    for factor in [1.0, 2, 5, 10, 20, 50, 100] where grain < least { grain = unit * factor }
    return grain
  }

  private func rounded(_ probability: Double, to grain: Double) -> Double {
    let steps = (1 / grain).rounded()
    return (probability * steps).rounded() / steps
  }

  /// The policy for numbers at risk: always with rounding, and no wider than the number at risk at the end allows.
  private func withRounding() throws(DisclosureControlError) -> DisclosurePolicy {
    let base = rounding.base ?? threshold
    return try DisclosurePolicy(
      threshold: threshold, rounding: .nearest(base: base), zeroIsDisclosive: zeroIsDisclosive,
      minimumWidth: rounding == .none ? base - 1 : min(minimumWidth, threshold - 1))
  }

  /// Where a curve may step: the multiples of the width at which enough further events have happened.
  private func steps(
    of curve: EstimatedCurve, numberAtRisk: NumberAtRisk, until end: Double, marks: [Double],
    stepWidth: Double
  ) -> [CurveStep] {
    let marked = Set(marks.map { ($0 / stepWidth).rounded() })
    var steps: [CurveStep] = []
    var shown = 0
    var next = 0
    var multiple = 1.0
    while multiple * stepWidth <= end {
      let time = multiple * stepWidth
      while next < curve.times.count && curve.times[next] <= time { next += 1 }
      let events = next > 0 ? curve.cumulativeEvents[next - 1] : 0
      // Those at risk just after the step: just before it less the events of this cause at that very time.
      let now =
        next > 0 && curve.times[next - 1] == time ? events - (next > 1 ? curve.cumulativeEvents[next - 2] : 0) : 0
      if events == shown, !steps.isEmpty, !zeroIsDisclosive, marked.contains(multiple) {
        // Nobody since the last step: the height is exact here too.
        steps.append(CurveStep(time: time, index: next - 1, events: 0))
      } else if events > shown, numberAtRisk.count(at: time) - now >= threshold {
        if events - shown < threshold, marked.contains(multiple) {
          // Steps since the last mark give way, the latest first, until enough events lie between.
          let lastMark = steps.lastIndex { marked.contains(($0.time / stepWidth).rounded()) } ?? -1
          var (kept, before) = (steps.count, shown)
          while kept > lastMark + 1, events - before < threshold {
            kept -= 1
            before -= steps[kept].events
          }
          if events - before >= threshold { (steps, shown) = (Array(steps[..<kept]), before) }
        }
        if events - shown >= threshold {
          steps.append(CurveStep(time: time, index: next - 1, events: events - shown))
          shown = events
        }
      }
      multiple += 1
    }
    return steps
  }

  private func check(_ curve: EstimatedCurve) throws(DisclosureControlError) {
    func malformed(_ reason: String) -> DisclosureControlError { .malformedCurve(id: curve.id, reason: reason) }
    let counts = [curve.estimate.count, curve.lower.count, curve.upper.count, curve.cumulativeEvents.count]
    if counts.contains(where: { $0 != curve.times.count }) { throw malformed("its arrays differ in length") }
    if !curve.times.isStrictlyAscending || curve.times.contains(where: { $0 < 0 }) {
      throw malformed("its times do not ascend from 0")
    }
    if (curve.estimate + curve.lower + curve.upper).contains(where: { !$0.isFinite }) {
      throw malformed("an estimate is not a finite number")
    }
    if zip(curve.estimate, curve.estimate.dropFirst()).contains(where: { $0 > $1 + 1e-12 }) {
      throw malformed("its estimate falls; give the cumulative incidence, not survival")
    }
    if zip([0] + curve.cumulativeEvents, curve.cumulativeEvents).contains(where: { $0 > $1 }) {
      throw malformed("its cumulative events fall")
    }
  }

  private func check(_ numberAtRisk: NumberAtRisk, at times: [Double], id: String) throws(DisclosureControlError) {
    if numberAtRisk.times.count != numberAtRisk.counts.count || !numberAtRisk.times.isStrictlyAscending {
      throw .malformedCurve(id: id, reason: "the numbers at risk need one count for each of their ascending times")
    }
    if zip(numberAtRisk.counts, numberAtRisk.counts.dropFirst()).contains(where: { $0 < $1 }) {
      throw .malformedCurve(id: id, reason: "the number at risk rises; curves of people who enter late are not drawn")
    }
    if !times.isStrictlyAscending || times.contains(where: { $0 < 0 }) {
      throw .malformedCurve(id: id, reason: "the times for numbers at risk do not ascend from 0")
    }
  }
}

/// A step that is drawn: its time, the entry of the estimate that holds there, and the events since the step before.
struct CurveStep {
  let time: Double
  let index: Int
  let events: Int
}

/// Everything that links the curves and the numbers at risk of one group, as a table that only its numbers at risk are
/// printed of.
private struct DepartureTable {
  let table: CountTable
  private let asked: [Double: String]

  func row(at time: Double) -> String? { asked[time] }

  /// Time is cut at every asked time and every multiple of the step width. At each cut there are the people at risk
  /// just before it; from each cut to the next, the events of each cause at the cut and after it, and the censored.
  init(
    drawn: [(curve: EstimatedCurve, steps: [CurveStep])], numberAtRisk: NumberAtRisk, times: [Double],
    stepWidth: Double
  ) throws(DisclosureControlError) {
    let id = "numbers at risk"
    let end = times.last ?? 0
    var cuts = Set(times).union([0])
    var multiple = 1.0
    while multiple * stepWidth <= end {
      cuts.insert(multiple * stepWidth)
      multiple += 1
    }
    let sorted = cuts.sorted()
    // With all events at cuts, as when times are whole months, a reader knows that none is between them.
    let isBetween = drawn.contains { $0.curve.times.contains { $0 <= end && !cuts.contains($0) } }
    let rows = sorted.map { "\($0)" }
    var columns = ["at risk", "censored"]
    for number in drawn.indices { columns += ["at \(number)", "after \(number)", "step \(number)"] }
    var cells = rows.map { _ in columns.map { _ in CountCell.absent(.notApplicable) } }
    var relations: [AdditiveRelation] = []
    func cell(_ row: Int, _ column: String) -> CellID { CellID(table: id, row: rows[row], column: column) }

    var left = Array(repeating: 0, count: sorted.count)
    for (number, (curve, steps)) in drawn.enumerated() {
      let (at, after, step) = ("at \(number)", "after \(number)", "step \(number)")
      var sinceStep: [CellID] = []
      var next = 0
      var total = 0
      func events(through isIncluded: (Double) -> Bool) -> Int {
        let before = total
        while next < curve.times.count && isIncluded(curve.times[next]) {
          total = curve.cumulativeEvents[next]
          next += 1
        }
        return total - before
      }
      for (row, time) in sorted.enumerated() {
        let here = events { $0 <= time }
        cells[row][2 + 3 * number] = .unprinted(here)
        sinceStep.append(cell(row, at))
        left[row] += here
        if let shown = steps.first(where: { $0.time == time }) {
          cells[row][4 + 3 * number] = .known(shown.events)
          relations.append(AdditiveRelation(total: cell(row, step), parts: sinceStep))
          sinceStep = []
        }
        guard row + 1 < sorted.count, isBetween else { continue }
        let between = events { $0 < sorted[row + 1] }
        cells[row][3 + 3 * number] = .unprinted(between)
        sinceStep.append(cell(row, after))
        left[row] += between
      }
    }
    for row in sorted.indices {
      let count = numberAtRisk.count(at: sorted[row])
      // The size of the group stands elsewhere too, so it is never withheld here and taken as known exactly.
      cells[row][0] = row == 0 ? .known(count) : times.contains(sorted[row]) ? .count(count) : .unprinted(count)
      guard row + 1 < sorted.count else { continue }
      let censored = count - numberAtRisk.count(at: sorted[row + 1]) - left[row]
      if censored < 0 {
        throw .malformedCurve(
          id: drawn.first?.curve.id ?? "", reason: "more people have events than leave the number at risk")
      }
      cells[row][1] = .unprinted(censored)
      let causes = drawn.indices.flatMap { [cell(row, "at \($0)")] + (isBetween ? [cell(row, "after \($0)")] : []) }
      relations.append(
        AdditiveRelation(
          total: cell(row, "at risk"), parts: [cell(row + 1, "at risk"), cell(row, "censored")] + causes))
    }
    table = CountTable(id: id, rows: rows, columns: columns, cells: cells, relations: relations)
    asked = Dictionary(uniqueKeysWithValues: times.map { ($0, "\($0)") })
  }
}

extension [Double] {
  fileprivate var isStrictlyAscending: Bool { zip(self, dropFirst()).allSatisfy { $0 < $1 } }
}
