import DataModels
import DisclosureControl
import Primitives
import Statistics

/// Why a study gives no results.
public enum StudyError: Error, Sendable {
  /// The plan does not fit the data model of the register.
  case planRefused([DefinitionProblem])
  /// After this step nobody is left to follow.
  case nobodyLeft(step: String)
  /// The flows of a state do not add up in a month. This is a fault of the program.
  case flowsDoNotBalance(state: String, month: CalendarMonth)
  case noEstimate(outcome: String, reason: StatisticsError)
  case notProtected(DisclosureControlError)
  /// Beside an earlier release, this one would tell a small count.
  case tellsBesideEarlier(ReleaseConflict)
  case cancelled
}

extension StudyError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .planRefused(let problems): problems.map(\.description).joined(separator: "\n")
    case .nobodyLeft(let step):
      "Nobody is left in the cohort after the step “\(step)”. Check the step's condition, or wait for more returns."
    case .flowsDoNotBalance(let state, let month):
      "The flows of the state “\(state)” do not add up in \(month). This is a fault of the program; please report it."
    case .noEstimate(let outcome, let reason): "The outcome “\(outcome)” has no estimate: \(reason)."
    case .notProtected(let reason): "The results cannot be protected: \(reason)"
    case .tellsBesideEarlier(let conflict):
      "Beside “\(conflict.release)”, which was made before, a small number of people could be worked out: "
        + "\(conflict.cell). Round the numbers, or keep to the same cohort and groups. When one of both is passed on to "
        + "nobody, make it with --draft."
    case .cancelled: "The study was stopped before it was complete; nothing was kept."
    }
  }
}
