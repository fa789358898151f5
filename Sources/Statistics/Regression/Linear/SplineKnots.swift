import NumericalMethods

/// Where the knots of a restricted cubic spline are put when nobody names them.
///
/// At equally spaced quantiles between an outer pair: 0.10 and 0.90 for three knots, 0.05 and 0.95 for four to six, 0.025
/// and 0.975 for more (Harrell 2015, Regression Modeling Strategies, table 2.3, doi:10.1007/978-3-319-19425-7). With
/// fewer than 100 values the outer knots are the fifth smallest and fifth largest value. Where at least one in twenty
/// values is the smallest (or largest) of all and no value between is as frequent, the next value is the outer knot and
/// the others are placed among those beyond it. As R's `Hmisc::rcspline.eval`.
public enum SplineKnots {
  /// - Parameters:
  ///   - values: n finite numbers.
  ///   - count: how many knots, 3 or more. With few different values there are fewer.
  /// - Throws: `.setting` for fewer than three, `.tooFewObservations` for fewer than six values, `.notFinite`,
  ///   `.knotsNotAscending` when fewer than three different knots come out.
  public static func atQuantiles(
    of values: [Double], count: Int, variable: String = "the variable"
  ) throws(StatisticsError) -> [Double] {
    guard count >= 3 else { throw .setting(name: "knots", reason: "a spline has three or more") }
    guard values.count >= 6 else { throw .tooFewObservations(found: values.count, needed: 6) }
    for i in values.indices where !values[i].isFinite { throw .notFinite(array: variable, index: i) }
    let sorted = values.sorted()
    let (different, counts) = runs(sorted)
    var knots: [Double]
    if different.count - 2 <= count {
      knots = Array(different.dropFirst().dropLast())
    } else {
      knots = among(sorted, different, counts, count)
    }
    knots = runs(knots.sorted()).values
    guard knots.count >= 3 else { throw .knotsNotAscending(variable: variable) }
    return knots
  }

  private static func among(_ sorted: [Double], _ different: [Double], _ counts: [Int], _ count: Int) -> [Double] {
    let n = Double(sorted.count)
    var inner = sorted[...]
    var (first, last): (Double?, Double?)
    if let most = counts.dropFirst().dropLast().max(), Double(most) / n < 0.05 {
      if Double(counts[0]) / n >= 0.05 {
        first = different[1]
        inner = inner.drop { $0 <= different[1] }
      }
      if Double(counts[counts.count - 1]) / n >= 0.05 {
        let limit = different[different.count - 2]
        last = limit
        inner = inner.prefix { $0 < limit }
      }
    }
    let places = count - (first == nil ? 0 : 1) - (last == nil ? 0 : 1)
    let rest = Array(inner)
    guard rest.count >= 5 else { return [first, last].compactMap { $0 } + rest }
    let outer = count > 6 ? 0.025 : count > 3 ? 0.05 : 0.1
    var knots: [Double]
    if places == 1 {
      // The middle; the outer rule below does not apply to a single one.
      return [first, quantile(ofAscending: rest, 0.5), last].compactMap { $0 }
    } else if places == 2 {
      knots = [quantile(ofAscending: rest, 0.5), quantile(ofAscending: rest, 1 - outer)]
    } else {
      knots = (0..<places).map {
        quantile(ofAscending: rest, outer + (1 - 2 * outer) * Double($0) / Double(places - 1))
      }
    }
    if rest.count < 100 {
      if first == nil { knots[0] = rest[4] }
      if last == nil { knots[knots.count - 1] = rest[rest.count - 5] }
    }
    return (first.map { [$0] } ?? []) + knots + (last.map { [$0] } ?? [])
  }

  private static func runs(_ sorted: [Double]) -> (values: [Double], counts: [Int]) {
    var values: [Double] = []
    var counts: [Int] = []
    for value in sorted {
      if value == values.last {
        counts[counts.count - 1] += 1
      } else {
        values.append(value)
        counts.append(1)
      }
    }
    return (values, counts)
  }
}
