import Charts
import DisclosureControl
import Primitives
import Studies

extension Report {
  /// The report of a study, in every language at once.
  ///
  /// Sections: the first outcome, which way people went, where they were month by month, further outcomes, how long in
  /// each state, how many people per professional, who is followed, and what this cannot tell; a part that the study
  /// does not have is left out. The appendix has methods, definitions, quality of the data and the origin of each
  /// result.
  ///
  /// Every number is one that the study disclosed. None is computed from others: what is withheld stays withheld.
  public init(study: DisclosedStudy, settings: StudyReportSettings, quality: DataQualitySummary? = nil) {
    let composer = StudyComposer(study: study, settings: settings, quality: quality)
    self.init(
      kicker: composer.kicker, title: study.plan.title, lede: composer.lede, facts: composer.facts,
      keyFindings: composer.keyFindings, sections: composer.sections, appendix: composer.appendix,
      colophon: composer.colophon)
  }
}

/// Puts a study into words, figures and tables; each part of the report is in a file of its own.
struct StudyComposer {
  let study: DisclosedStudy
  let settings: StudyReportSettings
  let quality: DataQualitySummary?
  /// The code of each result, by its key.
  let codes: [String: ProvenanceCode]
  /// The colour of each state and event, the same in every figure.
  let tones: [String: SeriesTone]

  init(study: DisclosedStudy, settings: StudyReportSettings, quality: DataQualitySummary?) {
    self.study = study
    self.settings = settings
    self.quality = quality
    codes = Dictionary(
      study.origins.enumerated().map { ($1.result, ProvenanceCode("R\($0 + 1)", $1.fingerprint)) },
      uniquingKeysWith: { first, _ in first })
    tones = StudyComposer.tones(of: study)
  }

  var sections: [ReportSection] {
    let outcomes = study.outcomes.indices.map(outcomeSection)
    let parts: [[ReportSection?]] = [
      outcomes.prefix(1).map(\.self), [routesSection, monthsSection], outcomes.dropFirst().map(\.self),
      [durationSection, caseloadSection, cohortSection, limitsSection],
    ]
    return parts.joined().compactMap(\.self)
  }

  // MARK: Names

  func state(_ id: String) -> DisclosedState? { study.states.first { $0.id == id } }

  func outcome(_ id: String) -> DisclosedOutcome? { study.outcomes.first { $0.id == id } }

  /// Whether an earlier outcome is about the same event, so that the event alone does not say which outcome is meant.
  func isSharedEvent(_ outcome: DisclosedOutcome) -> Bool {
    guard let main = outcome.causes.first(where: { $0.id == outcome.main }) else { return false }
    return study.outcomes.prefix { $0.id != outcome.id }.contains { other in
      other.main == main.id || other.causes.contains { $0.id == other.main && $0.name == main.name }
    }
  }

  /// The name of a group of a grouping.
  func group(_ id: String, of grouping: String) -> LocalizedText {
    let groups = study.outcomes.flatMap(\.comparisons).filter { $0.grouping?.id == grouping }.flatMap(\.groups)
    return groups.first { $0.id == id }?.name ?? LocalizedText(id)
  }

  /// The state that the study is about: that of the main event of its first outcome, where there is one.
  var mainState: DisclosedState? { study.outcomes.first.flatMap { outcome in stateOf(outcome.main, in: outcome) } }

  /// The state that an event is the beginning of: the one with its name.
  private func stateOf(_ cause: String, in outcome: DisclosedOutcome) -> DisclosedState? {
    guard let name = outcome.causes.first(where: { $0.id == cause })?.name else { return nil }
    return state(cause).flatMap { $0.name == name ? $0 : nil }
  }

  /// How a sentence says that people had an event: they `had paid work`, but `reached start of work`.
  ///
  /// One has a state; of what is only the name of an event no more is known than that it came.
  func happening(_ cause: String, of outcome: String) -> (verb: LocalizedText, event: LocalizedText) {
    let name = self.cause(cause, of: outcome).inSentence
    let isState = self.outcome(outcome).flatMap { stateOf(cause, in: $0) } != nil
    return isState
      ? (LocalizedText("had", nl: "hadden"), name)
      : (LocalizedText("reached", nl: "kwamen"), LocalizedText(en: "\(name)", nl: "tot \(name)"))
  }

  /// States in the order of figures and tables: the main one, the others, what is left, those for good, the lost.
  var orderedStates: [DisclosedState] { StudyComposer.ordered(study) }

  private static func ordered(_ study: DisclosedStudy) -> [DisclosedState] {
    let main = study.outcomes.first?.main
    let kinds: [DisclosedState.Kind] = [.plain, .otherwise, .absorbing, .lost]
    return study.states.filter { $0.id == main }
      + kinds.flatMap { kind in study.states.filter { $0.kind == kind && $0.id != main } }
  }

  /// Neighbours in a figure differ in lightness, because they follow one another in the order of the tones. The main
  /// state keeps its tone for itself, and so do the events of one outcome among one another.
  private static func tones(of study: DisclosedStudy) -> [String: SeriesTone] {
    let choice: [SeriesTone] = [.first, .second, .third, .fourth, .fifth, .sixth, .whole]
    var tones: [String: SeriesTone] = [:]
    var used = 0
    for state in ordered(study) {
      if state.kind == .otherwise {
        tones[state.id] = .quiet
      } else {
        tones[state.id] = used < choice.count ? choice[used] : choice[1 + (used - 1) % (choice.count - 1)]
        used += 1
      }
    }
    for outcome in study.outcomes {
      for cause in outcome.causes where tones[cause.id] == nil {
        let together = study.outcomes.filter { other in other.causes.contains { $0.id == cause.id } }
        let taken = together.flatMap(\.causes).compactMap { tones[$0.id] }
        tones[cause.id] = choice.first { !taken.contains($0) } ?? .quiet
      }
    }
    return tones
  }

  func tone(_ id: String) -> SeriesTone { tones[id] ?? .quiet }

  // MARK: Numbers that recur

  var people: ReportNumber { ReportNumber(study.attrition.cohort) }

  /// The people who are followed, inside a sentence; years such as 2016–2018 stay on one line.
  var cohort: LocalizedText {
    LocalizedText { study.plan.cohort.inSentence[$0].replacing("–", with: "\u{2060}–\u{2060}") }
  }

  var followUp: LocalizedText { .months(study.plan.followUpMonths) }

  /// `Months since settlement`.
  var monthsSinceStart: LocalizedText {
    LocalizedText(
      en: "Months since \(study.plan.timeZero.inSentence)", nl: "Maanden sinds \(study.plan.timeZero.inSentence)")
  }

  /// The code of a result. Every result of a study has an origin; a study without it is wrong code.
  func code(_ result: String) -> ProvenanceCode {
    guard let code = codes[result] else { preconditionFailure("the study has no origin for its result \(result)") }
    return code
  }

  /// A figure, or its table when it would have nothing to draw.
  func block(_ figure: ReportFigure, hasNumbers: Bool) -> ReportBlock {
    guard !hasNumbers else { return .figure(figure) }
    var table = figure.data
    (table.source, table.provenance) = (figure.source, figure.provenance)
    return .table(table)
  }

  /// `Source: 164 returns, as known on 14 June 2019.`
  var source: LocalizedText {
    let returns = study.data.returnCount
    return LocalizedText(
      en: "Source: \(returns) \(returns == 1 ? "return" : "returns"), as known on \(study.data.asKnownOn).",
      nl: "Bron: \(returns) \(returns == 1 ? "aanlevering" : "aanleveringen"), stand van \(study.data.asKnownOn).")
  }
}
