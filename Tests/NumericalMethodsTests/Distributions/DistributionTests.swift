import Foundation
import Testing

@testable import NumericalMethods

/// Whether two numbers agree relatively, however small they are.
private func agree(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
  a == b || abs(a - b) <= tolerance * max(abs(a), abs(b))
}

@Suite("Distributions") struct DistributionTests {
  /// Values of R 4.2.2's density, distribution, quantile and gamma functions.
  private static let reference: [(name: String, found: @Sendable () -> Double, expected: Double)] = [
    ("t density", { StudentT(degreesOfFreedom: 4.5).density(1.3) }, 0.1570926788628012),
    ("t lower", { StudentT(degreesOfFreedom: 3).lowerTail(-2.1) }, 0.063282601274842268),
    ("t upper far", { StudentT(degreesOfFreedom: 7).upperTail(40) }, 7.951089992425214e-10),
    ("t quantile", { StudentT(degreesOfFreedom: 12).quantile(lowerTail: 0.975) }, 2.1788128296672284),
    ("t quantile far", { StudentT(degreesOfFreedom: 5).quantile(upperTail: 1e-20) }, 15683.92545436577),
    ("t half a degree", { StudentT(degreesOfFreedom: 0.5).lowerTail(1.7) }, 0.75993243504211516),
    ("χ² upper far", { ChiSquared(degreesOfFreedom: 3).upperTail(300) }, 9.948758346327708e-65),
    ("χ² lower", { ChiSquared(degreesOfFreedom: 5).lowerTail(0.02) }, 2.9876015319065935e-06),
    ("χ² quantile", { ChiSquared(degreesOfFreedom: 7.5).quantile(upperTail: 0.05) }, 14.791162353525856),
    ("χ² density", { ChiSquared(degreesOfFreedom: 4).density(3) }, 0.1673476201113224),
    ("F upper", { FisherF(numerator: 3, denominator: 17).upperTail(3.4) }, 0.041859399676950633),
    ("F quantile", { FisherF(numerator: 2.5, denominator: 40).quantile(lowerTail: 0.95) }, 3.0057226304001823),
    ("F density", { FisherF(numerator: 4, denominator: 9).density(1.2) }, 0.36454711267721929),
    ("F infinite", { FisherF(numerator: 3, denominator: .infinity).upperTail(2) }, 0.11161022509471258),
    ("beta lower", { Beta(a: 2, b: 7).lowerTail(0.2) }, 0.49668352000000027),
    ("beta upper", { Beta(a: 0.5, b: 0.5).upperTail(0.9) }, 0.20483276469913339),
    ("beta quantile", { Beta(a: 12, b: 111).quantile(lowerTail: 0.025) }, 0.051864992967511098),
    ("beta quantile upper", { Beta(a: 13, b: 110).quantile(upperTail: 0.025) }, 0.16551338683778982),
    ("beta density", { Beta(a: 2, b: 5).density(0.3) }, 2.1608999999999998),
    ("gamma lower", { Gamma(shape: 3.3, scale: 0.7).lowerTail(2) }, 0.4725172849808682),
    ("gamma upper", { Gamma(shape: 3.3, scale: 0.7).upperTail(60) }, 6.364470255197904e-34),
    ("gamma quantile", { Gamma(shape: 0.1, scale: 2).quantile(lowerTail: 0.4) }, 0.00012736842884023312),
    ("gamma density", { Gamma(shape: 2.2, scale: 3).density(1) }, 0.058004897334776449),
    ("binomial mass", { Binomial(trials: 60, probability: 0.3).density(17) }, 0.10920353932337677),
    ("binomial lower", { Binomial(trials: 60, probability: 0.3).lowerTail(17) }, 0.45143627797204422),
    ("binomial upper", { Binomial(trials: 60, probability: 0.3).upperTail(55) }, 6.3158430023963018e-25),
    ("binomial quantile", { Binomial(trials: 60, probability: 0.3).quantile(lowerTail: 0.975) }, 25),
    ("binomial large", { Binomial(trials: 1_000_000, probability: 0.5).lowerTail(499_000) }, 0.022804149932691052),
    ("Poisson mass", { Poisson(mean: 7.7).density(3) }, 0.034455092047476349),
    ("Poisson lower", { Poisson(mean: 7.7).lowerTail(3) }, 0.051818750375270582),
    ("Poisson upper", { Poisson(mean: 7.7).upperTail(40) }, 3.6735070422238576e-17),
    ("Poisson quantile", { Poisson(mean: 7.7).quantile(lowerTail: 0.999) }, 18),
    ("Poisson large", { Poisson(mean: 1_003_000).lowerTail(1_000_000) }, 0.0013662124705835538),
    ("hypergeometric mass", { Hypergeometric(marked: 10, unmarked: 20, drawn: 9).density(4) }, 0.22756733521351227),
    ("hypergeometric lower", { Hypergeometric(marked: 10, unmarked: 20, drawn: 9).lowerTail(4) }, 0.89627214364845542),
    ("hypergeometric upper", { Hypergeometric(marked: 10, unmarked: 20, drawn: 9).upperTail(4) }, 0.10372785635154456),
    ("hypergeometric quantile", { Hypergeometric(marked: 10, unmarked: 20, drawn: 9).quantile(lowerTail: 0.9) }, 5),
    (
      "hypergeometric large", { Hypergeometric(marked: 100_000, unmarked: 900_000, drawn: 5000).lowerTail(480) },
      0.1786185622334393
    ),
    (
      "hypergeometric larger", { Hypergeometric(marked: 100_000, unmarked: 2_000_000, drawn: 10_000).lowerTail(480) },
      0.58300215167707137
    ),
    ("log gamma", { logGamma(100_000.5) }, 1051293.4654351394),
    ("digamma", { digamma(0.3) }, -3.5025242222001323),
    ("trigamma", { trigamma(7) }, 0.1535451779593375),
    ("log beta", { logBeta(1e8, 3) }, -54.56889508129715),
    ("log beta small", { logBeta(0.01, 2) }, 4.595219855134923),
    ("log binomial coefficient", { logBinomialCoefficient(1_000_000, 300) }, 2729.7024629660186),
    ("normal far", { Normal.standard.upperTail(30) }, 4.9067139271481872e-198),
    ("normal lower", { Normal.standard.lowerTail(-1.96) }, 0.024997895148220428),
    ("normal quantile", { Normal.standard.quantile(lowerTail: 1e-300) }, -37.047096299361201),
    ("normal shifted", { Normal(mean: 5, standardDeviation: 2).lowerTail(3) }, 0.15865525393145705),
    ("normal density", { Normal(mean: 5, standardDeviation: 2).density(3) }, 0.12098536225957168),
  ]

  @Test("agrees with R", arguments: 0..<reference.count) func agreesWithR(_ number: Int) {
    let (name, found, expected) = Self.reference[number]
    // R's hypergeometric and incomplete beta functions are themselves good to about 1e-11 at a million.
    let tolerance = name.contains("large") ? 1e-10 : 1e-12
    #expect(agree(found(), expected, tolerance), "\(name): \(found()) is not \(expected)")
  }

  @Test("keeps the digits of log gamma near 1, where it is −γx + ζ(2)x²/2 − …") func logGammaNearOne() {
    let x = 0x1p-30
    #expect(agree(logGamma(1 + x), -0.577_215_664_901_532_9 * x + 0.822_467_033_424_113_2 * x * x))
  }

  private static let continuous: [any Distribution] = [
    Normal(mean: -3, standardDeviation: 0.2), StudentT(degreesOfFreedom: 1), StudentT(degreesOfFreedom: 2.5),
    StudentT(degreesOfFreedom: .infinity), StudentT(degreesOfFreedom: 1e9), ChiSquared(degreesOfFreedom: 0.3),
    ChiSquared(degreesOfFreedom: 400), FisherF(numerator: 1, denominator: 3),
    FisherF(numerator: 50, denominator: .infinity), Beta(a: 0.2, b: 3), Beta(a: 400, b: 20),
    Gamma(shape: 0.05, scale: 10), Gamma(shape: 1000, scale: 1e-6),
  ]

  @Test("finds the point of each tail, and both tails make 1", arguments: 0..<continuous.count)
  func quantilesInvertTails(_ number: Int) {
    let distribution = Self.continuous[number]
    for probability in [1e-12, 0.001, 0.2, 0.5, 0.77, 0.999] {
      let low = distribution.quantile(lowerTail: probability)
      #expect(agree(distribution.lowerTail(low), probability, 1e-9), "\(distribution) at \(probability)")
      #expect(agree(distribution.lowerTail(low) + distribution.upperTail(low), 1))
      let high = distribution.quantile(upperTail: probability)
      #expect(agree(distribution.upperTail(high), probability, 1e-9), "\(distribution) at \(probability)")
    }
  }

  private static let counts: [any Distribution] = [
    Binomial(trials: 1, probability: 0.4), Binomial(trials: 37, probability: 0.03),
    Binomial(trials: 5000, probability: 0.999), Poisson(mean: 0.01), Poisson(mean: 300),
    Hypergeometric(marked: 5, unmarked: 3, drawn: 6), Hypergeometric(marked: 300, unmarked: 700, drawn: 40),
  ]

  @Test("finds the smallest count with enough below or little enough above", arguments: 0..<counts.count)
  func countQuantiles(_ number: Int) {
    let distribution = Self.counts[number]
    for probability in [1e-9, 0.01, 0.25, 0.5, 0.9, 0.99999] {
      let low = distribution.quantile(lowerTail: probability)
      #expect(distribution.lowerTail(low) >= probability * (1 - 1e-13))
      #expect(distribution.lowerTail(low - 1) < probability)
      let high = distribution.quantile(upperTail: probability)
      #expect(distribution.upperTail(high) <= probability * (1 + 1e-13))
      #expect(distribution.upperTail(high - 1) > probability)
      // The tail of a count leads back to the count.
      #expect(distribution.quantile(lowerTail: distribution.lowerTail(low)) == low)
    }
    let total = (0...5000).reduce(0.0) { $0 + distribution.density(Double($1)) }
    #expect(agree(total, 1, 1e-11))
  }

  @Test("has no density outside its support and tails of 0 and 1 there") func outside() {
    for distribution in Self.continuous + Self.counts {
      #expect(distribution.lowerTail(-.infinity) == 0 && distribution.upperTail(-.infinity) == 1)
      #expect(distribution.lowerTail(.infinity) == 1 && distribution.upperTail(.infinity) == 0)
      #expect(distribution.density(.infinity) == 0 && distribution.density(-.infinity) == 0)
      #expect(distribution.quantile(lowerTail: 0) == distribution.quantile(upperTail: 1))
      #expect(distribution.quantile(lowerTail: 1) == distribution.quantile(upperTail: 0))
      #expect(distribution.quantile(lowerTail: 1.1).isNaN && distribution.quantile(upperTail: -0.1).isNaN)
      #expect(distribution.lowerTail(.nan).isNaN)
    }
    #expect(Binomial(trials: 5, probability: 0.3).density(2.5) == 0)
    #expect(Binomial(trials: 5, probability: 1).density(5) == 1)
    #expect(Binomial(trials: 0, probability: 0.5).lowerTail(0) == 1)
    #expect(Poisson(mean: 0).lowerTail(0) == 1)
    #expect(Beta(a: 0.5, b: 1).density(0) == .infinity)
  }

  @Test("gives NaN for parameters outside their range, and never stops the program") func undefined() {
    let undefined: [any Distribution] = [
      Normal(mean: 0, standardDeviation: 0), StudentT(degreesOfFreedom: 0), ChiSquared(degreesOfFreedom: -1),
      FisherF(numerator: .nan, denominator: 2), Beta(a: 0, b: 1), Gamma(shape: .infinity, scale: 1),
      Binomial(trials: -1, probability: 0.5), Binomial(trials: 3, probability: 1.5), Poisson(mean: -2),
      Hypergeometric(marked: 3, unmarked: 2, drawn: 6),
    ]
    for distribution in undefined {
      #expect(distribution.density(1).isNaN && distribution.lowerTail(1).isNaN && distribution.upperTail(1).isNaN)
      #expect(distribution.quantile(lowerTail: 0.5).isNaN && distribution.quantile(upperTail: 0.5).isNaN)
    }
    #expect(logGamma(0).isNaN && digamma(-1).isNaN && logBeta(0, 1).isNaN)
    #expect(logBinomialCoefficient(3, 4) == -.infinity)
  }

  @Test("adds exponentials and bends to a probability without overflow") func stable() {
    #expect(agree(logSumExponentials([1000, 1000]), 1000 + log(2)))
    #expect(logSumExponentials([]) == -.infinity)
    #expect(logSumExponentials([-.infinity, -.infinity]) == -.infinity)
    #expect(agree(logistic(-700), exp(-700)))
    #expect(logistic(800) == 1)
    #expect(agree(logit(logistic(-3.2)), -3.2))
  }
}
