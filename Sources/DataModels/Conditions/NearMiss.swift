/// The candidate that is most like a word, when it is near enough to be what was meant.
///
/// Distance: Levenshtein with transpositions of neighbours (optimal string alignment), letters compared without case and
/// with `-`, `_` and space as one. Near enough: at most a third of the longer one's length, and at least one.
public func nearMiss(_ word: String, among candidates: [String]) -> String? {
  let folded = foldedForComparison(word)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates where !candidate.isEmpty {
    let other = foldedForComparison(candidate)
    let limit = max(1, max(folded.count, other.count) / 3)
    if abs(other.count - folded.count) > limit { continue }
    let distance = editDistance(folded, other)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.candidate
}

/// `; did you mean “…”?` when one of the candidates is near enough, else nothing.
public func suggestion(for word: String, among candidates: [String]) -> String {
  nearMiss(word, among: candidates).map { "; did you mean “\($0)”?" } ?? ""
}

func foldedForComparison(_ text: String) -> [Character] {
  text.lowercased().map { $0 == "_" || $0 == "-" ? " " : $0 }
}

func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    row.reserveCapacity(b.count + 1)
    for j in 1...b.count {
      var cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, beforePrevious[j - 2] + 1) }
      row.append(cost)
    }
    beforePrevious = previous
    previous = row
  }
  return previous[b.count]
}
