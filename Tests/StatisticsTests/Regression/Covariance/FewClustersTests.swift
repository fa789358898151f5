import NumericalMethods
import Statistics
import Testing

/// Results with clustered errors say how many clusters they rest on.
@Suite struct FewClustersTests {
  @Test func `a fit knows its clusters, and that they are few`() throws {
    var random = CounterGenerator(seed: 2)
    let x = (0..<120).map { _ in random.normal() }
    let y = x.map { $0 + random.normal() }
    let fit = try LinearRegression(ModelMatrix([("x", x)]), response: y)
    let few = Clusters(labels: (0..<120).map { $0 % 12 })
    let many = Clusters(labels: (0..<120).map { $0 % 60 })
    #expect(try fit.estimates(.hc1).clusterCounts == [] && !fit.estimates(.hc1).hasFewClusters)
    let one = try fit.estimates(.clustered(.cr1), clusters: [few])
    #expect(one.clusterCounts == [12] && one.hasFewClusters)
    let enough = try fit.estimates(.clustered(.cr1), clusters: [many])
    #expect(enough.clusterCounts == [60] && !enough.hasFewClusters)
    let both = try fit.estimates(.clustered(.cr1), clusters: [many, few])
    #expect(both.clusterCounts == [60, 12] && both.hasFewClusters)
    let absorbed = try AbsorbedRegression(ModelMatrix([("x", x)]), response: y, absorbing: [few])
    #expect(try absorbed.estimates(.clustered(.cr1), clusters: [many]).clusterCounts == [60])
  }
}
