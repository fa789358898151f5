import CClp

/// A linear programme: a cost to make small over variables with bounds, tied by equations and inequalities.
///
/// Solved with the simplex method of COIN-OR Clp.
struct LinearProgram {
  private(set) var lower: [Double] = []
  private(set) var upper: [Double] = []
  private(set) var cost: [Double] = []
  private var entries: [[(row: Int32, coefficient: Double)]] = []
  private var rowLower: [Double] = []
  private var rowUpper: [Double] = []

  /// An end of an interval, reached or without limit.
  enum Extreme {
    case value(Double, solution: [Double])
    case unbounded
  }

  mutating func addVariable(_ lower: Double, _ upper: Double, cost: Double = 0) -> Int {
    self.lower.append(lower)
    self.upper.append(upper)
    self.cost.append(cost)
    entries.append([])
    return entries.count - 1
  }

  /// Ties variables: their weighted sum lies between two bounds.
  mutating func addRow(_ terms: [(variable: Int, coefficient: Double)], _ lower: Double, _ upper: Double) {
    let row = Int32(rowLower.count)
    rowLower.append(lower)
    rowUpper.append(upper)
    for term in terms { entries[term.variable].append((row, term.coefficient)) }
  }

  /// The values of the variables at the smallest cost; nil when the solver found no answer.
  func minimised() -> [Double]? {
    withModel { model in
      _ = Clp_dual(model, 0)
      return Clp_status(model) == 0 ? solution(of: model) : nil
    }
  }

  /// The smallest and the largest value that a variable can have; nil when the solver found no answer.
  ///
  /// - Parameter isEnough: given the largest value, whether the smallest need not be sought; it is then the start.
  func extremes(of variable: Int, start: Double, isEnough: (Double) -> Bool) -> (least: Extreme, most: Extreme)? {
    withModel { model in
      func extreme(_ direction: Double) -> Extreme? {
        var objective = [Double](repeating: 0, count: entries.count)
        objective[variable] = direction
        Clp_chgObjCoefficients(model, objective)
        _ = Clp_primal(model, 0)
        switch Clp_status(model) {
        case 0:
          let values = solution(of: model)
          return .value(values[variable], solution: values)
        case 2: return .unbounded
        default: return nil
        }
      }
      guard let most = extreme(-1) else { return nil }
      if case .value(let value, let solution) = most, isEnough(value) {
        return (.value(start, solution: solution), most)
      }
      return extreme(1).map { ($0, most) }
    }
  }

  private func solution(of model: UnsafeMutableRawPointer) -> [Double] {
    Array(UnsafeBufferPointer(start: Clp_getColSolution(model), count: entries.count))
  }

  private func withModel<Result>(_ body: (UnsafeMutableRawPointer) -> Result?) -> Result? {
    guard let model = Clp_newModel() else { return nil }
    defer { Clp_deleteModel(model) }
    Clp_setLogLevel(model, 0)
    var starts: [Int32] = [0]
    var rows: [Int32] = []
    var coefficients: [Double] = []
    for column in entries {
      for entry in column {
        rows.append(entry.row)
        coefficients.append(entry.coefficient)
      }
      starts.append(Int32(rows.count))
    }
    // Clp reads "no bound" from numbers of this size.
    let bounded = { (value: Double) in max(-1e300, min(1e300, value)) }
    Clp_loadProblem(
      model, Int32(entries.count), Int32(rowLower.count), starts, rows, coefficients, lower.map(bounded),
      upper.map(bounded), cost, rowLower.map(bounded), rowUpper.map(bounded))
    return body(model)
  }
}
