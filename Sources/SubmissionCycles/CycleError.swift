import Primitives

/// Why a decision about a period, or a return about it, is refused.
public enum CycleError: Error, Hashable, Sendable {
  /// The model says nothing about when returns are due.
  case noCycle(model: String)
  case doesNotApply(period: CyclePeriod, state: CycleState, decision: CycleDecision.Kind)
  /// A return about a period that takes nothing in any more.
  case locked(period: CyclePeriod, since: CalendarDate)
  case reasonMissing(period: CyclePeriod)
  /// A reopening without a last day, or with one that has passed.
  case endMissing(period: CyclePeriod)
  case notBegun(period: CyclePeriod, from: CalendarDate)
  /// A decision that would count from before one that was taken already.
  case earlierThanLast(period: CyclePeriod, day: CalendarDate, last: CalendarDate)
  /// A decision that would count from a day to come.
  case inFuture(period: CyclePeriod, day: CalendarDate, today: CalendarDate)
  /// Something that would count from a day which a release or a lock has settled; `place` is where the day was said.
  case settled(period: CyclePeriod, day: CalendarDate, since: CalendarDate, isLocked: Bool, place: String?)

  /// The stable code, which `meedoen explain` has a page for.
  public var code: String {
    switch self {
    case .noCycle: "CYC-01"
    case .locked: "CYC-02"
    case .doesNotApply: "CYC-03"
    case .reasonMissing: "CYC-04"
    case .endMissing: "CYC-05"
    case .notBegun: "CYC-06"
    case .earlierThanLast: "CYC-07"
    case .inFuture: "CYC-08"
    case .settled: "CYC-09"
    }
  }

  /// The exit code of the command line.
  public var exitCode: Int32 {
    switch self {
    case .noCycle: 3
    case .locked, .doesNotApply, .settled: 6
    case .reasonMissing, .endMissing, .notBegun, .earlierThanLast, .inFuture: 64
    }
  }

  public var message: LocalizedText {
    switch self {
    case .noCycle(let model):
      LocalizedText(
        "The model “\(model)” does not say when returns are due. Give it a `cycle`: every, due-day, time-zone.",
        nl:
          "Het model “\(model)” zegt niet wanneer aanleveringen binnen moeten zijn. Geef het een `cycle`: every, due-day, time-zone."
      )
    case .locked(let period, let since):
      LocalizedText(
        "\(period.name) was locked on \(since.iso), so nothing about it is taken in. `meedoen cycle reopen \(period.first.iso) --until DAY --reason …` opens it again for a while.",
        nl:
          "\(period.name) is op \(since.iso) afgesloten; er wordt niets meer over opgenomen. `meedoen cycle reopen \(period.first.iso) --until DAG --reason …` opent de periode weer voor een tijd."
      )
    case .doesNotApply(let period, let state, let decision):
      LocalizedText(
        "\(period.name) is \(state.words[.english]), so it cannot be \(decision.participle[.english]). \(decision.condition[.english])",
        nl:
          "\(period.name) is \(state.words[.dutch]) en kan dus niet worden \(decision.participle[.dutch]). \(decision.condition[.dutch])"
      )
    case .reasonMissing(let period):
      LocalizedText(
        "Say why \(period.name) is opened again, with --reason. It is shown with the period from then on.",
        nl: "Zeg waarom \(period.name) weer opengaat, met --reason. De reden staat voortaan bij de periode.")
    case .endMissing(let period):
      LocalizedText(
        "Say until when \(period.name) is open again, with --until and a day not before it opens.",
        nl: "Zeg tot wanneer \(period.name) weer open is, met --until en een dag niet vóór de opening.")
    case .notBegun(let period, let from):
      LocalizedText(
        "\(period.name) begins on \(from.iso). Until then nothing can be sent about it.",
        nl: "\(period.name) begint op \(from.iso). Tot dan valt er niets over aan te leveren.")
    case .earlierThanLast(let period, let day, let last):
      LocalizedText(
        "\(day.iso) lies before \(last.iso), the day of the last decision about \(period.name). What was decided stays as it was known; give a later day.",
        nl:
          "\(day.iso) ligt vóór \(last.iso), de dag van het laatste besluit over \(period.name). Wat is besloten blijft zoals het bekend was; geef een latere dag."
      )
    case .inFuture(let period, let day, let today):
      LocalizedText(
        "\(day.iso) is yet to come (today is \(today.iso)), so nothing about \(period.name) can have been decided on it.",
        nl: "\(day.iso) moet nog komen (vandaag is \(today.iso)); over \(period.name) kan dan niets zijn besloten.")
    case .settled(let period, let day, let since, let isLocked, let place):
      LocalizedText(
        "\(place.map { "\($0): " } ?? "")\(day.iso) is too early: \(period.name) was \(isLocked ? "locked" : "released") on \(since.iso), and what was known until then does not change any more. Give a later day, such as today.",
        nl:
          "\(place.map { "\($0): " } ?? "")\(day.iso) is te vroeg: \(period.name) is \(isLocked ? "afgesloten" : "vrijgegeven") op \(since.iso), en wat tot dan bekend was verandert niet meer. Geef een latere dag, zoals vandaag."
      )
    }
  }
}

extension CycleError {
  /// The same error, told with the place where the day was said.
  public func at(_ place: String) -> CycleError {
    guard case .settled(let period, let day, let since, let isLocked, _) = self else { return self }
    return .settled(period: period, day: day, since: since, isLocked: isLocked, place: place)
  }
}

extension CycleState {
  /// `open`, `past its due day`, …
  public var words: LocalizedText {
    switch self {
    case .upcoming: LocalizedText("not begun", nl: "nog niet begonnen")
    case .open: LocalizedText("open", nl: "open")
    case .late: LocalizedText("past its due day", nl: "voorbij de inleverdag")
    case .released: LocalizedText("released", nl: "vrijgegeven")
    case .locked: LocalizedText("locked", nl: "afgesloten")
    case .reopened: LocalizedText("open again", nl: "heropend")
    }
  }
}

extension CycleDecision.Kind {
  /// `released`, …
  public var participle: LocalizedText {
    switch self {
    case .open: LocalizedText("opened", nl: "geopend")
    case .release: LocalizedText("released", nl: "vrijgegeven")
    case .lock: LocalizedText("locked", nl: "afgesloten")
    case .reopen: LocalizedText("opened again", nl: "heropend")
    }
  }

  /// When it applies.
  var condition: LocalizedText {
    switch self {
    case .open:
      LocalizedText(
        "Only the first period is opened by hand; those after it open on their first day.",
        nl: "Alleen de eerste periode wordt met de hand geopend; de volgende gaan open op hun eerste dag.")
    case .release: LocalizedText("A period is released once.", nl: "Een periode wordt één keer vrijgegeven.")
    case .lock: LocalizedText("Release it first.", nl: "Geef de periode eerst vrij.")
    case .reopen:
      LocalizedText("Only a locked period is opened again.", nl: "Alleen een afgesloten periode gaat weer open.")
    }
  }
}

extension PeriodStatus.Standing {
  public var words: LocalizedText {
    switch self {
    case .expected: LocalizedText("expected", nl: "verwacht")
    case .inTime: LocalizedText("in time", nl: "op tijd")
    case .late: LocalizedText("late", nl: "te laat")
    case .missing: LocalizedText("missing", nl: "ontbreekt")
    }
  }
}
