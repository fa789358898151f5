import NumericalMethods
import Statistics
import TestSupport
import Testing

/// The castle doctrine panel of 50 states in 11 years against fixest 0.11.1.
@Suite(.enabled(if: ReferenceCase.isPresent, "the shared reference material is not on this machine"))
struct AbsorbedReferenceTests {
  @Test func castleDoctrine() throws {
    let reference = try ReferenceCase("D08")
    let table = try reference.table("castle")
    let (state, year) = (Clusters(labels: table.wholeNumbers("sid")), Clusters(labels: table.wholeNumbers("year")))
    let cases: [(String, [String], [Double]?, CovarianceConvention)] = [
      ("twfe", ["post"], nil, .clustered(.cr1SmallestCount)),
      ("twfe_w", ["post"], table.numbers("popwt"), .clustered(.cr1SmallestCount)),
      ("twfe_cov", ["post", "unemployrt", "poverty"], nil, .clustered(.cr1SmallestCount)),
      ("twfe_hc1", ["post"], nil, .hc1), ("twfe_iid", ["post"], nil, .classical),
    ]
    for (name, columns, weights, convention) in cases {
      let expected = reference.results[name]
      let model = try AbsorbedRegression(
        ModelMatrix(columns.map { ($0, table.numbers($0)) }), response: table.numbers("l_homicide"),
        absorbing: [state, year], weights: weights)
      let estimates = try model.estimates(convention, clusters: convention.isClustered ? [state] : [])
      reference.expect(Double(model.observations), expected["n"], "\(name) n")
      reference.expect(model.withinRSquared, expected["r2_within"], "\(name) within")
      for (i, column) in columns.enumerated() {
        reference.expect(estimates.values[i], expected["coef"][column], "\(name) \(column)")
        reference.expect(estimates.standardErrors[i], expected["se"][column], "\(name) \(column) error")
      }
    }
  }

  @Test func castleDoctrineByTimeToAdoption() throws {
    let reference = try ReferenceCase("D08")
    let table = try reference.table("castle")
    let (state, year) = (Clusters(labels: table.wholeNumbers("sid")), Clusters(labels: table.wholeNumbers("year")))
    let years = table.wholeNumbers("year")
    let relative = table["g"]!.indices.map { i -> Int in
      guard let text = table["g"]![i], let adopted = Double(text), adopted > 0 else { return -1000 }
      return years[i] - Int(adopted)
    }
    // As i(rel, ref = c(-1, -1000)): both are left out.
    let levels = Set(relative).subtracting([-1, -1000]).sorted()
    let columns = levels.map { level in
      (name: "rel::\(level)", values: relative.map { $0 == level ? 1.0 : 0 })
    }
    let expected = reference.results["event_study"]
    let model = try AbsorbedRegression(
      ModelMatrix(columns), response: table.numbers("l_homicide"), absorbing: [state, year])
    let estimates = try model.estimates(.clustered(.cr1SmallestCount), clusters: [state])
    #expect(estimates.names.sorted() == expected["coef"].names)
    for (i, name) in estimates.names.enumerated() {
      reference.expect(estimates.values[i], expected["coef"][name], name)
      reference.expect(estimates.standardErrors[i], expected["se"][name], "\(name) error")
    }
  }
}

extension CovarianceConvention {
  fileprivate var isClustered: Bool { if case .clustered = self { true } else { false } }
}
