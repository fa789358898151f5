import Fingerprints
import Primitives

/// What a study asks and how it counts, as data: who is followed, in which states they can be, and what is compared.
///
/// Read from YAML (`meedoen: study-plan/1`) without a data model; ``problems(in:)`` checks every name and condition
/// against the model before any data are read, and ``Study`` refuses a plan that does not fit.
public struct StudyPlan: Hashable, Sendable {
  public let id: String
  public let version: String
  public let title: LocalizedText
  public let question: LocalizedText
  public let model: ModelRequirement
  public let cohort: CohortDefinition
  /// In the order of the plan, which is their precedence (``StateDefinition/Rule``).
  public let states: [StateDefinition]
  public let outcomes: [OutcomeDefinition]
  /// The first is the one that key results are told by.
  public let groupings: [Grouping]
  /// The columns of the routes, from left to right; empty when none are asked for.
  public let routes: [RouteColumn]
  public let caseload: CaseloadDefinition?
  public let report: ReportSettings
  /// Of the text that the plan was read from.
  public let fingerprint: Fingerprint
}

/// Which data model a plan is written for.
public struct ModelRequirement: Hashable, Sendable {
  public let id: String
  /// The earliest version that will do; nil for any.
  public let version: String?
  let place: PlanPlace

  /// Whether a version is this one or a later one: parts between dots compare as numbers.
  public func accepts(version other: String) -> Bool {
    guard let version else { return true }
    let (needed, given) = (Self.parts(version), Self.parts(other))
    for index in 0..<max(needed.count, given.count) {
      let (a, b) = (index < given.count ? given[index] : 0, index < needed.count ? needed[index] : 0)
      if a != b { return a > b }
    }
    return true
  }

  private static func parts(_ version: String) -> [Int] { version.split(separator: ".").map { Int($0) ?? 0 } }
}

/// A named condition by which people enter or leave the cohort.
public struct CohortStep: Hashable, Sendable {
  public let id: String
  public let name: LocalizedText
  /// On the person at time zero; may use `time-zero`.
  public let condition: PlanExpression
}

/// Who is followed, from when and until when.
public struct CohortDefinition: Hashable, Sendable {
  /// The people, such as `Adults who settled in 2016–2018`.
  public let name: LocalizedText
  /// The day or month from which a person is followed; who has none is not in the cohort.
  public let timeZero: PlanExpression
  /// The moment in words, such as `settlement`.
  public let timeZeroName: LocalizedText
  public let include: [CohortStep]
  public let exclude: [CohortStep]
  public let followUp: FollowUpDefinition
}

/// How long people are followed, and when somebody counts as lost.
public struct FollowUpDefinition: Hashable, Sendable {
  /// From time zero; a month counts 365/12 days (``StudyTime``).
  public let months: Int
  /// The last day of observation for everybody; nil for the day on which the data are known.
  public let until: CalendarDate?
  public let loss: LossDefinition?
}

/// When somebody counts as lost: not seen for a time.
public struct LossDefinition: Hashable, Sendable {
  /// Days, weeks, months or years without a sign of the person.
  public let after: PlanDuration
  /// Rows by which a person was seen: on the day of an event or measurement, on the first day of a spell.
  public let seenBy: [PlanExpression]
  /// Spells during all of which a person counts as seen.
  public let seenWhile: [PlanExpression]
}

/// A state that a person can be in on a day.
public struct StateDefinition: Hashable, Sendable {
  public let id: String
  public let name: LocalizedText
  public let rule: Rule
  let place: PlanPlace

  /// On each day the person is in the first state that holds: absorbing states before all others, then the states in
  /// the order of the plan, then the one that is left.
  public enum Rule: Hashable, Sendable {
    /// Holds on the days on which its condition holds.
    case when(PlanExpression)
    /// Holds from the first day on which its condition holds, for good.
    case absorbing(PlanExpression)
    /// Not seen for as long as the plan says.
    case lost
    /// None of the others.
    case otherwise
  }
}

/// An analysis of which of several events comes first, and when.
public struct OutcomeDefinition: Hashable, Sendable {
  public let id: String
  public let name: LocalizedText
  /// On one day, the cause that stands first counts.
  public let causes: [CauseDefinition]
  /// The id of the cause that the study is about.
  public let main: String

  /// The place of the main cause among ``causes``.
  public var mainIndex: Int { causes.firstIndex { $0.id == main }! }
}

/// One of the events of an outcome: the first day, from time zero on, on which one of its sources holds.
///
/// Somebody for whom it holds at time zero has the event on day 0; a plan that does not want that excludes these
/// people by a step of the cohort.
public struct CauseDefinition: Hashable, Sendable {
  public let id: String
  public let name: LocalizedText
  public let sources: [Source]

  public enum Source: Hashable, Sendable {
    /// The condition of the state with this id, whatever other state takes precedence.
    case state(String)
    case expression(PlanExpression)
  }
}

/// A division of the cohort into groups by what is known at time zero, or soon after.
public struct Grouping: Hashable, Sendable {
  public let id: String
  public let name: LocalizedText
  /// The first that holds; the last takes who is left.
  public let values: [GroupValue]
}

/// One group. A nil condition takes who is left.
public struct GroupValue: Hashable, Sendable {
  public let id: String
  public let name: LocalizedText
  public let condition: PlanExpression?
}

/// One column of the routes: everybody falls in one of its values.
public struct RouteColumn: Hashable, Sendable {
  public let id: String
  public let name: LocalizedText
  public let kind: Kind

  public enum Kind: Hashable, Sendable {
    case everyone
    /// The groups of the grouping with this id.
    case grouping(String)
    /// The value whose condition on the day holds on some day of follow-up, by order or by the most days.
    case choice([GroupValue], Choice)
    /// The state on a day.
    case state(Moment)
  }

  public enum Choice: String, CaseIterable, Hashable, Sendable {
    /// The first value that ever holds.
    case first
    /// The value that holds on the most days; of equals the first.
    case longest
  }

  public enum Moment: Hashable, Sendable {
    /// The last day of the person's follow-up.
    case end
    /// So many months after time zero; who was not followed so long is counted apart.
    case months(Int)
  }
}

/// How many people each professional has at a time, against what was promised.
public struct CaseloadDefinition: Hashable, Sendable {
  /// Whose caseload it is, such as `Team of the intensive approach`; nil for all professionals.
  public let name: LocalizedText?
  /// The spells of guidance.
  public let spells: PlanExpression
  /// The field that holds the professional's code. It never leaves the study.
  public let manager: PlanExpression
  public let team: PlanExpression?
  /// People per professional.
  public let norm: Int
}

/// What the report shows and how it is protected.
public struct ReportSettings: Hashable, Sendable {
  public let languages: [Language]
  public let threshold: Int
  /// nil for no rounding.
  public let roundTo: Int?
  /// The periods of the printed flows.
  public let every: Period
  /// Months after time zero at which results are printed, ascending.
  public let marks: [Int]
  /// What the results cannot tell, in the words of the plan.
  public let caveats: [LocalizedText]

  public enum Period: String, CaseIterable, Hashable, Sendable, Encodable {
    case quarter
    case halfYear = "half-year"
    case year

    public var months: Int {
      switch self {
      case .quarter: 3
      case .halfYear: 6
      case .year: 12
      }
    }
  }
}
