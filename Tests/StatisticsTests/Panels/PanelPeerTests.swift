import Foundation
import Statistics
import TestSupport
import Testing

/// Further options on the minimum wage data, computed once with csdid 0.4.3, moderndid 0.2.0 (both PyPI) and numpy.
@Suite(
  "Panel methods agree with peers on other options", .enabled(if: ReferenceCase.isPresent, "\(SharedMaterial.absent)"))
struct PanelPeerTests {
  struct Wages {
    var unit: [Int]
    var period: [Int]
    var group: [Int]
    var outcome: [Double]
    var population: [Double]

    var covariates: ModelMatrix {
      get throws { try ModelMatrix(intercept: false, [("lpop", population)]) }
    }
    /// The weights the peers were given.
    var weights: [Double] { population.map { ($0 * 1e6).rounded() / 1e6 } }
  }

  private func wages(where isKept: (Int, Int, Int) -> Bool = { _, _, _ in true }) throws -> Wages {
    let table = try ReferenceCase("D01").table("mpdta")
    let (unit, period, group) = (
      table.wholeNumbers("countyreal"), table.wholeNumbers("year"), table.wholeNumbers("first.treat")
    )
    let rows = unit.indices.filter { isKept(unit[$0], period[$0], group[$0]) }
    let (outcome, population) = (table.numbers("lemp"), table.numbers("lpop"))
    return Wages(
      unit: rows.map { unit[$0] }, period: rows.map { period[$0] }, group: rows.map { group[$0] },
      outcome: rows.map { outcome[$0] }, population: rows.map { population[$0] })
  }

  private func effects(
    _ data: Wages, covariates: Bool = true, weights: Bool = false, _ settings: GroupTimeEffects.Settings
  ) throws -> GroupTimeEffects {
    try GroupTimeEffects(
      unit: data.unit, period: data.period, firstTreated: data.group, outcome: data.outcome,
      covariates: covariates ? data.covariates : nil, weights: weights ? data.weights : nil, settings: settings)
  }

  private func expect(
    _ found: GroupTimeAggregate.Part?, _ effect: Double, _ error: Double, location: SourceLocation = #_sourceLocation
  ) throws {
    let found = try #require(found, sourceLocation: location)
    #expect(abs(found.effect - effect) < 1e-6 * abs(effect), "\(found)", sourceLocation: location)
    #expect(abs((found.standardError ?? 0) - error) < 1e-6 * error, "\(found)", sourceLocation: location)
  }

  private func sometimesMissing(_ unit: Int, _ period: Int, _ group: Int) -> Bool { (unit * 7 + period) % 11 != 0 }

  @Test("An unbalanced panel keeps all rows, a balanced one only complete units")
  func unbalanced() throws {
    let data = try wages(where: sometimesMissing)
    let all = try effects(data, .init(method: .regression, sampling: .unbalancedPanel))
    try expect(all.aggregated(.simple).overall, -0.03781646022977993, 0.06843318510792575)
    let calendar = try all.aggregated(.calendar)
    try expect(calendar.overall, 0.06919663744698906, 0.1299085310633803)
    try expect(calendar.parts[3], -0.10970859034585148, 0.06349350561404642)
    let weighted = try effects(data, .init(method: .weighting, sampling: .unbalancedPanel))
    try expect(weighted.aggregated(.simple).overall, -0.04819873019232471, 0.07304536690784307)
    let complete = try effects(data, .init())
    #expect(complete.sample.incomplete > 0)
    try expect(complete.aggregated(.simple).overall, -0.06376705139483085, 0.01682439615815662)
    try expect(complete.aggregated(.calendar).overall, -0.06352757743109444, 0.023842685583648736)
  }

  @Test("Anticipation with weights and those not yet treated")
  func anticipation() throws {
    let found = try effects(
      wages(), weights: true, .init(comparison: .notYetTreated, anticipation: 1)
    ).aggregated(.dynamic)
    #expect(found.parts.map(\.position) == [-3, -2, -1, 0, 1])
    try expect(found.overall, -0.03839731822024303, 0.018927634348923656)
    try expect(found.parts[2], -0.01972080234031065, 0.013702635385582973)
    try expect(found.parts[4], -0.030693741267097573, 0.025889318411962743)
  }

  @Test("Balanced and limited times since the treatment")
  func balancedTimes() throws {
    let found = try effects(wages(), covariates: false, .init())
    let balanced = try found.aggregated(.dynamic, .init(balancedAt: 1))
    #expect(balanced.parts.map(\.position) == [-2, -1, 0, 1])
    try expect(balanced.overall, -0.028760760220378833, 0.013685582557682558)
    try expect(balanced.parts[2], -0.006564153375563285, 0.014255359148642044)
    let limited = try found.aggregated(.dynamic, .init(earliest: -1, latest: 1))
    #expect(limited.parts.map(\.position) == [-1, 0, 1])
    try expect(limited.overall, -0.03544459192722702, 0.011708070630158112)
    try expect(found.aggregated(.simple, .init(latest: 1)).overall, -0.027348282990678322, 0.010929057985827034)
  }

  @Test("Rows of different people in each period")
  func crossSections() throws {
    let data = try wages()
    func simple(_ method: ComparisonMethod) throws -> GroupTimeEffects {
      try GroupTimeEffects(
        unit: nil, period: data.period, firstTreated: data.group, outcome: data.outcome, covariates: data.covariates,
        settings: .init(method: method, sampling: .repeatedCrossSections))
    }
    try expect(simple(.weighting).aggregated(.simple).overall, -0.04177708219913328, 0.16722623216499316)
    let regression = try simple(.regression)
    try expect(regression.aggregated(.simple).overall, -0.04196861242154387, 0.14976215461033565)
    try expect(regression.aggregated(.dynamic).overall, -0.08078174533376155, 0.2432867074008931)
  }

  @Test("Two groups and two years by every method, with and without weights")
  func twoYears() throws {
    let before = try wages { $1 == 2003 && ($2 == 0 || $2 == 2004) }
    let after = try wages { $1 == 2004 && ($2 == 0 || $2 == 2004) }
    let order = before.unit.indices.sorted { before.unit[$0] < before.unit[$1] }
    let orderAfter = after.unit.indices.sorted { after.unit[$0] < after.unit[$1] }
    let population = order.map { before.population[$0] }
    let covariates = try ModelMatrix(
      intercept: false, [("lpop", population), ("square", population.map { $0 * $0 })])
    let expected: [ComparisonMethod: [(Double, Double)]] = [
      .doublyRobust: [
        (-0.015326195710095388, 0.02183246999637614), (-0.01246195367495939, 0.016492184783991972),
      ],
      .improvedDoublyRobust: [
        (-0.015322030826262416, 0.02183309483896443), (-0.012465226244872531, 0.01649236106376955),
      ],
      .regression: [
        (-0.015270968050619185, 0.02184354251798358), (-0.012516246092782832, 0.016497557292681965),
      ],
      .unnormalisedWeighting: [
        (-0.01537226125307068, 0.021824856610737305), (-0.01242082601566711, 0.016496178233442346),
      ],
      .weighting: [
        (-0.015390625409946755, 0.02182120250417199), (-0.012426535925764107, 0.016495540455129715),
      ],
    ]
    for (method, values) in expected {
      for (isWeighted, (effect, error)) in zip([false, true], values) {
        let found = try DifferenceInDifferences(
          before: order.map { before.outcome[$0] }, after: orderAfter.map { after.outcome[$0] },
          treated: order.map { before.group[$0] == 2004 }, covariates: covariates,
          weights: isWeighted ? order.map { before.weights[$0] } : nil, settings: .init(method: method))
        #expect(abs(found.effect.value - effect) < 1e-6 * abs(effect), "\(method)")
        // The peer divides the variance by n, DRDID 1.0.6 by n − 1.
        let wanted = error * (Double(order.count) / Double(order.count - 1)).squareRoot()
        // It also iterates the logistic regression further than R's glm, which ours follows.
        let tolerance = method == .weighting || method == .unnormalisedWeighting ? 2e-5 : 1e-6
        #expect(abs(found.effect.standardError! - wanted) < tolerance * wanted, "\(method)")
        if method == .weighting, !isWeighted {
          // DRDID's formula written out with R 4.2.2's glm.
          #expect(isClose(found.effect.standardError! / 0.02185456840623996, 1, relative: 1e-8))
        }
      }
    }
  }

  @Test("Two-way effects on an unbalanced panel equal least squares with indicators, under every error convention")
  func unbalancedTwoWay() throws {
    let data = try wages(where: sometimesMissing)
    let panel = try Panel(unit: data.unit, period: data.period)
    let n = data.unit.count
    let treated = (0..<n).map { data.group[$0] > 0 && data.period[$0] >= data.group[$0] ? 1.0 : 0 }
    let drift = (0..<n).map { data.population[$0] * Double(data.period[$0] - 2003) }
    let columns = try ModelMatrix(intercept: false, [("treated", treated), ("drift", drift)])
    func check(_ estimates: CoefficientEstimates, _ values: [Double]?, _ errors: [Double]) {
      if let values { for i in values.indices { #expect(isClose(estimates.values[i] / values[i], 1, relative: 1e-8)) } }
      for i in errors.indices { #expect(isClose(estimates.standardErrors[i]! / errors[i], 1, relative: 1e-7)) }
    }
    let plain = try TwoWayFixedEffects(panel, response: data.outcome, regressors: columns)
    check(
      try plain.estimates(), [-0.046207778068371536, 0.0030336432292422406],
      [0.0140877338588144, 0.0026173975491869616])
    check(try plain.estimates(.classical), nil, [0.01351800327687611, 0.0016375701089953664])
    check(try plain.estimates(.hc1), nil, [0.013155148289969316, 0.0020022528335882877])
    let ways = [Clusters(labels: data.unit), Clusters(labels: data.period)]
    check(try plain.estimates(clusters: ways), nil, [0.014543108323330108, 0.0026503932592085327])
    let weights = (0..<n).map { 1 + data.population[$0] * Double(data.period[$0] - 2002) }
    let weighted = try TwoWayFixedEffects(panel, response: data.outcome, regressors: columns, weights: weights)
    check(
      try weighted.estimates(), [-0.04209329782774118, 0.0023113090890478985],
      [0.012114250071926133, 0.0022519435075873087])
    check(try weighted.estimates(.classical), nil, [0.010753173914822417, 0.001564993354112649])
    check(try weighted.estimates(.hc1), nil, [0.00992314858625182, 0.0015793602625376396])
    check(try weighted.estimates(clusters: ways), nil, [0.015866803220772163, 0.002180791839102482])
    let study = try EventStudy(panel, outcome: data.outcome, firstTreated: data.group)
    #expect(study.times == [-4, -3, -2, 0, 1, 2, 3])
    check(
      try study.estimates(),
      [
        0.004254699876404255, 0.02705199759229604, 0.023913958406239, -0.023741487689031726, -0.05417207697659476,
        -0.1503034159691023, -0.11172154870960832,
      ],
      [
        0.02396991368820749, 0.019033292156181485, 0.014169958269173675, 0.011254773834288826, 0.01928737455938899,
        0.032083521833117204, 0.03129193888425779,
      ])
  }
}
