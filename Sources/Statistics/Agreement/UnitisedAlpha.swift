import NumericalMethods

/// Agreement among observers who each cut a text or recording into stretches and give these a value.
///
/// Four coefficients from the lengths on which the observers' stretches overlap (Krippendorff, Mathet, Bouvry and
/// Widlöcher 2016, doi:10.1007/s11135-015-0266-1; Krippendorff 2019, section 12.6): on the whole (uα), on what is
/// relevant at all (|uα), on the values where stretches overlap (cuα), and on each value by itself ((k)uα). Values are
/// nominal; gaps are one more value in uα and |uα. What is expected leaves out the pairing of a stretch with itself, so
/// that a gap counts by its units of length and a stretch as a whole; lengths are therefore in units that observers can
/// tell apart, as characters or seconds.
public struct UnitisedAlpha: Codable, Hashable, Sendable {
  /// Agreement on one value among stretches that overlap.
  public struct ValueAgreement: Codable, Hashable, Sendable {
    /// nil when the value does not occur in overlaps, or chance alone would give no disagreement.
    public var alpha: Double?
    /// The share of the matter with this value that lies in overlaps with other observers' stretches.
    public var coverage: Double
  }

  /// uα: boundaries and values together; nil when there is nothing to disagree on.
  public let whole: Double?
  /// |uα: what is a stretch and what a gap.
  public let relevance: Double?
  /// cuα: values, where stretches overlap.
  public let coding: Double?
  /// (k)uα for each value.
  public let byValue: [ValueAgreement]
  public let observers: Int
  public let length: Double

  /// - Parameters:
  ///   - observers: the stretches of each; not overlapping within an observer.
  ///   - length: of the continuum, in units of one.
  ///   - values: how many values there are.
  /// - Throws: `.tooFewGroups` for fewer than 2 observers, `.setting`, `.unknownLevel`, `.notFinite`.
  public init(observers: [[UnitisedSegment]], length: Double, values: Int) throws(StatisticsError) {
    guard observers.count >= 2 else { throw .tooFewGroups(found: observers.count) }
    guard length > 0, length <= 1e15, values >= 1 else {
      throw .setting(name: "continuum", reason: "its length is above 0, at most 1e15, and there is a value")
    }
    var cuts: [Unitisation] = []
    for (number, segments) in observers.enumerated() {
      cuts.append(try Unitisation(segments, length: length, values: values, observer: number))
    }
    // Gaps are value 0 here, the values follow.
    var all = OverlapTable(values: values + 1)
    var relevant = OverlapTable(values: 2)
    var coded = OverlapTable(values: values)
    for (i, first) in cuts.enumerated() {
      for (j, second) in cuts.enumerated() where j != i {
        Unitisation.forEachOverlap(first.parts, second.parts) { a, b, shared in
          let share = shared / Double(cuts.count - 1)
          all.observed[a.value + 1, b.value + 1] += share
          relevant.observed[a.value < 0 ? 0 : 1, b.value < 0 ? 0 : 1] += share
          if a.value >= 0, b.value >= 0 { coded.observed[a.value, b.value] += share }
        }
      }
      let others = Unitisation.union(cuts.indices.filter { $0 != i }.flatMap { cuts[$0].segments })
      for part in first.parts {
        // A gap is many units of length one, a stretch one unit of its length.
        let itself = part.value < 0 ? part.length : part.length * part.length
        all.selfPairs[part.value + 1] += itself
        relevant.selfPairs[part.value < 0 ? 0 : 1] += itself
        if part.value >= 0 {
          let paired = Unitisation.covered(part, by: others)
          coded.selfPairs[part.value] += paired * paired
        }
      }
    }
    whole = all.alpha
    relevance = relevant.alpha
    coding = coded.alpha
    byValue = (0..<values).map { value in
      let matter = all.margins[value + 1]
      return ValueAgreement(
        alpha: coded.alpha(of: value), coverage: matter > 0 ? coded.margins[value] / matter : 0)
    }
    self.observers = observers.count
    self.length = length
  }
}

/// Lengths on which two values meet, observed and expected.
private struct OverlapTable {
  var observed: Matrix
  /// For each value the pairings of a stretch with itself, which cannot be observed.
  var selfPairs: [Double]

  init(values: Int) {
    observed = Matrix(rows: values, columns: values)
    selfPairs = [Double](repeating: 0, count: values)
  }

  var margins: [Double] { (0..<observed.columns).map { observed.column($0).reduce(0, +) } }
  private var total: Double { margins.reduce(0, +) }

  /// What the whole margins would give by chance, divided by what all pairs but those of a stretch with itself make.
  private func expected(_ c: Int, _ k: Int) -> Double? {
    let pairs = total * total - selfPairs.reduce(0, +)
    guard pairs > 0 else { return nil }
    return total * (margins[c] * margins[k] - (c == k ? selfPairs[c] : 0)) / pairs
  }

  var alpha: Double? {
    var (disagreement, chance) = (0.0, 0.0)
    for c in 0..<observed.rows {
      for k in 0..<observed.columns where k != c {
        disagreement += observed[c, k]
        guard let expected = expected(c, k) else { return nil }
        chance += expected
      }
    }
    return chance > 0 ? 1 - disagreement / chance : nil
  }

  func alpha(of value: Int) -> Double? {
    let margin = margins[value]
    guard margin > 0 else { return nil }
    var (disagreement, chance, all) = (0.0, 0.0, 0.0)
    for other in 0..<observed.rows {
      guard let expected = expected(other, value) else { return nil }
      all += expected
      guard other != value else { continue }
      chance += expected
      disagreement += observed[other, value]
    }
    return chance > 0 ? 1 - all / margin * disagreement / chance : nil
  }
}
