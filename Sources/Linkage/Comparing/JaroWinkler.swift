/// How alike two short texts are, from 0 to 1, by the letters that they share and their beginnings.
///
/// With m letters in common (the same letter at most half the longer length apart, minus one) of which t stand in another
/// order, Jaro's similarity is (m/|a| + m/|b| + (m − t/2)/m)/3. Winkler adds 0.1 · l · (1 − Jaro) for the first l ≤ 4
/// letters that are the same, whatever Jaro's similarity is. Two empty texts are 0 alike.
///
/// Jaro 1989, doi:10.1080/01621459.1989.10478785; Winkler 1990, Proceedings of the Section on Survey Research Methods of
/// the American Statistical Association, 354–359.
public func jaroWinkler(_ a: [UInt8], _ b: [UInt8]) -> Double {
  let jaro = jaroSimilarity(a, b)
  var prefix = 0
  while prefix < min(4, a.count, b.count), a[prefix] == b[prefix] { prefix += 1 }
  return jaro + 0.1 * Double(prefix) * (1 - jaro)
}

/// The same of two texts, byte by byte of their UTF-8: for texts of plain Latin letters.
public func jaroWinkler(_ a: String, _ b: String) -> Double { jaroWinkler(Array(a.utf8), Array(b.utf8)) }

private func jaroSimilarity(_ a: [UInt8], _ b: [UInt8]) -> Double {
  guard !a.isEmpty, !b.isEmpty else { return 0 }
  let reach = max(0, max(a.count, b.count) / 2 - 1)
  return withUnsafeTemporaryAllocation(of: Bool.self, capacity: a.count + b.count) { taken in
    taken.initialize(repeating: false)
    var common = 0
    for i in a.indices {
      let last = min(b.count - 1, i + reach)
      var j = max(0, i - reach)
      while j <= last {
        if !taken[a.count + j], a[i] == b[j] {
          taken[i] = true
          taken[a.count + j] = true
          common += 1
          break
        }
        j += 1
      }
    }
    guard common > 0 else { return 0 }
    var moved = 0
    var j = 0
    for i in a.indices where taken[i] {
      while !taken[a.count + j] { j += 1 }
      if a[i] != b[j] { moved += 1 }
      j += 1
    }
    let m = Double(common)
    return (m / Double(a.count) + m / Double(b.count) + (m - Double(moved / 2)) / m) / 3
  }
}

/// Whether one change makes one text the other: a character put in, left out or replaced, or two neighbours exchanged.
///
/// False for equal texts.
func isOneSlipApart(_ a: [UInt8], _ b: [UInt8]) -> Bool {
  guard abs(a.count - b.count) <= 1 else { return false }
  var start = 0
  while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
  var end = 0
  while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
  let (left, right) = (a.count - start - end, b.count - start - end)
  switch (left, right) {
  case (1, 1), (1, 0), (0, 1): return true
  case (2, 2): return a[start] == b[start + 1] && a[start + 1] == b[start]
  default: return false
  }
}
