/// Why there is no answer: the input cannot be what the method needs.
///
/// Each case says where (the position in the array, counted from 0), never the value found there.
public enum StatisticsError: Error, Hashable, Sendable {
  case noObservations
  case lengthsDiffer(array: String, expected: Int, found: Int)
  case notFinite(array: String, index: Int)
  /// Times count from an origin, so none may lie before it.
  case negativeTime(array: String, index: Int)
  case exitNotAfterEntry(index: Int)
  case negativeWeight(index: Int)
  case weightsSumToZero
  /// A cause must lie in 0...causes, where 0 is a censoring.
  case unknownCause(index: Int, causes: Int)
  /// A state must lie in 1...states; the state entered may also be 0, a censoring.
  case unknownState(array: String, index: Int, states: Int)
  /// A group must lie in 0..<groups.
  case unknownGroup(index: Int, groups: Int)
  case tooFewGroups(found: Int)
  /// Two intervals of one person cover the same time.
  case intervalsOverlap(index: Int)
  /// An interval starts when the one before ended, in another state than the one that was entered.
  case stateJumps(index: Int)
  case notAProbability(name: String)
  case beyondFollowUp(name: String)
  /// The method is not defined for this kind of input.
  case notSupported(method: String, input: String)
  /// There are too few events or groups at risk to tell the groups apart.
  case singularCovariance(method: String)
  /// A model needs at least one column.
  case noColumns
  /// A code of a factor must be a position in its levels.
  case unknownLevel(variable: String, index: Int, levels: Int)
  /// A spline needs three or more knots, each beyond the one before.
  case knotsNotAscending(variable: String)
  /// The variable has the same value in every row, so it can explain nothing.
  case constant(variable: String)
  /// These columns are exact combinations of others.
  case collinear(columns: [String])
  /// These columns tell what is modelled apart without error, so their coefficients have no finite estimate.
  case separated(columns: [String], of: String = "the outcome")
  /// The largest change that was left when the steps ran out.
  case notConverged(method: String, iterations: Int)
  /// There are not more observations than coefficients.
  case tooFewObservations(found: Int, needed: Int)
  case tooFewClusters(found: Int, needed: Int)
  /// Everybody or nobody is treated, has the outcome, or is compared.
  case oneGroupOnly(variable: String)
  /// A value of a setting is outside what the method allows; the reason says what is allowed.
  case setting(name: String, reason: String)
  /// A variable holds something else than 0 and 1.
  case notBinary(variable: String, index: Int)
  /// The model has no variable of this name.
  case unknownVariable(name: String, known: [String])
  /// The family of the model has no such response.
  case responseOutOfRange(index: Int, allowed: String)
  /// No weights above zero bring the means of these columns to those wanted.
  case balanceInfeasible(group: String, columns: [String])
  /// The statistic has no finite value in too many draws of a bootstrap.
  case drawsFailed(failed: Int, draws: Int)
  /// A unit has two rows in one period.
  case repeatedObservation(index: Int)
  /// What should be the same in all rows of a unit is not.
  case changesWithinUnit(variable: String, index: Int)
  /// No unit can serve as comparison: nobody is never treated, or nobody is not yet treated.
  case noComparisonGroup(reason: String)
  /// Nobody has a period without and a period with treatment.
  case noTreatedGroup(reason: String)
  /// No unit has a comparable one.
  case noMatches(method: String)
  /// A row or cluster alone determines a coefficient (leverage 1), so nothing is left to judge its error by.
  case fullLeverage(array: String, index: Int)
  /// A variance came out below zero: where covariances are added and subtracted over several ways of clustering, or where
  /// columns almost depend on each other.
  case negativeVariance(of: String)
  case cancelled
}
