/// Whose effect a comparison is meant to tell: the people that the others are made comparable to.
public enum MatchingEstimand: String, Codable, Hashable, Sendable, CaseIterable {
  /// The average effect among those treated (ATT): comparable untreated people are sought for each of them.
  case treated
  /// The average effect among those not treated (ATC).
  case control
  /// The average effect among all (ATE).
  case all
}

/// Which units are left out because nobody of the other group has a score like theirs.
public enum CommonSupport: String, Codable, Hashable, Sendable, CaseIterable {
  /// Nobody is left out.
  case none
  /// Treated units with a score outside the range of the controls' scores.
  case treated
  /// Controls with a score outside the range of the treated units' scores.
  case control
  /// Units outside the range in which both groups have scores.
  case both

  /// Whether each unit is left out.
  ///
  /// As MatchIt: a unit of either group is left out when its score lies outside the range named, so `treated` leaves out
  /// whoever lies outside the controls' range.
  func discarded(_ score: [Double], treated: [Bool]) -> [Bool]? {
    guard self != .none else { return nil }
    var range = [(Double.infinity, -Double.infinity), (Double.infinity, -Double.infinity)]
    for i in score.indices {
      let group = treated[i] ? 1 : 0
      range[group].0 = min(range[group].0, score[i])
      range[group].1 = max(range[group].1, score[i])
    }
    let (lower, upper) =
      switch self {
      case .none, .both: (max(range[0].0, range[1].0), min(range[0].1, range[1].1))
      case .treated: range[0]
      case .control: range[1]
      }
    return score.map { $0 < lower || $0 > upper }
  }
}

/// The largest distance at which two units may still be matched.
public enum Caliper: Codable, Hashable, Sendable {
  /// In standard deviations of the variable among all units that are not discarded.
  case standardDeviations(Double)
  /// In the variable's own unit.
  case own(Double)

  /// In the variable's own unit.
  ///
  /// - Parameters:
  ///   - values: n numbers.
  ///   - discarded: units that do not count for the standard deviation.
  public func width(of values: [Double], discarded: [Bool]? = nil) -> Double {
    switch self {
    case .own(let width): return width
    case .standardDeviations(let number):
      var count = 0.0
      var mean = 0.0
      for i in values.indices where !(discarded?[i] ?? false) {
        count += 1
        mean += values[i]
      }
      mean /= count
      var squares = 0.0
      for i in values.indices where !(discarded?[i] ?? false) {
        squares += (values[i] - mean) * (values[i] - mean)
      }
      return count > 1 ? number * (squares / (count - 1)).squareRoot() : 0
    }
  }

  func check(_ name: String) throws(StatisticsError) {
    let width =
      switch self {
      case .standardDeviations(let width), .own(let width): width
      }
    guard width >= 0, width.isFinite else {
      throw .setting(name: "the caliper on \(name)", reason: "it is zero or more and finite")
    }
  }
}
