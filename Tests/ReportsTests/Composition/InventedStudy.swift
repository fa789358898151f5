import Fingerprints
import Primitives

@testable import DisclosureControl
@testable import Studies

/// An invented study whose numbers hang together: people are drawn month by month, and everything is counted from them.
///
/// Only what is too few for the policy is withheld. Parts can be left out, and single cells replaced.
struct InventedStudy: Sendable {
  var people = 3_940
  var policy = DisclosurePolicy.standard
  /// How numbers of professionals are protected, who are not clients.
  var professionals = try! DisclosurePolicy(threshold: 3, rounding: .none)
  var hasGroups = true
  var hasRoutes = true
  var hasCaseload = true
  /// Whose caseload it is; nil for all professionals.
  var caseloadName: LocalizedText?
  var hasLossAndDeath = true
  /// Whether routes end with the state after a number of months, and not with that on the last day.
  var routesEndAtMark = false
  /// How much better the first group does; 0 for no difference at all.
  var advantage = 1.5
  /// Whether the second outcome is about the same event as the first, beside one that is no state.
  var repeatsMain = false
  /// Caveats beside those that every invented study has.
  var caveats: [LocalizedText] = []
  /// Steps of the plan that nobody fails, as names of steps that include.
  var idleSteps: [LocalizedText] = []
  /// How many people had an event of each outcome at time zero.
  var alreadyThere = 0
  var seed: UInt64 = 20_190_614
  /// What stands in a cell instead, by table, row and column.
  var replacing: @Sendable (String, String, String) -> DisclosedValue? = { _, _, _ in nil }

  static let first = CalendarMonth(year: 2016, month: 1)!
  static let monthCount = 41
  static let followUp = 36
  static let marks = [12, 24, 36]

  /// Whether everything that a plan names has a name without meaning, to see that reports have no words of their own.
  var isRenamed = false

  func text(_ english: String, _ dutch: String) -> LocalizedText {
    guard isRenamed else { return LocalizedText(english, nl: dutch) }
    let number = english.utf8.reduce(7) { ($0 * 31 + Int($1)) % 9_973 }
    return LocalizedText("Xq\(number)", nl: "Xk\(number)")
  }

  static let names: [String: (String, String)] = [
    "work": ("Paid work", "Betaald werk"), "education": ("Education", "Opleiding"),
    "learning": ("Learning Dutch", "Nederlands leren"),
    "waiting": ("Waiting for a first step", "Wachten op een eerste stap"),
    "moved": ("Moved away", "Verhuisd"), "died": ("Died", "Overleden"),
    "lost": ("Out of sight", "Uit beeld"), "gone": ("Left", "Vertrokken"),
    "intensive": ("Intensive approach", "Intensieve aanpak"),
    "regular": ("Regular approach", "Reguliere aanpak"), "women": ("Women", "Vrouwen"),
    "men": ("Men", "Mannen"), "together": ("Language and work together", "Taal en werk samen"),
    "language": ("Language first", "Eerst taal"), "none": ("Guidance only", "Alleen begeleiding"),
  ]
  func named(_ id: String) -> LocalizedText { Self.names[id].map { text($0.0, $0.1) } ?? LocalizedText(id) }

  var states: [DisclosedState] {
    let all: [(String, DisclosedState.Kind)] = [
      ("moved", .absorbing), ("died", .absorbing), ("work", .plain), ("education", .plain), ("learning", .plain),
      ("lost", .lost), ("waiting", .otherwise),
    ]
    return all.filter { hasLossAndDeath || !["died", "lost"].contains($0.0) }
      .map { DisclosedState(id: $0.0, name: named($0.0), kind: $0.1) }
  }

  struct Person {
    /// The first month, counted from that of the study.
    var start: Int
    var groups: [Int]
    var route: Int
    /// The state in each month since time zero.
    var path: [String]
  }

  /// One person's months: chances that depend on the approach and on the time.
  func person(_ index: Int) -> Person {
    var random = SeededGenerator(seed: seed, stream: UInt64(index))
    let start = Int(random.uniform() * 36)
    let isIntensive = random.uniform() < 0.35 + 0.01 * Double(start)
    let isWoman = random.uniform() < 0.42
    let route = Int(random.uniform() * (isIntensive ? 2.3 : 3))
    var path: [String] = []
    var state = "waiting"
    for month in 0..<min(Self.followUp, Self.monthCount - start) {
      path.append(state)
      let draw = random.uniform()
      let pace = (isIntensive ? advantage : 1) * (isWoman ? 0.8 : 1.1) * (1.4 - 0.25 * Double(route))
      switch state {
      case "moved", "died", "lost": break
      case _ where draw < 0.0018: state = "moved"
      case _ where draw < 0.00185 && hasLossAndDeath: state = "died"
      case _ where draw < 0.0035 && hasLossAndDeath && state != "work": state = "lost"
      case "waiting" where draw < 0.2: state = "learning"
      case "learning" where month > 5 && draw < 0.01 + 0.009 * pace: state = "work"
      case "learning" where month > 8 && draw < 0.045: state = "education"
      case "education" where draw < 0.04 * pace: state = "work"
      case "work" where draw < 0.015: state = "learning"
      default: break
      }
    }
    return Person(start: start, groups: [isIntensive ? 0 : 1, isWoman ? 0 : 1], route: route, path: path)
  }

  // MARK: The study

  var cohortName: LocalizedText {
    text("Adults who settled here in 2016–2018", "Volwassenen die hier in 2016–2018 kwamen wonen")
  }

  /// The study; parts that are given stand instead of those that were counted.
  func study(
    outcomes given: [DisclosedOutcome]? = nil, caseload givenCaseload: DisclosedCaseload? = nil,
    keyResults givenResults: [KeyResult]? = nil
  ) -> DisclosedStudy {
    let cohort = (0..<people).map(person)
    let count = policy.count(people)
    let counted = [
      outcome(cohort, id: "into-work", name: text("Into work", "Naar werk"), causes: ["work", "education", "moved"]),
      repeatsMain
        ? outcome(
          cohort, id: "into-education", name: text("First step", "Eerste stap"), causes: ["work", "education", "gone"])
        : outcome(
          cohort, id: "into-education", name: text("Into education", "Naar school"), causes: ["education"],
          mainName: text("Start of school", "Begin van school")),
    ]
    let outcomes = given ?? counted
    let caseload = givenCaseload ?? (hasCaseload ? caseload() : nil)
    let plan = Fingerprint(of: "an invented plan")
    let data = Fingerprint(of: "invented data \(people) \(seed)")
    let day = CalendarDate(iso: "2019-06-14")!
    func origin(_ result: String, _ name: LocalizedText, _ method: LocalizedText) -> ResultOrigin {
      ResultOrigin(
        result: result, name: name, method: method, plan: plan, data: data, asKnownOn: day, codeVersion: "0.1.0",
        people: count, fingerprint: Fingerprint(of: "\(result) \(plan.hex) \(data.hex)"))
    }
    let left = people + people / 60
    return DisclosedStudy(
      schema: "meedoen/study/1",
      plan: DisclosedStudy.PlanSummary(
        id: "intensive-approach", version: "2026.1",
        title: text("From settlement to work", "Van huisvesting naar werk"),
        question: text(
          "Does the intensive approach bring permit holders into work sooner?",
          "Brengt de intensieve aanpak statushouders sneller aan het werk?"), fingerprint: plan,
        model: "municipality 2026.1", cohort: cohortName, timeZero: text("Settlement", "Huisvesting"),
        followUpMonths: Self.followUp, languages: Language.allCases, marks: Self.marks),
      data: DisclosedStudy.DataSummary(
        fingerprint: data, asKnownOn: day, observedUntil: CalendarDate(iso: "2019-05-31")!, returnCount: 164),
      codeVersion: "0.1.0", policy: policy, keyResults: givenResults ?? keyResults(outcomes, caseload, cohort),
      attrition: DisclosedAttrition(
        steps: [
          .init(
            id: "start", name: text("In the register", "In het register"), kind: .start,
            remaining: policy.count(left + 240).value, excluded: .absent(.notApplicable))
        ]
          + idleSteps.enumerated().map {
            .init(
              id: "idle\($0)", name: $1, kind: .include, remaining: policy.count(left + 240).value, excluded: .zero)
          } + [
            .init(
              id: "adult", name: text("Adult at settlement", "Volwassen bij huisvesting"), kind: .include,
              remaining: policy.count(left).value, excluded: policy.count(240).value),
            .init(
              id: "working", name: text("Already in paid work", "Al betaald werk"), kind: .exclude,
              remaining: count.value, excluded: policy.count(left - people).value),
          ], cohort: count), states: states, flows: flows(cohort), routes: hasRoutes ? routes(cohort) : nil,
      outcomes: outcomes, occupancy: occupancy(cohort), caseload: caseload,
      methodNotes: [
        text("A month counts 365/12 days.", "Een maand telt 365/12 dagen."),
        text(
          "On one day the event that stands first in the plan counts.",
          "Op één dag telt de gebeurtenis die het eerst in het plan staat."),
      ],
      caveats: [
        text("Work abroad and informal work are not seen.", "Werk in het buitenland en informeel werk zien we niet."),
        text("Motivation was not measured.", "Motivatie is niet gemeten."),
      ] + caveats,
      planInWords: [
        PlanParagraph(
          heading: text("Who is followed", "Wie we volgen"),
          sentences: [text("Time zero is the day of settlement.", "Het begin is de dag van de huisvesting.")])
      ], suppressedCells: policy.threshold > people ? 900 : 61,
      origins: [
        origin(
          "attrition", text("Who is followed", "Wie we volgen"), text("Counted step by step", "Stap voor stap geteld")),
        origin(
          "flows", text("States month by month", "Toestanden per maand"), text("Counted by day", "Per dag geteld")),
        origin("routes", text("Routes", "Wegen"), text("Counted", "Geteld")),
        origin(
          "outcome.into-work", text("Into work", "Naar werk"), text("Cumulative incidence", "Cumulatieve incidentie")),
        origin(
          "outcome.into-education", text("Into education", "Naar school"),
          text("Cumulative incidence", "Cumulatieve incidentie")),
        origin(
          "occupancy", text("Months in each state", "Maanden per toestand"),
          text("Sums of daily shares", "Som van dagelijkse aandelen")),
        origin(
          "caseload", text("Caseload", "Aantal mensen per professional"),
          text("Counted at month ends", "Geteld aan het einde van de maand")),
      ].filter { (hasRoutes || $0.result != "routes") && (hasCaseload || $0.result != "caseload") })
  }

  func keyResults(_ outcomes: [DisclosedOutcome], _ caseload: DisclosedCaseload?, _ cohort: [Person])
    -> [KeyResult]
  {
    var results = [KeyResult.cohort(people: policy.count(people))]
    let comparison = outcomes[0].comparisons[hasGroups ? 1 : 0]
    for group in comparison.groups {
      let estimate = group.estimates.first { $0.cause == "work" && $0.months == 36 }!.estimate
      results.append(
        .outcome(
          outcome: "into-work", cause: "work", months: 36, grouping: comparison.grouping?.id,
          group: comparison.grouping == nil ? nil : group.id, estimate: estimate))
    }
    if let difference = comparison.difference {
      results.append(
        .difference(
          outcome: "into-work", cause: "work", months: 36, grouping: "approach", first: difference.first,
          second: difference.second, estimate: difference.estimate))
    }
    if let last = caseload?.months.last, let rate = last.all.perManager {
      results.append(.caseload(month: last.month, perManager: rate, norm: 50))
    }
    if hasLossAndDeath {
      results.append(
        .lost(state: "lost", share: policy.share(cohort.filter { $0.path.last == "lost" }.count, of: people)))
    }
    return results
  }
}
