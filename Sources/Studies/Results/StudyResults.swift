import DisclosureControl
import Fingerprints
import Primitives

/// What a study found, before it is protected.
///
/// Its counts stay within the module: ``disclosed(_:)`` is the way out.
public struct StudyResults: Sendable {
  public let plan: StudyPlan
  /// Of the snapshot that it was computed from.
  public let dataFingerprint: Fingerprint
  public let asKnownOn: CalendarDate
  /// The version of the program that computed it.
  public let codeVersion: String
  let modelVersion: String
  let returnCount: Int
  let observedUntil: CalendarDate
  /// Whether time zero is known by month only.
  let isTimeZeroMonthly: Bool
  /// Groupings that look at what happens after time zero.
  let lateGroupings: [Int]
  let attrition: Attrition
  let flows: FlowAccounts
  /// Per state, on each person's last day of follow-up.
  let finalStates: [Int]
  let routes: RouteCounts?
  /// Per outcome of the plan.
  let outcomes: [OutcomeResult]
  /// Everybody, then each grouping of the plan.
  let occupancies: [Occupancy]
  let caseload: CaseloadAccounts?

  /// How many people are followed.
  var cohortSize: Int { attrition.cohort }
}
