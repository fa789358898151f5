import DisclosureControl
import Fingerprints
import Primitives

/// The results of a study that may be printed: all that leaves this module for reports.
///
/// Only ``StudyResults/disclosed(_:)`` makes it, from values that ``DisclosurePolicy`` protected together. Encoded as JSON
/// its keys are the names of the properties below; they are kept (`schema`).
public struct DisclosedStudy: Encodable, Sendable {
  /// `meedoen/study/1`: the meaning of the keys.
  public let schema: String
  public let plan: PlanSummary
  public let data: DataSummary
  /// The version of the program that computed it.
  public let codeVersion: String
  public let policy: DisclosurePolicy
  /// The numbers of the first sentences of the report, in their order.
  public let keyResults: [KeyResult]
  public let attrition: DisclosedAttrition
  public let states: [DisclosedState]
  public let flows: DisclosedFlows
  public let routes: DisclosedRoutes?
  public let outcomes: [DisclosedOutcome]
  /// For everybody (`grouping` is null), then for each grouping of the plan.
  public let occupancy: [DisclosedOccupancy]
  public let caseload: DisclosedCaseload?
  /// How it was computed, in plain sentences.
  public let methodNotes: [LocalizedText]
  /// What it cannot tell.
  public let caveats: [LocalizedText]
  /// The plan in plain sentences.
  public let planInWords: [PlanParagraph]
  /// How many cells are withheld.
  public let suppressedCells: Int
  /// Where each result comes from, in the order of the report.
  public let origins: [ResultOrigin]

  /// The origin of a result: `attrition`, `flows`, `routes`, `outcome.ID`, `occupancy`, `caseload`.
  public func origin(of result: String) -> ResultOrigin? { origins.first { $0.result == result } }
}

extension DisclosedStudy {
  public struct PlanSummary: Encodable, Hashable, Sendable {
    public let id: String
    public let version: String
    public let title: LocalizedText
    public let question: LocalizedText
    public let fingerprint: Fingerprint
    /// `municipality 2026.1`.
    public let model: String
    public let cohort: LocalizedText
    public let timeZero: LocalizedText
    public let followUpMonths: Int
    public let languages: [Language]
    public let marks: [Int]
  }

  public struct DataSummary: Encodable, Hashable, Sendable {
    public let fingerprint: Fingerprint
    public let asKnownOn: CalendarDate
    /// The last day on which anybody is under observation.
    public let observedUntil: CalendarDate
    public let returnCount: Int
  }
}

/// Something with a key and a name: a group, a cause, a step.
public struct StudyLabel: Encodable, Hashable, Sendable {
  public let id: String
  public let name: LocalizedText
}

/// A state and what kind it is.
public struct DisclosedState: Encodable, Hashable, Sendable {
  public enum Kind: String, Encodable, Hashable, Sendable { case plain, absorbing, lost, otherwise }
  public let id: String
  public let name: LocalizedText
  public let kind: Kind
}

/// Where a result comes from: enough to make it again.
public struct ResultOrigin: Encodable, Hashable, Sendable {
  /// The key of the result.
  public let result: String
  public let name: LocalizedText
  public let method: LocalizedText
  public let plan: Fingerprint
  public let data: Fingerprint
  public let asKnownOn: CalendarDate
  public let codeVersion: String
  public let people: DisclosedCount
  /// Of all of the above but the number of people.
  public let fingerprint: Fingerprint
}

/// Who is in the cohort, step by step.
public struct DisclosedAttrition: Encodable, Sendable {
  public struct Step: Encodable, Hashable, Sendable {
    public enum Kind: String, Encodable, Hashable, Sendable {
      /// Everybody in the register.
      case start
      /// Only those for whom something holds go on.
      case include
      /// Those for whom something holds are taken out.
      case exclude
    }
    public let id: String
    public let name: LocalizedText
    public let kind: Kind
    public let remaining: DisclosedValue
    /// Not applicable at the start.
    public let excluded: DisclosedValue
  }
  public let steps: [Step]
  /// The people who are followed: what remains after the last step.
  public let cohort: DisclosedCount
}

/// How many people were in each state, came into it and went from it.
public struct DisclosedFlows: Encodable, Sendable {
  /// One period of the printed table. In each row opening + new + entered = left + ended + closing, before rounding.
  public struct Period: Encodable, Sendable {
    /// `2016-H1`, `2016-Q1` or `2016`.
    public let id: String
    public let first: CalendarMonth
    public let last: CalendarMonth
    /// A row for each state and `total`; columns `opening`, `new`, `entered`, `left`, `ended`, `closing`.
    public let table: DisclosedTable
  }
  public let periods: [Period]
  /// A row for each month (`2016-01`), a column for each state and `total`: people in the state at the end of the month.
  public let months: [CalendarMonth]
  public let stock: DisclosedTable
  /// Moves over the whole study: from the state of the row to the state of the column, with totals.
  public let transitions: DisclosedTable
}

/// Which way people went, as columns of nodes and links between neighbouring columns.
public struct DisclosedRoutes: Encodable, Sendable {
  public struct Column: Encodable, Sendable {
    public let id: String
    public let name: LocalizedText
    public let nodes: [Node]
  }
  public struct Node: Encodable, Sendable {
    public let id: String
    public let name: LocalizedText
    public let people: DisclosedValue
  }
  /// People in a node of one column and a node of the next.
  public struct Link: Encodable, Sendable {
    public let fromColumn: String
    public let from: String
    public let toColumn: String
    public let to: String
    public let people: DisclosedValue
  }
  public let columns: [Column]
  /// Links without people are left out.
  public let links: [Link]
}

/// An outcome: how many people had each of its causes first, by time since time zero.
public struct DisclosedOutcome: Encodable, Sendable {
  public let id: String
  public let name: LocalizedText
  public let causes: [StudyLabel]
  /// The id of the cause that the study is about.
  public let main: String
  /// People for whom one of the causes held at time zero; they have it on day 0.
  public let alreadyThere: DisclosedCount
  /// For everybody (`grouping` is null), then for each grouping of the plan.
  public let comparisons: [Comparison]

  /// One way to divide the cohort.
  public struct Comparison: Encodable, Sendable {
    public let grouping: StudyLabel?
    public let groups: [Group]
    /// First group less second, main cause, at the last mark; null without two groups that are large enough.
    public let difference: Difference?
    /// Gray's test of the main cause over all groups; null without a grouping or when it cannot be done.
    public let test: Test?
    /// A row for each group (and `total`), a column for each cause, `no-event` (within follow-up) and `total`.
    public let events: DisclosedTable
  }

  public struct Group: Encodable, Sendable {
    public let id: String
    public let name: LocalizedText
    /// One curve for each cause, in months since time zero.
    public let curves: [Curve]
    public let atRisk: [AtRisk]
    public let estimates: [MarkedEstimate]
  }

  public struct Curve: Encodable, Sendable {
    public let cause: String
    /// The first is the origin; each holds until the next, the last until `end`.
    public let points: [Point]
    /// Months; where the drawing stops because too few people remain.
    public let end: Double
    /// Digits of the probabilities.
    public let decimals: Int
  }

  public struct Point: Encodable, Hashable, Sendable {
    public let months: Double
    public let value: Double
    public let lower: Double
    public let upper: Double
  }

  public struct AtRisk: Encodable, Hashable, Sendable {
    public let months: Int
    public let people: DisclosedValue
  }

  /// The cumulative incidence of a cause at a mark, with its 95 % interval; probabilities from 0 to 1. It is the height
  /// of the drawn curve, and withheld where the curve does not step at the mark.
  public struct MarkedEstimate: Encodable, Sendable {
    public let cause: String
    public let months: Int
    public let estimate: DisclosedEstimate
  }

  public struct Difference: Encodable, Sendable {
    public let first: String
    public let second: String
    public let cause: String
    public let months: Int
    /// A difference of probabilities, with its 95 % interval. Nothing is adjusted for.
    public let estimate: DisclosedEstimate
  }

  public struct Test: Encodable, Hashable, Sendable {
    public let name: String
    public let pValue: Double
    public let degreesOfFreedom: Int
  }
}

/// In which state people are at each mark, and how many months they spend in each.
public struct DisclosedOccupancy: Encodable, Sendable {
  public let grouping: StudyLabel?
  public let groups: [StudyLabel]
  public let marks: [Mark]
  /// Per group, in their order.
  public let meanMonths: [MeanMonths]

  public struct Mark: Encodable, Sendable {
    public let months: Int
    /// A row for each group and `total`, a column for each state and `total`: people still followed.
    public let table: DisclosedTable
    /// Per group a share for each state, of those still followed.
    public let shares: [[DisclosedShare]]
  }

  public struct MeanMonths: Encodable, Sendable {
    public let group: String
    /// Months over which it is taken: the follow-up, or less when nobody was followed so long.
    public let horizon: Double
    /// One for each state.
    public let states: [DisclosedMean]
  }
}

/// How many people each professional had, month by month.
public struct DisclosedCaseload: Encodable, Sendable {
  /// Whose caseload it is; null for all professionals.
  public let name: LocalizedText?
  public let norm: Int
  /// Months with three professionals or more, and those of them in which there were more people per professional than
  /// the norm on average.
  public let monthsShown: Int
  public let monthsAboveNorm: Int
  /// Empty when the plan names no team.
  public let teams: [StudyLabel]
  public let months: [Month]

  public struct Month: Encodable, Sendable {
    public let month: CalendarMonth
    /// All professionals, then each team in the order of ``teams``.
    public let all: Load
    public let teams: [Load]
  }

  public struct Load: Encodable, Sendable {
    public let people: DisclosedValue
    /// People per professional; null with fewer than three professionals.
    public let perManager: DisclosedRate?
    /// Professionals with more people than the norm, of all.
    public let aboveNorm: DisclosedShare
  }
}

/// One number that the report opens with.
public enum KeyResult: Encodable, Sendable {
  /// How many people are followed.
  case cohort(people: DisclosedCount)
  /// The main cause of an outcome within the last mark, in one group (null: everybody).
  case outcome(
    outcome: String, cause: String, months: Int, grouping: String?, group: String?, estimate: DisclosedEstimate)
  /// The difference between the first two groups, in the same.
  case difference(
    outcome: String, cause: String, months: Int, grouping: String, first: String, second: String,
    estimate: DisclosedEstimate)
  /// People per professional at the end of the last month that can be shown, and the norm.
  case caseload(month: CalendarMonth, perManager: DisclosedRate, norm: Int)
  /// How many are not seen at the end of their follow-up.
  case lost(state: String, share: DisclosedShare)
}

/// A heading and sentences of the plan in words.
public struct PlanParagraph: Encodable, Hashable, Sendable {
  public let heading: LocalizedText
  public let sentences: [LocalizedText]
}
