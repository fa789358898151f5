import Foundation

/// For whom an effect is averaged, which decides the weights that a propensity score e gives.
///
/// Each person of the target counts h(e); the treated are then weighted h(e)/e and the untreated h(e)/(1 − e)
/// (Li, Morgan and Zaslavsky 2018, doi:10.1080/01621459.2016.1260466).
public enum TargetPopulation: String, Codable, Hashable, Sendable, CaseIterable {
  /// Everybody, h = 1: the average treatment effect, ATE.
  case everyone
  /// Those who were treated, h = e: ATT, ATET.
  case treated
  /// Those who were not, h = 1 − e: ATC, ATU.
  case untreated
  /// Those who might as well have been treated as not, h = e(1 − e): ATO, overlap weights.
  case overlap
  /// Those who could be matched one to one, h = min(e, 1 − e): ATM, matching weights (Li and Greene 2013,
  /// doi:10.1515/ijb-2012-0030).
  case matching
  /// Between everyone and overlap, h = −e log e − (1 − e) log(1 − e): entropy weights (Zhou, Matsouaka and Thomas 2020,
  /// doi:10.1177/0962280220940334).
  case entropy

  /// The abbreviation that the literature uses.
  public var abbreviation: String {
    switch self {
    case .everyone: "ATE"
    case .treated: "ATT"
    case .untreated: "ATC"
    case .overlap: "ATO"
    case .matching: "ATM"
    case .entropy: "ATEN"
    }
  }

  /// h(e).
  func tilt(_ e: Double) -> Double {
    switch self {
    case .everyone: 1
    case .treated: e
    case .untreated: 1 - e
    case .overlap: e * (1 - e)
    case .matching: min(e, 1 - e)
    case .entropy: entropyOfChance(e)
    }
  }

  /// dh/de; at e = 1/2 of matching weights, where h has a corner, 0.
  func tiltSlope(_ e: Double) -> Double {
    switch self {
    case .everyone: 0
    case .treated: 1
    case .untreated: -1
    case .overlap: 1 - 2 * e
    case .matching: e < 0.5 ? 1 : e > 0.5 ? -1 : 0
    case .entropy: e > 0 && e < 1 ? log((1 - e) / e) : 0
    }
  }

  /// The weight of a person, h(e)/e or h(e)/(1 − e).
  func weight(treated: Bool, _ e: Double) -> Double {
    switch self {
    case .treated: treated ? 1 : e / (1 - e)
    case .untreated: treated ? (1 - e) / e : 1
    case .overlap: treated ? 1 - e : e
    default: tilt(e) / (treated ? e : 1 - e)
    }
  }

  /// The derivative of the weight by e.
  func weightSlope(treated: Bool, _ e: Double) -> Double {
    switch (self, treated) {
    case (.treated, true), (.untreated, false): 0
    case (.treated, false): 1 / ((1 - e) * (1 - e))
    case (.untreated, true): -1 / (e * e)
    case (.overlap, _): treated ? -1 : 1
    case (_, true): (tiltSlope(e) - tilt(e) / e) / e
    case (_, false): (tiltSlope(e) + tilt(e) / (1 - e)) / (1 - e)
    }
  }
}

private func entropyOfChance(_ e: Double) -> Double {
  guard e > 0, e < 1 else { return 0 }
  return -e * log(e) - (1 - e) * log1p(-e)
}
