/// The weights that make matched sets comparable.
///
/// With t and c the treated units and controls of a set (or stratum, or subclass): for the treated, controls get t/c;
/// for the controls, treated units get c/t; for all, treated units get (t + c)/t and controls (t + c)/c. Within each
/// group the weights that vary are scaled to an average of 1 among those matched, as MatchIt does.
///
/// - Parameter sets: n numbers, −1 for a unit in no set. Units in a set that lacks one group get 0.
/// - Throws: `.noMatches`
func matchingWeights(
  sets: [Int32], count: Int, treated: [Bool], estimand: MatchingEstimand, method: String
) throws(StatisticsError) -> [Double] {
  var sizes = [(treated: Double, control: Double)](repeating: (0, 0), count: count)
  for i in sets.indices where sets[i] >= 0 {
    if treated[i] { sizes[Int(sets[i])].treated += 1 } else { sizes[Int(sets[i])].control += 1 }
  }
  var weights = [Double](repeating: 0, count: sets.count)
  for i in sets.indices where sets[i] >= 0 {
    let (t, c) = sizes[Int(sets[i])]
    guard t > 0, c > 0 else { continue }
    weights[i] =
      switch estimand {
      case .treated: treated[i] ? 1 : t / c
      case .control: treated[i] ? c / t : 1
      case .all: (t + c) / (treated[i] ? t : c)
      }
  }
  try scaleToAverageOne(&weights, treated: treated, method: method)
  return weights
}

/// The weights when a unit may be matched more than once: each focal unit shares out a weight of 1 over its matches.
func matchingWeights(
  pairs: MatchedPairs, treated: [Bool], method: String
) throws(StatisticsError) -> [Double] {
  var weights = [Double](repeating: 0, count: treated.count)
  for place in pairs.focal.indices {
    let matches = pairs.matches(place)
    guard !matches.isEmpty else { continue }
    weights[Int(pairs.focal[place])] = 1
    for unit in matches { weights[Int(unit)] += 1 / Double(matches.count) }
  }
  try scaleToAverageOne(&weights, treated: treated, method: method)
  return weights
}

private func scaleToAverageOne(
  _ weights: inout [Double], treated: [Bool], method: String
) throws(StatisticsError) {
  var sums = [0.0, 0.0]
  var counts = [0.0, 0.0]
  for i in weights.indices where weights[i] > 0 {
    sums[treated[i] ? 1 : 0] += weights[i]
    counts[treated[i] ? 1 : 0] += 1
  }
  guard counts[0] > 0, counts[1] > 0 else { throw .noMatches(method: method) }
  let factors = [counts[0] / sums[0], counts[1] / sums[1]]
  for i in weights.indices where weights[i] > 0 { weights[i] *= factors[treated[i] ? 1 : 0] }
}
