/// Why a numerical method has no answer.
public enum NumericalMethodsError: Error, Hashable, Sendable {
  /// The function has the same sign at both ends of the interval.
  case rootNotBracketed(lower: Double, upper: Double)
  /// The function gave NaN or an infinity where a finite value was needed.
  case notFinite(method: String)
  /// The iterations ran out.
  case notConverged(method: String, iterations: Int)
  /// An arc or supply names a node that is not there, or a capacity is negative.
  case invalidArc(index: Int)
  /// What the nodes supply and demand does not add up to 0.
  case unbalancedSupplies(sum: Int)
  /// The arcs cannot carry the supplies.
  case infeasibleFlow
  case outOfMemory(method: String)
}

extension NumericalMethodsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .rootNotBracketed(let lower, let upper):
      "the function has the same sign at \(lower) and \(upper); give an interval in which it crosses zero"
    case .notFinite(let method):
      "\(method) met a value that is not a finite number; check the data for extreme values or rescale them"
    case .notConverged(let method, let iterations):
      "\(method) did not converge in \(iterations) iterations; rescale the data or allow more"
    case .invalidArc(let index):
      "arc \(index) has an end that is not a node or a negative capacity; number nodes from 0"
    case .unbalancedSupplies(let sum):
      "the supplies add up to \(sum); what goes in must come out, so they must add up to 0"
    case .infeasibleFlow: "the arcs cannot carry the supplies; add arcs or raise capacities"
    case .outOfMemory(let method): "\(method) needs more memory than there is; use fewer arcs"
    }
  }
}
