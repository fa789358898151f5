import DataModels
import Primitives
import SubmissionCycles
import Submissions

/// How the cycle of returns stands on a day: periods, providers, and what is expected of people.
///
/// Its counts are exact: it is for those who run the programme. The page of a period, for all, has protected counts.
public struct CycleOverview: Encodable, Sendable {
  public struct Period: Encodable, Sendable {
    /// `2016-03`, `2016-Q1` or `2016`.
    public let period: String
    public let firstMonth: CalendarMonth
    public let state: CycleState
    public let dueOn: CalendarDate
    /// The day on which the calendar releases it; null when that is decided by hand.
    public let releaseOn: CalendarDate?
    public let releasedOn: CalendarDate?
    public let lockedOn: CalendarDate?
    /// The decisions that counted.
    public let decisions: [CycleDecision]
    public let providers: [PeriodStatus.Provider]
  }

  public struct Provider: Encodable, Sendable {
    public let provider: String
    /// Returns that were due, by what became of them.
    public let due: Int
    public let inTime: Int
    public let late: Int
    public let missing: Int
    /// Shares of what was due: came, and came in time; null when nothing was due.
    public let completeness: Double?
    public let timeliness: Double?
    public let averageDaysLate: Double?
    /// Of rows read, those held; null when none was read.
    public let heldShare: Double?
  }

  /// One thing the model expects, counted over the people of a provider.
  public struct Expected: Encodable, Sendable {
    public let expectation: String
    public let title: LocalizedText
    public let provider: String
    /// How many people's rows stand where.
    public let counts: [ExpectedOutcome.Standing: Int]

    private enum CodingKeys: String, CodingKey { case expectation, title, provider, counts }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(expectation, forKey: .expectation)
      try container.encode(title, forKey: .title)
      try container.encode(provider, forKey: .provider)
      try container.encode(
        Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }), forKey: .counts)
    }
  }

  /// Something that is to be chased, under the code of completeness that it has.
  public struct Gap: Encodable, Sendable {
    /// `CMP-01` something is overdue, `CMP-02` nothing was heard for too long, `CMP-04` a return did not come.
    public let code: FindingCode
    public let provider: String
    public let period: String?
    public let expectation: String?
    public let count: Int
  }

  public let schema = "meedoen-cycle/1"
  public let title: String
  public let asKnownOn: CalendarDate
  public let cycle: SubmissionCycle
  public let periods: [Period]
  public let providers: [Provider]
  public let expected: [Expected]
  public let gaps: [Gap]
}

extension CycleOverview.Period {
  init(_ status: PeriodStatus) {
    self.init(
      period: status.period.name, firstMonth: status.period.first, state: status.state, dueOn: status.dueOn,
      releaseOn: status.releaseOn, releasedOn: status.releasedOn, lockedOn: status.lockedOn,
      decisions: status.decisions, providers: status.providers)
  }
}

extension CycleOverview.Provider {
  init(_ punctuality: ProviderPunctuality) {
    self.init(
      provider: punctuality.provider, due: punctuality.due, inTime: punctuality.inTime, late: punctuality.late,
      missing: punctuality.missing, completeness: punctuality.completeness, timeliness: punctuality.timeliness,
      averageDaysLate: punctuality.averageDaysLate, heldShare: punctuality.heldShare)
  }
}

/// What became of a decision about a period.
public struct CycleDecided: Encodable, Sendable {
  public let schema = "meedoen-cycle-decision/1"
  public let period: String
  public let decision: CycleDecision
  /// What the period was before, and is now.
  public let before: CycleState
  public let after: CycleState
}
