import Statistics
import Testing

/// Random small data with the answers of R 4.2.2 (survival 3.5-3, cmprsk 2.2-11), to 12 digits: whole days, so many
/// ties.
@Suite struct RandomPeerTests {
  /// `survfit(Surv(entry, exit, factor(cause)) ~ 1, id = 1:30, weights = w)`, and without weights.
  @Test func delayedEntryAndWeightsAgreeWithThePeer() throws {
    let plain = try FollowUp(entry: Delayed.entry, exit: Delayed.exit, cause: Delayed.cause, causes: 3)
    let weighted = try FollowUp(
      entry: Delayed.entry, exit: Delayed.exit, cause: Delayed.cause, causes: 3, weight: Delayed.weight)
    let incidence = try CumulativeIncidence(plain)
    expect(incidence.incidence.flatMap { $0 }, Delayed.incidence)
    expect(incidence.standardErrors.flatMap { $0 }, Delayed.incidenceErrors)
    expect(incidence.survivalStandardErrors, Delayed.survivalErrors)
    let reweighted = try CumulativeIncidence(weighted)
    expect(reweighted.incidence.flatMap { $0 }, Delayed.weightedIncidence)
    expect(reweighted.standardErrors.flatMap { $0 }, Delayed.weightedIncidenceErrors)
    expect(try KaplanMeier(plain).standardErrors, Delayed.greenwood)
    expect(try NelsonAalen(plain).standardErrors, Delayed.aalen)
    expect(try NelsonAalen(weighted).standardErrors, Delayed.weightedHazardErrors)
  }

  /// `survfit(Surv(entry, exit, cause > 0) ~ 1, weights = w, cluster = cluster)`.
  @Test func clustersAgreeWithThePeer() throws {
    let clustered = try FollowUp(
      entry: Delayed.entry, exit: Delayed.exit, cause: Delayed.cause, causes: 3, weight: Delayed.weight,
      cluster: Delayed.cluster)
    expect(try KaplanMeier(clustered).standardErrors, Delayed.clusteredSurvivalErrors)
    expect(try NelsonAalen(clustered).standardErrors, Delayed.clusteredHazardErrors)
  }

  /// `cuminc(exit, cause, group, stratum, rho)` and `survdiff(Surv(exit, cause > 0) ~ group, rho)`.
  @Test func comparisonsOfThreeGroupsAgreeWithThePeer() throws {
    let followUp = try FollowUp(exit: Grouped.exit, cause: Grouped.cause, causes: 3)
    let gray = try (1...3).map { try GrayTest(followUp, cause: $0, group: Grouped.group, groups: 3) }
    expect(gray.map(\.statistic), Grouped.gray)
    expect(gray.map(\.pValue), Grouped.grayP)
    let stratified = try (1...3).map {
      try GrayTest(followUp, cause: $0, group: Grouped.group, groups: 3, stratum: Grouped.stratum, rho: 1)
    }
    expect(stratified.map(\.statistic), Grouped.grayStratified)
    for (rho, expected) in [(0, Grouped.logRank), (0.5, Grouped.halfRho)] {
      let test = try LogRankTest(followUp, group: Grouped.group, groups: 3, rho: rho)
      expect([test.statistic] + test.observed + test.expected + test.covariance.flatMap { $0 }, expected)
    }
    let logRank = try LogRankTest(followUp, group: Grouped.group, groups: 3, stratum: Grouped.stratum)
    expect([logRank.statistic], Grouped.logRankStratified)
    let delta = try CumulativeIncidence(followUp, variance: .countingProcess)
    expect(delta.standardErrors.flatMap { $0.map { $0 * $0 } }, Grouped.deltaVariance)
  }

  /// `survfit(Surv(entry, exit, to) ~ 1, id = person, istate = from, weights = w)`: two starting states.
  @Test func statesWithSeveralStartsAgreeWithThePeer() throws {
    let history = try StateHistory(
      states: 4, person: Moving.person, entry: Moving.entry, exit: Moving.exit, from: Moving.from, to: Moving.to,
      weight: Moving.weight)
    let estimate = try StateOccupation(history)
    expect(estimate.occupation.flatMap { $0 }, Moving.occupation)
    expect(estimate.standardErrors.flatMap { $0 }, Moving.standardErrors)
  }

  private func expect(_ found: [Double?], _ peer: [Double?], location: SourceLocation = #_sourceLocation) {
    #expect(found.count == peer.count, sourceLocation: location)
    for (found, peer) in zip(found, peer) {
      guard let found, let peer else {
        #expect(found == peer, sourceLocation: location)
        continue
      }
      #expect(abs(found - peer) <= 1e-10 + 1e-9 * abs(peer), "\(found) for \(peer)", sourceLocation: location)
    }
  }

  private func expect(_ found: [Double], _ peer: [Double?], location: SourceLocation = #_sourceLocation) {
    expect(found.map { Optional($0) }, peer, location: location)
  }
}

private enum Delayed {
  static let entry: [Double] = [
    1, 1, 14, 6, 0, 0, 0, 7, 0, 5, 0, 7, 0, 3, 10, 1, 0, 9, 0, 0, 0, 0, 8, 3, 0, 1, 0, 0, 0, 5,
  ]
  static let exit: [Double] = [
    11, 3, 15, 8, 10, 2, 3, 14, 5, 15, 1, 13, 4, 12, 15, 11, 8, 15, 3, 4, 9, 11, 13, 12, 3, 3, 9, 7, 10, 8,
  ]
  static let cause: [Int] = [0, 0, 3, 0, 1, 3, 3, 1, 3, 0, 1, 1, 3, 2, 0, 2, 0, 3, 0, 2, 2, 2, 1, 2, 1, 0, 2, 3, 2, 0]
  static let weight: [Double] = [
    0.44, 1.96, 2.23, 2.79, 2.71, 1.26, 1.87, 1.99, 0.46, 1.4, 1.81, 1.62, 2.85, 0.29, 2.75, 0.8, 2.98, 2.05,
    0.8, 2.26, 2.1, 1.25, 1.28, 1.87, 0.28, 1.86, 1.43, 0.72, 1.15, 0.41,
  ]
  static let cluster: [Int] = [
    5, 9, 10, 10, 5, 8, 7, 7, 10, 5, 10, 8, 9, 6, 9, 9, 10, 2, 10, 2, 8, 6, 1, 6, 10, 4, 2, 9, 5, 3,
  ]
  static let incidence: [Double] = [
    0.0666666666667, 0.0666666666667, 0.118518518519, 0.118518518519, 0.118518518519, 0.118518518519,
    0.118518518519, 0.158531746032, 0.158531746032, 0.158531746032, 0.240376984127, 0.281299603175,
    0.281299603175, 0, 0, 0, 0.0555555555556, 0.0555555555556, 0.0555555555556, 0.142857142857, 0.18287037037,
    0.255621693122, 0.337466931217, 0.337466931217, 0.337466931217, 0.337466931217, 0, 0.0518518518519,
    0.103703703704, 0.159259259259, 0.214814814815, 0.258465608466, 0.258465608466, 0.258465608466,
    0.258465608466, 0.258465608466, 0.258465608466, 0.258465608466, 0.319849537037,
  ]
  static let incidenceErrors: [Double] = [
    0.064406118872, 0.064406118872, 0.0783744828957, 0.0783744828957, 0.0783744828957, 0.0783744828957,
    0.0783744828957, 0.0832394791896, 0.0832394791896, 0.0832394791896, 0.0948136381374, 0.0984355376141,
    0.0984355376141, 0, 0, 0, 0.0541464878548, 0.0541464878548, 0.0541464878548, 0.0776069892498,
    0.0849919043012, 0.0952445373732, 0.104833768247, 0.104833768247, 0.104833768247, 0.104833768247, 0,
    0.0505741058436, 0.0696687278957, 0.08446466331, 0.0954236440166, 0.0988707816408, 0.0988707816408,
    0.0988707816408, 0.0988707816408, 0.0988707816408, 0.0988707816408, 0.0988707816408, 0.102221830209,
  ]
  static let survivalErrors: [Double?] = [
    0.064406118872, 0.0783744828957, 0.0966754170393, 0.108262812095, 0.11155471203, 0.109444588152,
    0.102548150703, 0.0928209185308, 0.0814654370661, 0.0727707649282, 0.0664203685444, 0.060326009898,
    0.0481566588656,
  ]
  static let weightedIncidence: [Double] = [
    0.0756372753865, 0.0756372753865, 0.0851597758609, 0.0851597758609, 0.0851597758609, 0.0851597758609,
    0.0851597758609, 0.159952632712, 0.159952632712, 0.159952632712, 0.228199201623, 0.275030467875,
    0.275030467875, 0, 0, 0, 0.0857328266374, 0.0857328266374, 0.0857328266374, 0.196651259915, 0.228389926107,
    0.275082639843, 0.325914567032, 0.325914567032, 0.325914567032, 0.325914567032, 0, 0.0428512521344,
    0.106447951731, 0.214562357004, 0.232012401363, 0.253148507421, 0.253148507421, 0.253148507421,
    0.253148507421, 0.253148507421, 0.253148507421, 0.253148507421, 0.327226756393,
  ]
  static let weightedIncidenceErrors: [Double] = [
    0.0730830240707, 0.0730830240707, 0.0735506291451, 0.0735506291451, 0.0735506291451, 0.0735506291451,
    0.0735506291451, 0.0955333350696, 0.0955333350696, 0.0955333350696, 0.103401746605, 0.109407839157,
    0.109407839157, 0, 0, 0, 0.0816049920398, 0.0816049920398, 0.0816049920398, 0.103848369952, 0.106441012819,
    0.109060994647, 0.113116929241, 0.113116929241, 0.113116929241, 0.113116929241, 0, 0.0424879610806,
    0.0735787280285, 0.116004225956, 0.116468975395, 0.116474445015, 0.116474445015, 0.116474445015,
    0.116474445015, 0.116474445015, 0.116474445015, 0.116474445015, 0.118687275579,
  ]
  static let greenwood: [Double?] = [
    0.064406118872, 0.078989194139, 0.0979907892987, 0.111111111111, 0.114904385611, 0.114688827428,
    0.112437197052, 0.106993845174, 0.0991390077565, 0.0896690943566, 0.0762001129538, 0.067246767545,
    0.0455250327625,
  ]
  static let aalen: [Double] = [
    0.0666666666667, 0.0867805519545, 0.12021347438, 0.15702025683, 0.17776334127, 0.191577259391, 0.22030925047,
    0.249850064501, 0.280987509244, 0.331969848557, 0.407135770851, 0.477765147229, 0.594356404783,
  ]
  static let weightedHazardErrors: [Double] = [
    0.0730830240707, 0.0869821846584, 0.112447974623, 0.174988614716, 0.181494955815, 0.18783000833,
    0.209764893233, 0.216894637166, 0.227683435234, 0.245214715397, 0.300410548278, 0.358533372019,
    0.492187110807,
  ]
  static let clusteredSurvivalErrors: [Double?] = [
    0.0605821644226, 0.0635036587522, 0.0862680864248, 0.0968137745679, 0.098234389282, 0.108067874212,
    0.133117411205, 0.0795544711446, 0.056674908477, 0.0322082082262, 0.0425034372795, 0.0448631568308,
    0.0486560002953,
  ]
  static let clusteredHazardErrors: [Double] = [
    0.0605821644226, 0.0672177494692, 0.0986350683486, 0.124023210654, 0.132903628594, 0.152665371254,
    0.231774688676, 0.175879441164, 0.141164528999, 0.103129035259, 0.174533796758, 0.246003105519,
    0.405758651751,
  ]
}

private enum Grouped {
  static let exit: [Double] = [
    6, 9, 9, 1, 15, 7, 7, 2, 13, 4, 13, 3, 14, 12, 3, 9, 4, 13, 12, 3, 13, 3, 3, 13, 10, 3, 9, 3, 11, 13,
  ]
  static let cause: [Int] = [1, 0, 3, 2, 1, 3, 0, 2, 1, 2, 3, 2, 1, 2, 1, 3, 2, 1, 3, 2, 2, 0, 3, 1, 3, 3, 3, 0, 0, 0]
  static let group: [Int] = [0, 1, 0, 1, 2, 1, 2, 0, 0, 2, 2, 0, 1, 2, 0, 2, 2, 2, 1, 1, 0, 0, 0, 0, 2, 1, 0, 0, 2, 1]
  static let stratum: [Int] = [
    2, 2, 1, 2, 1, 1, 2, 1, 1, 2, 2, 1, 2, 1, 2, 1, 1, 2, 2, 1, 1, 1, 2, 1, 1, 2, 2, 1, 1, 1,
  ]
  static let gray: [Double] = [4.41163526892, 0.014984998221, 0.252875661099]
  static let grayP: [Double] = [0.110160417519, 0.99253549969, 0.881228933359]
  static let grayStratified: [Double] = [7.08443472982, 0.06238736222, 0.49151693048]
  static let logRank: [Double] = [
    1.68138631738, 10, 6, 8, 7.60557464062, 6.12517212572, 10.2692532337, 3.92458672215, -1.54090041115,
    -2.38368631101, -1.54090041115, 3.61659535611, -2.07569494496, -2.38368631101, -2.07569494496, 4.45938125597,
  ]
  static let halfRho: [Double] = [
    1.75513254444, 8.1142552516, 4.79510051859, 5.40852956513, 6.15727293195, 4.69554724159, 7.46506516177,
    2.80118936045, -1.10692428656, -1.69426507389, -1.10692428656, 2.40144945972, -1.29452517316, -1.69426507389,
    -1.29452517316, 2.98879024706,
  ]
  static let logRankStratified: [Double] = [1.75622637327]
  static let deltaVariance: [Double] = [
    0, 0, 0.00111384952316, 0.00111384952316, 0.00236863485825, 0.00236863485825, 0.00236863485825,
    0.00236863485825, 0.00236863485825, 0.00760007148497, 0.0112875798304, 0.0150028208336, 0.00111111111111,
    0.00214691504822, 0.00399108424216, 0.00586448244372, 0.00586448244372, 0.00586448244372, 0.00586448244372,
    0.00586448244372, 0.00738484094031, 0.0086378569952, 0.0086378569952, 0.0086378569952, 0, 0,
    0.00215087134368, 0.00215087134368, 0.00215087134368, 0.00331816045994, 0.00660017938466, 0.00766787367595,
    0.00885832202275, 0.00978142792786, 0.00978142792786, 0.00978142792786,
  ]
}

private enum Moving {
  static let person: [Int] = [1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8, 8]
  static let entry: [Double] = [
    3, 5, 8, 1, 7, 10, 13, 18, 0, 6, 8, 11, 1, 2, 5, 7, 0, 3, 9, 13, 0, 2, 5, 8, 0, 2, 3, 6,
  ]
  static let exit: [Double] = [
    5, 8, 9, 7, 10, 13, 18, 20, 6, 8, 11, 15, 2, 5, 7, 10, 2, 9, 13, 17, 2, 5, 8, 14, 2, 3, 6, 11,
  ]
  static let from: [Int] = [2, 1, 1, 2, 1, 1, 4, 4, 2, 3, 3, 3, 1, 4, 4, 1, 1, 1, 1, 2, 1, 2, 3, 3, 2, 4, 1, 2]
  static let to: [Int] = [1, 0, 0, 1, 0, 4, 0, 1, 3, 0, 0, 1, 4, 0, 1, 0, 0, 0, 2, 0, 2, 3, 0, 4, 4, 1, 2, 0]
  static let weight: [Double] = [
    0.43, 0.43, 0.43, 1.94, 1.94, 1.94, 1.94, 1.94, 0.68, 0.68, 0.68, 0.68, 1.37, 1.37, 1.37, 1.37, 2.4, 1.28,
    1.28, 1.28, 1.56, 1.56, 1.56, 1.56, 0.65, 0.65, 0.65, 0.65,
  ]
  static let occupation: [Double] = [
    0.279069767442, 0.354651162791, 0.399987388387, 0.289821370399, 0.684849574458, 1.52067153194e-16,
    1.52067153194e-16, 0.0716944962922, 0.648781339734, 0.486046511628, 0.486046511628, 0.27623467689,
    0.314706198586, 0.0789803201085, 0.351218660266, 0.351218660266, 0.351218660266, 0.351218660266, 0, 0,
    0.164475609141, 0.236170105433, 0.236170105433, 0.236170105433, 0.0716944962922, 7.95968805225e-18,
    7.95968805225e-18, 0.23488372093, 0.159302325581, 0.159302325581, 0.159302325581, 0, 0.412611234301,
    0.577086843442, 0.577086843442, 0,
  ]
  static let standardErrors: [Double] = [
    0.188019541996, 0.196928653494, 0.199821491823, 0.158029273697, 0.192200338339, 9.60333332328e-17,
    9.60333332328e-17, 0.0701759933026, 0.233766080225, 0.176726283397, 0.176726283397, 0.140228238611,
    0.175373393732, 0.085114537331, 0.233766080225, 0.233766080225, 0.233766080225, 0.233766080225, 0, 0,
    0.167699422076, 0.18171497529, 0.18171497529, 0.18171497529, 0.0701759933026, 3.45513995874e-18,
    3.45513995874e-18, 0.165082565862, 0.147680762547, 0.147680762547, 0.147680762547, 0, 0.291320045825,
    0.25106562697, 0.25106562697, 0,
  ]
}
