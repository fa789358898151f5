import Foundation
import Primitives

/// What a ratio is of, and how it becomes an approximate risk ratio.
///
/// With a rare outcome (at most about 15 % by the end of follow-up) odds and hazard ratios stand for the risk ratio.
/// With a common one the odds ratio's root does, and (1 − 0.5^√HR) / (1 − 0.5^√(1/HR)) for a hazard ratio
/// (VanderWeele 2017, doi:10.1111/biom.12766).
public enum RiskRatioScale: String, Codable, Hashable, Sendable, CaseIterable {
  case riskRatio
  case oddsRatioRare
  case oddsRatioCommon
  case hazardRatioRare
  case hazardRatioCommon

  func riskRatio(_ ratio: Double) -> Double {
    switch self {
    case .riskRatio, .oddsRatioRare, .hazardRatioRare: ratio
    case .oddsRatioCommon: ratio.squareRoot()
    case .hazardRatioCommon: Self.commonHazard(ratio)
    }
  }

  /// 1 − 0.5ˣ without loss of digits for small x; its limits are 0 and infinity.
  private static func commonHazard(_ ratio: Double) -> Double {
    let root = ratio.squareRoot()
    return expm1(-log(2) * root) / expm1(-log(2) / root)
  }

  var convention: LocalizedText {
    switch self {
    case .riskRatio: LocalizedText("risk ratio as given", nl: "risicoverhouding zoals gegeven")
    case .oddsRatioRare:
      LocalizedText(
        "odds ratio of a rare outcome taken as the risk ratio",
        nl: "oddsratio van een zeldzame uitkomst als risicoverhouding genomen")
    case .oddsRatioCommon:
      LocalizedText(
        "risk ratio about the root of the odds ratio of a common outcome",
        nl: "risicoverhouding ongeveer de wortel van de oddsratio van een gewone uitkomst")
    case .hazardRatioRare:
      LocalizedText(
        "hazard ratio of a rare outcome taken as the risk ratio",
        nl: "hazardratio van een zeldzame uitkomst als risicoverhouding genomen")
    case .hazardRatioCommon:
      LocalizedText(
        "risk ratio about (1 − 0.5^√HR) / (1 − 0.5^√(1/HR)) for a common outcome",
        nl: "risicoverhouding ongeveer (1 − 0,5^√HR) / (1 − 0,5^√(1/HR)) bij een gewone uitkomst")
    }
  }
}
