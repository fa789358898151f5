import DataModels
import Primitives

/// Finds in which state a person is on each day.
struct StateObserver {
  private let absorbing: [(state: UInt8, condition: DayCondition)]
  /// In their precedence; nil is the state of the lost.
  private let others: [(state: UInt8, condition: DayCondition?)]
  private let rest: UInt8
  private let loss: LossOfSight?
  /// The place of the state of the lost.
  let lost: UInt8?

  init(_ plan: ResolvedPlan) {
    var absorbing: [(UInt8, DayCondition)] = []
    var others: [(UInt8, DayCondition?)] = []
    var (rest, lost): (UInt8, UInt8?) = (0, nil)
    for (place, state) in plan.plan.states.enumerated() {
      let place = UInt8(place)
      switch state.rule {
      case .absorbing: absorbing.append((place, plan.states[Int(place)]!))
      case .when: others.append((place, plan.states[Int(place)]))
      case .lost:
        others.append((place, nil))
        lost = place
      case .otherwise: rest = place
      }
    }
    self.absorbing = absorbing
    self.others = others
    self.rest = rest
    self.lost = lost
    loss = LossOfSight(plan)
  }

  /// Segments over the person's whole window, in order, neighbours in different states.
  func segments(of person: PersonInWindow) -> [LifeHistories.Segment] {
    var segments: [LifeHistories.Segment] = []
    var left: (day: Int32, state: UInt8)?
    for (state, condition) in absorbing {
      if let day = condition.days(for: person).first, day < left?.day ?? .max { left = (day, state) }
    }
    if let left {
      segments.append(LifeHistories.Segment(first: left.day, last: person.window.last, state: left.state))
    }
    var free = DaySpans(person.window.first, left.map { $0.day - 1 } ?? person.window.last)
    for (state, condition) in others where !free.isEmpty {
      let days = condition.map { $0.days(for: person) } ?? loss?.days(for: person) ?? DaySpans()
      if days.isEmpty { continue }
      segments += days.intersection(free).spans.map {
        LifeHistories.Segment(first: $0.first, last: $0.last, state: state)
      }
      free = free.intersection(days.complement(in: person.window))
    }
    segments += free.spans.map { LifeHistories.Segment(first: $0.first, last: $0.last, state: rest) }
    return segments.sorted { $0.first < $1.first }
  }
}

/// Finds the days on which a person has not been seen for as long as the plan allows.
///
/// The person is seen at time zero. What happened before it, and what will happen after the day, plays no part.
struct LossOfSight {
  private let after: PlanDuration
  private let seenBy: [DaySelection]
  private let seenWhile: [DaySelection]

  /// nil when the plan loses nobody.
  init?(_ plan: ResolvedPlan) {
    guard let loss = plan.plan.cohort.followUp.loss else { return nil }
    after = loss.after
    seenBy = plan.seenBy
    seenWhile = plan.seenWhile
  }

  func days(for person: PersonInWindow) -> DaySpans {
    let window = person.window
    var seen = [DaySpans.Span(first: window.first, last: window.first)]
    for selection in seenBy {
      person.forEachRow(of: selection.slot) { start, _, _ in
        if start > window.first, start <= window.last { seen.append(DaySpans.Span(first: start, last: start)) }
      }
    }
    for selection in seenWhile {
      person.forEachRow(of: selection.slot) { start, _, end in
        let (first, last) = (max(start, window.first), min(end, window.last))
        if first <= last { seen.append(DaySpans.Span(first: first, last: last)) }
      }
    }
    let sightings = DaySpans(merging: seen).spans
    var lost: [DaySpans.Span] = []
    for (index, sighting) in sightings.enumerated() {
      let next = index + 1 < sightings.count ? sightings[index + 1].first - 1 : window.last
      guard next > sighting.last else { continue }
      let from = after.after(CalendarDate(daysSinceEpoch: sighting.last)).daysSinceEpoch
      if from <= next { lost.append(DaySpans.Span(first: from, last: next)) }
    }
    return DaySpans(merging: lost)
  }
}
