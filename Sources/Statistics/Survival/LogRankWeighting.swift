#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How much each event time counts in a test of the log-rank family.
///
/// n is the number at risk and S the Kaplan-Meier estimate just before the time, of all groups together.
public enum LogRankWeighting: Codable, Hashable, Sendable {
  /// S^ρ (1 − S)^γ: ρ = γ = 0 is the log-rank test, ρ = 1 Peto and Peto's, γ = 1 counts late differences most.
  case flemingHarrington(rho: Double, gamma: Double)
  /// n: Gehan's and Breslow's generalised Wilcoxon test, which depends on the pattern of censoring.
  case gehan
  /// √n (Tarone and Ware 1977, doi:10.1093/biomet/64.1.156).
  case taroneWare
  /// ∏ (1 − d / (n + 1)) up to and including the time: Peto and Peto's own estimate of survival (1972).
  case petoPeto
  /// The same times n / (n + 1) (Andersen and others 1982).
  case modifiedPetoPeto

  public static let logRank = LogRankWeighting.flemingHarrington(rho: 0, gamma: 0)

  /// The weight at each event time, length T.
  func weights(_ risk: RiskSets, _ curve: ProductLimit) -> [Double] {
    switch self {
    case .flemingHarrington(let rho, let gamma):
      return curve.survivalBefore.map { survival in
        (rho == 0 ? 1 : pow(survival, rho)) * (gamma == 0 ? 1 : pow(1 - survival, gamma))
      }
    case .gehan: return risk.atRisk
    case .taroneWare: return risk.atRisk.map { $0.squareRoot() }
    case .petoPeto, .modifiedPetoPeto:
      var survival = 1.0
      return risk.times.indices.map { step in
        let n = risk.atRisk[step]
        survival *= 1 - risk.allEvents[step] / (n + 1)
        return self == .petoPeto ? survival : survival * n / (n + 1)
      }
    }
  }
}
