/// Two sums of cells that are equal, within one table or across tables.
///
/// An attacker knows every relation, so each one that follows from the meaning of the tables must be declared.
public struct AdditiveRelation: Hashable, Sendable {
  public let left: [CellID]
  public let right: [CellID]

  /// The sum of the cells on the left is the sum of the cells on the right.
  public init(left: [CellID], right: [CellID]) {
    self.left = left
    self.right = right
  }

  /// A total and the parts that make it up.
  public init(total: CellID, parts: [CellID]) { self.init(left: [total], right: parts) }

  /// A stock that changes: closing = opening + inflows − outflows.
  public init(opening: CellID, inflows: [CellID], outflows: [CellID], closing: CellID) {
    self.init(left: [closing] + outflows, right: [opening] + inflows)
  }

  /// One count that stands in two places; it is printed in both or in neither.
  public static func same(_ first: CellID, _ second: CellID) -> AdditiveRelation {
    AdditiveRelation(left: [first], right: [second])
  }
}

extension AdditiveRelation: CustomStringConvertible {
  public var description: String {
    [left, right].map { side in
      let named = side.prefix(6).map(\.description).joined(separator: " + ")
      return side.count > 6 ? named + " + \(side.count - 6) more" : named
    }.joined(separator: " = ")
  }
}
