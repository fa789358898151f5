/// Why nothing could be protected. No case holds a count of people.
public enum DisclosureControlError: Error, Hashable, Sendable {
  case invalidPolicy(String)
  /// A table whose rows of cells do not match its labels, or whose labels or id occur twice.
  case malformedTable(id: String, reason: String)
  case negativeCount(CellID)
  case unknownCell(CellID)
  /// The counts that a relation ties do not add up.
  case relationDoesNotHold(AdditiveRelation)
  /// The relations alone tell the value of this cell, whatever else is left out.
  case cannotBeProtected(CellID)
  case malformedCurve(id: String, reason: String)
  /// The linear programme solver gave no answer for the cells around this one.
  case solverFailed(CellID)
}

extension DisclosureControlError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .invalidPolicy(let reason):
      "The disclosure policy cannot be used: \(reason). Correct the policy."
    case .malformedTable(let id, let reason):
      "Table '\(id)' cannot be protected: \(reason)."
    case .negativeCount(let cell):
      "\(cell) holds a negative count of people. Count again."
    case .unknownCell(let cell):
      "A relation names \(cell), which is in none of the tables. Add the table or correct the relation."
    case .relationDoesNotHold(let relation):
      "The counts do not add up: \(relation). Correct the counts or the relation."
    case .cannotBeProtected(let cell):
      "\(cell) follows from the relations alone. Take the cell or a relation out, or merge categories."
    case .malformedCurve(let id, let reason):
      "Curve '\(id)' cannot be protected: \(reason)."
    case .solverFailed(let cell):
      "The audit of what can be inferred about \(cell) gave no answer. Print fewer tables together."
    }
  }
}
