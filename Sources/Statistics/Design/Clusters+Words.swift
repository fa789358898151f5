import Primitives

extension LocalizedText {
  /// How many clusters each way of clustering has, in words: `12 and 30 clusters`.
  static func clusters(_ ways: [Clusters]) -> LocalizedText { clusters(ways.map(\.count)) }

  static func clusters(_ counts: [Int]) -> LocalizedText {
    let numbers = counts.map(String.init)
    let noun = counts == [1] ? "cluster" : "clusters"
    return LocalizedText(
      numbers.joined(separator: " and ") + " " + noun, nl: numbers.joined(separator: " en ") + " " + noun)
  }
}
