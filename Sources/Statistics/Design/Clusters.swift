import NumericalMethods

/// Which rows belong together: one person's, one household's, one municipality's.
public struct Clusters: Hashable, Sendable {
  /// n positions in 0..<count.
  public let codes: [Int32]
  /// How many clusters there are; each has at least one row.
  public let count: Int

  /// With fewer clusters than this, clustered errors without a correction for bias tend to be too small and tests
  /// reject too often; what is few depends on how unequal the clusters are (Cameron and Miller 2015, section VI,
  /// doi:10.3368/jhr.50.2.317). CR2 with Satterthwaite's degrees of freedom, or a bootstrap of whole clusters, does better.
  public static let fewest = 40

  /// - Parameter labels: n labels; equal labels are one cluster, numbered in ascending order.
  public init(labels: [Int]) {
    let (number, count) = denseNumbers(labels)
    codes = number
    self.count = count
  }

  /// - Parameter texts: n labels; equal labels are one cluster, numbered as they first appear.
  public init(texts: [String]) {
    var numbers: [String: Int32] = [:]
    codes = texts.map { text in
      if let number = numbers[text] { return number }
      let number = Int32(numbers.count)
      numbers[text] = number
      return number
    }
    count = numbers.count
  }

  /// Every row for itself.
  public init(each rows: Int) {
    codes = (0..<Int32(rows)).map { $0 }
    count = rows
  }

  /// Rows are together when they are together in both.
  public func intersection(_ other: Clusters) -> Clusters {
    precondition(codes.count == other.codes.count, "both divide the same rows")
    return Clusters(labels: zip(codes, other.codes).map { Int($0) * other.count + Int($1) })
  }

  /// Whether every cluster of this lies within one cluster of the other.
  public func isNested(in other: Clusters) -> Bool {
    precondition(codes.count == other.codes.count, "both divide the same rows")
    var parent = [Int32](repeating: -1, count: count)
    for i in codes.indices {
      let code = Int(codes[i])
      if parent[code] < 0 { parent[code] = other.codes[i] }
      if parent[code] != other.codes[i] { return false }
    }
    return true
  }

  public func selecting(rows: [Int]) -> Clusters { Clusters(labels: rows.map { Int(codes[$0]) }) }
}
