import NumericalMethods

/// Matching on full agreement after each covariate is put into classes.
///
/// What counts as comparable is decided beforehand, by the classes; imbalance within them is bounded by their width.
/// Classes, labels and weights follow R's MatchIt (4.7). (Iacus, King and Porro 2012, doi:10.1093/pan/mpr013.)
public struct CoarsenedExactMatching: Codable, Hashable, Sendable {
  public var estimand: MatchingEstimand
  /// For numeric covariates that `coarsenings` does not name. Factors that it does not name must agree.
  public var usual: Coarsening
  /// By the name of the covariate.
  public var coarsenings: [String: Coarsening]
  /// Whether each treated unit (or control, for the controls) keeps one partner within its stratum; the others are left
  /// out. nil keeps all with weights.
  public var pairing: CovariateDistance?

  public init(
    estimand: MatchingEstimand = .treated, usual: Coarsening = .sturges, coarsenings: [String: Coarsening] = [:],
    pairing: CovariateDistance? = nil
  ) {
    self.estimand = estimand
    self.usual = usual
    self.coarsenings = coarsenings
    self.pairing = pairing
  }

  static let name = "coarsened exact matching"

  /// - Throws: `.noMatches` when no stratum has both groups; `.noColumns`; `.setting` for classes that cannot be.
  public func match(_ units: MatchingUnits) throws(StatisticsError) -> MatchedSample {
    guard !units.covariates.isEmpty else { throw .noColumns }
    for name in coarsenings.keys.sorted() { _ = try units.covariate(name, for: "coarsenings") }
    let jobs = units.covariates.map { term in (term, term.variable.flatMap { coarsenings[$0] } ?? usual) }
    // Errors are carried out of the parallel part and thrown in the order of the covariates.
    let made = WorkSharing.map(jobs.count) { number -> Result<Strata.Column, StatisticsError> in
      let (term, coarsening) = jobs[number]
      do throws(StatisticsError) { return .success(try coarsening.column(term)) } catch { return .failure(error) }
    }
    var columns: [Strata.Column] = []
    for result in made {
      let column = try result.get()
      if !column.codes.isEmpty { columns.append(column) }
    }
    let strata = Strata(columns, rows: units.count)
    guard let pairing else { return try stratified(units, strata, estimand: estimand, method: Self.name) }
    return try paired(units, strata.withBothGroups(units.treated), pairing)
  }

  /// One to one within strata, in the order of the file; of equally near candidates the first in the file.
  private func paired(
    _ units: MatchingUnits, _ strata: Strata, _ distance: CovariateDistance
  ) throws(StatisticsError) -> MatchedSample {
    let coordinates = distance.coordinates(units.covariates, treated: units.treated)
    let wanted = estimand != .control
    let members = strata.members
    var partner = [Int32](repeating: -1, count: units.count)
    var distances = [Double](repeating: .nan, count: units.count)
    for s in 0..<strata.count {
      let here = members.units[members.starts[s]..<members.starts[s + 1]]
      var candidates = here.filter { units.treated[Int($0)] != wanted }
      for focal in here where units.treated[Int(focal)] == wanted && !candidates.isEmpty {
        var best = (place: 0, squared: Double.infinity)
        for (place, candidate) in candidates.enumerated() {
          var squared = 0.0
          for c in 0..<coordinates.columns {
            let difference = coordinates[Int(focal), c] - coordinates[Int(candidate), c]
            squared += difference * difference
          }
          if squared < best.squared { best = (place, squared) }
        }
        partner[Int(focal)] = candidates.remove(at: best.place)
        distances[Int(focal)] = best.squared.squareRoot()
      }
    }
    let focal = units.treated.indices.filter { units.treated[$0] == wanted }.map { Int32($0) }
    let pairs = MatchedPairs(
      focal: focal,
      rows: GreedyPairs(
        units: focal.map { partner[Int($0)] }, distances: focal.map { distances[Int($0)] }, tiedUnits: 0))
    let made = pairs.sets(units: units.count)
    let weights = try matchingWeights(
      sets: made.sets, count: made.count, treated: units.treated, estimand: estimand, method: Self.name)
    return MatchedSample(
      treated: units.treated, estimand: estimand, weights: weights, sets: made.sets, setCount: made.count,
      matches: pairs, discarded: nil, tiedUnits: nil)
  }
}
