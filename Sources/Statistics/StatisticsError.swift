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
  /// These columns tell the outcome apart without error, so their coefficients have no finite estimate.
  case separated(columns: [String])
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
  case cancelled
}

extension StatisticsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noObservations: "there are no observations; a method needs at least one"
    case .lengthsDiffer(let array, let expected, let found):
      "\(array) has \(found) elements where \(expected) are needed; give each observation one"
    case .notFinite(let array, let index):
      "\(array)[\(index)] is not a finite number; leave the observation out or correct it"
    case .negativeTime(let array, let index): "\(array)[\(index)] is before time 0; count times from the origin"
    case .exitNotAfterEntry(let index):
      "exit[\(index)] is not after entry[\(index)]; only an entry and exit both at time 0 may be equal"
    case .negativeWeight(let index): "weight[\(index)] is negative; weights are zero or more"
    case .weightsSumToZero: "all weights are zero; at least one observation must count"
    case .unknownCause(let index, let causes):
      "cause[\(index)] is not one of 0 (censored) to \(causes); declare the number of causes or correct it"
    case .unknownState(let array, let index, let states):
      "\(array)[\(index)] is not a state from 1 to \(states); declare the number of states or correct it"
    case .unknownGroup(let index, let groups):
      "group[\(index)] is not one of 0 to \(groups - 1); declare the number of groups or correct it"
    case .tooFewGroups(let found): "there are people in \(found) groups; a comparison needs at least two"
    case .intervalsOverlap(let index):
      "interval \(index) starts before the person's previous interval ended; a person is in one state at a time"
    case .stateJumps(let index):
      "interval \(index) starts in another state than the one entered when the previous interval ended"
    case .notAProbability(let name): "\(name) must lie strictly between 0 and 1"
    case .beyondFollowUp(let name): "\(name) lies outside the time that was followed; choose an earlier one"
    case .notSupported(let method, let input): "\(method) is not defined for \(input)"
    case .singularCovariance(let method):
      "\(method) cannot tell the groups apart: too few events while both are at risk"
    case .noColumns: "there are no columns; a model needs at least one"
    case .unknownLevel(let variable, let index, let levels):
      "\(variable)[\(index)] is not one of the codes 0 to \(levels - 1); each code is a position in the levels"
    case .knotsNotAscending(let variable):
      "the knots of \(variable) are not three or more ascending numbers; choose other knots"
    case .constant(let variable): "\(variable) is the same in every row; leave it out"
    case .collinear(let columns):
      "\(Self.list(columns)) can be computed from the other columns; leave \(columns.count == 1 ? "it" : "them") out"
    case .separated(let columns):
      "\(Self.list(columns)) \(columns.count == 1 ? "predicts" : "predict") the outcome without error, so the estimate is not finite; use Firth's penalty, join categories, or leave out what separates"
    case .notConverged(let method, let iterations):
      "\(method) did not settle in \(iterations) steps; look for columns that almost depend on each other, or values of very different size"
    case .tooFewObservations(let found, let needed):
      "there are \(found) observations; this needs at least \(needed)"
    case .tooFewClusters(let found, let needed):
      "there are \(found) clusters; this needs at least \(needed)"
    case .oneGroupOnly(let variable): "\(variable) has one value only; a comparison needs both"
    case .setting(let name, let reason): "\(name): \(reason)"
    case .notBinary(let variable, let index): "\(variable)[\(index)] is not 0 or 1"
    case .balanceInfeasible(let group, let columns):
      "no weights for the \(group) reach the means wanted of \(Self.list(columns)); leave such columns out, "
        + "merge levels, or compare only people who have a like in the other group"
    case .drawsFailed(let failed, let draws):
      "the statistic has no value in \(failed) of \(draws) draws; groups are too small to be drawn from with replacement"
    case .repeatedObservation(let index):
      "row \(index) is a second one of its unit in the same period; keep one row for each unit and period"
    case .changesWithinUnit(let variable, let index):
      "\(variable)[\(index)] differs from the other rows of the same unit; give a unit one value"
    case .noComparisonGroup(let reason): "there is nobody to compare the treated with: \(reason)"
    case .noTreatedGroup(let reason): "there is no treated group to estimate an effect for: \(reason)"
    case .unknownVariable(let name, let known):
      "the model has no variable \(name); it has \(Self.list(known))"
    case .responseOutOfRange(let index, let allowed):
      "response[\(index)] is outside \(allowed); choose the family that fits the response, or correct it"
    case .noMatches(let method):
      "\(method) found nobody comparable; allow wider calipers, coarser groups or fewer variables to agree on"
    case .fullLeverage(let array, let index):
      "\(array)[\(index)] alone determines a coefficient, so this convention cannot judge its error; choose HC0, HC1 or CR1, or leave the column out"
    case .cancelled: "the computation was stopped"
    }
  }

  /// A column of a factor is called after one of its levels; of a column of identifiers not all may be told.
  private static func list(_ names: [String]) -> String {
    let most = 10
    return names.prefix(most).joined(separator: ", ") + (names.count > most ? " and \(names.count - most) more" : "")
  }
}
