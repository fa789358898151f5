/// How the change of the treated is compared with that of the others when they differ in covariates.
///
/// Without covariates all of them are the plain difference in mean changes. Names between brackets are those of the R
/// package DRDID (Sant'Anna and Zhao 2020, doi:10.1016/j.jeconom.2020.06.003).
public enum ComparisonMethod: String, Codable, Hashable, Sendable, CaseIterable {
  /// The change that the others' regression on the covariates predicts for the treated (`reg_did_panel`, `reg_did_rc`).
  case regression
  /// The others weighted by the odds of being treated, weights divided by their sum (`std_ipw_did_panel`, `…_rc`).
  case weighting
  /// As weighting, divided by the number of treated, as Abadie (2005) did (`ipw_did_panel`, `ipw_did_rc`).
  case unnormalisedWeighting
  /// Both, right when either model is right (`drdid_panel`, `drdid_rc1`).
  case doublyRobust
  /// Doubly robust also in its standard error: the probability by tilting, the regression weighted by the odds
  /// (`drdid_imp_panel`, `drdid_imp_rc1`).
  case improvedDoublyRobust
}

/// The effect found by one comparison and how much each observation moved it.
struct Comparison: Sendable {
  var effect: Double
  /// n numbers with mean zero: the effect's error is their mean, to first order.
  var influence: [Double]
}
