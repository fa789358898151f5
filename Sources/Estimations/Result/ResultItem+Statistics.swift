import NumericalMethods
import Primitives
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Values of `Statistics` as named values, alike in all methods.
extension ResultItem {
  /// `estimate`, `standardError`, `lower`, `upper` of an estimate; all nil where there is none.
  public static func estimate(_ key: String, _ estimate: Estimate?, title: LocalizedText? = nil) -> ResultItem {
    ResultItem(
      key,
      .group([
        ResultItem("estimate", .number(estimate?.value)), ResultItem("standardError", .number(estimate?.standardError)),
        ResultItem("lower", .number(estimate?.interval.lower)), ResultItem("upper", .number(estimate?.interval.upper)),
      ]), title: title)
  }

  /// `statistic`, `degreesOfFreedom`, `pValue` of a test.
  public static func test(
    _ key: String, statistic: Double, degreesOfFreedom: Int, pValue: Double, title: LocalizedText? = nil
  ) -> ResultItem {
    ResultItem(
      key,
      .group([
        ResultItem("statistic", .number(statistic)), ResultItem("degreesOfFreedom", .whole(degreesOfFreedom)),
        ResultItem("pValue", .number(pValue)),
      ]), title: title)
  }

  /// A Wald test: chi-square and F with their probabilities.
  public static func wald(_ key: String, _ test: WaldTest, title: LocalizedText? = nil) -> ResultItem {
    ResultItem(
      key,
      .group([
        ResultItem("chiSquare", .number(test.statistic)), ResultItem("degreesOfFreedom", .whole(test.degreesOfFreedom)),
        ResultItem(
          "chiSquarePValue", .number(test.chiSquarePValue),
          title: LocalizedText("p-value of chi-square", nl: "p-waarde van chi-kwadraat")),
        ResultItem("f", .number(test.f)),
        ResultItem(
          "denominatorDegreesOfFreedom",
          .number(test.denominatorDegreesOfFreedom.isFinite ? test.denominatorDegreesOfFreedom : nil)),
        ResultItem("pValue", .number(test.pValue)),
      ]), title: title)
  }

  /// The table of a model's coefficients, with `term`, `estimate`, `standardError`, `statistic`, `degreesOfFreedom`
  /// (null for the normal distribution), `pValue`, `lower` and `upper`.
  ///
  /// - Parameter exponential: the key of a column with exp(estimate), for instance `oddsRatio`, and of its limits
  ///   `oddsRatioLower` and `oddsRatioUpper`; nil where it is larger than any number.
  public static func coefficients(
    _ key: String, _ estimates: CoefficientEstimates, level: Double, exponential: String? = nil,
    title: LocalizedText? = nil
  ) throws(StatisticsError) -> ResultItem {
    var intervals: [Estimate] = []
    for position in 0..<estimates.count { intervals.append(try estimates.estimate(position, level: level)) }
    var table = ResultTable()
    table.add("term", estimates.names)
    table.add("estimate", estimates.values)
    table.add("standardError", estimates.standardErrors)
    table.add("statistic", (0..<estimates.count).map { estimates.statistic($0) })
    if estimates.degreesOfFreedom.contains(where: \.isFinite) {
      table.add("degreesOfFreedom", estimates.degreesOfFreedom.map { $0.isFinite ? $0 : nil })
    }
    table.add("pValue", (0..<estimates.count).map { estimates.pValue($0) })
    table.add("lower", intervals.map(\.interval.lower))
    table.add("upper", intervals.map(\.interval.upper))
    if let exponential {
      table.add(exponential, estimates.values.map(finiteExponential))
      table.add(
        exponential + "Lower", intervals.map { $0.interval.lower.flatMap(finiteExponential) },
        title: ResultTitle.usual["lower"])
      table.add(
        exponential + "Upper", intervals.map { $0.interval.upper.flatMap(finiteExponential) },
        title: ResultTitle.usual["upper"])
    }
    return ResultItem(key, .table(table), title: title)
  }

  /// A covariance matrix: a table with a column `term` and one column for each term.
  public static func covariance(_ key: String, _ estimates: CoefficientEstimates) -> ResultItem {
    var table = ResultTable()
    table.add("term", estimates.names)
    for (position, name) in estimates.names.enumerated() { table.add(name, estimates.covariance.column(position)) }
    return ResultItem(key, .table(table))
  }
}

/// exp x; nil where it is larger than any number, as for a coefficient of a thousand.
private func finiteExponential(_ x: Double) -> Double? {
  let value = exp(x)
  return value.isFinite ? value : nil
}
