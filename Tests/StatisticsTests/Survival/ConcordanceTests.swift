import Foundation
import NumericalMethods
import Primitives
import Statistics
import TestSupport
import Testing

@Suite struct ConcordanceTests {
  /// Events at 1 (score 3) and 2 (score 1), censored at 2 (score 2) and 3 (score 1).
  /// The first beats 1, 2 and 1; the second meets 2 (wrong) and 1 (a tie): 3 right, 1 wrong, 1 tied.
  @Test func pairsByHand() throws {
    let result = try Concordance(FollowUp(exit: [1, 2, 2, 3], cause: [1, 1, 0, 0]), score: [3, 1, 2, 1])
    #expect(result.concordant == 3 && result.discordant == 1 && result.tied == 1)
    #expect(isClose(result.estimate.value, 0.7))
    // Each row's (right + tied / 2 − 0.7 · pairs) / 5: 0.9, −0.6, −0.4, 0.1.
    let influence = [0.9, -0.6, -0.4, 0.1].map { $0 / 5 }
    #expect(isClose(result.estimate.standardError!, influence.reduce(0) { $0 + $1 * $1 }.squareRoot()))
  }

  @Test(arguments: [UInt64(1), 2, 3]) func allPairsCountedOneByOneAgree(_ seed: UInt64) throws {
    let data = RandomCovariates(seed: seed, count: 50, delayed: true)
    let score = data.columns[0].map { ($0 * 3).rounded() }
    let followUp = try data.followUp(weighted: true)
    let result = try Concordance(followUp, score: score, stratum: Clusters(labels: data.stratum))
    var (right, wrong, tied) = (0.0, 0.0, 0.0)
    for i in 0..<50 where data.event[i] == 1 {
      for j in 0..<50 where j != i && data.stratum[i] == data.stratum[j] {
        guard data.entry[j] < data.exit[i], data.exit[j] >= data.exit[i] else { continue }
        if data.exit[j] == data.exit[i], data.event[j] == 1 { continue }
        let weight = data.weight[i] * data.weight[j]
        if score[i] > score[j] {
          right += weight
        } else if score[i] < score[j] {
          wrong += weight
        } else {
          tied += weight
        }
      }
    }
    #expect(isClose(result.concordant, right) && isClose(result.discordant, wrong) && isClose(result.tied, tied))
    let turned = try Concordance(followUp, score: score.map { -$0 }, stratum: Clusters(labels: data.stratum))
    #expect(isClose(turned.estimate.value, 1 - result.estimate.value))
    #expect(isClose(turned.estimate.standardError!, result.estimate.standardError!))
  }

  @Test func withoutPairsThereIsNoAnswer() throws {
    let followUp = try FollowUp(exit: [1, 2], cause: [0, 0])
    #expect(throws: StatisticsError.notSupported(method: "concordance", input: "data without two rows to compare")) {
      _ = try Concordance(followUp, score: [1, 2])
    }
    #expect(throws: StatisticsError.notFinite(array: "score", index: 0)) {
      _ = try Concordance(followUp, score: [.nan, 2])
    }
    let same = try Concordance(FollowUp(exit: [1, 2, 3], cause: [1, 1, 1]), score: [4, 4, 4])
    #expect(same.estimate.value == 0.5 && same.estimate.standardError == 0)
  }
}
