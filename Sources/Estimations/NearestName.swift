/// The name that was probably meant: the closest one by single letters changed, added, left out or swapped.
///
/// - Returns: nil when none is close: at most a third of the letters may differ, and two at least.
func nearest(to name: String, in names: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased())
  var best: (name: String, distance: Int)?
  for candidate in names {
    let distance = editDistance(wanted, Array(candidate.lowercased()))
    if distance <= max(2, wanted.count / 3), distance < candidate.count, distance < best?.distance ?? .max {
      best = (candidate, distance)
    }
  }
  return best?.name
}

/// Damerau and Levenshtein's distance with swaps of neighbours.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var before = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  for i in 0..<a.count {
    var current = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in 0..<b.count {
      var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
      current[j + 1] = cost
    }
    (before, previous) = (previous, current)
  }
  return previous[b.count]
}

/// The option of a method that means what people of other programs call otherwise; nil when there is none.
func synonym(of name: String, in options: [String]) -> String? {
  let alike: [[String]] = [
    ["formula", "terms", "covariates", "adjust", "model"],
    ["outcome", "effect", "response", "dependent", "y"],
    ["treatment", "treat", "treated", "group", "arm", "by"],
    ["first-treated", "start", "gname", "cohort", "group"],
    ["unit", "id", "idname", "person"],
    ["period", "time", "tname", "month", "year"],
    ["event", "status", "cause"],
    ["horizon", "until", "tau", "rmean"],
    ["times", "at"],
    ["errors", "vcov", "se", "robust"],
    ["cluster", "clusters"],
    ["estimand", "target"],
    ["draws", "bootstrap", "reps", "replications"],
    ["level", "conf", "confidence", "alpha"],
  ]
  for words in alike where words.contains(name) {
    if let option = words.first(where: options.contains) { return option }
  }
  return nil
}
