import NumericalMethods

/// The columns of a two-way regression, sorted by unit and period: numbers for some, one code a row for indicators.
///
/// An event study has a column for each time before and after the treatment, but each row has a one in at most one of
/// them. Kept as codes they cost four bytes a row.
struct TwoWayDesign: Sendable {
  let panel: Panel
  let names: [String]
  /// For each column whether it is numeric, and its number among those of its kind.
  let places: [(isNumeric: Bool, number: Int)]
  let numeric: [[Double]]
  /// For each factor, one code a row: the number of the indicator, or −1 for none.
  let indicators: [[Int32]]
  let indicatorCount: Int
  let response: [Double]
  /// nil when all rows count once.
  let weights: [Double]?
  /// Whether the weights of all rows of a unit are equal.
  let weightsBelongToUnits: Bool

  init(
    _ panel: Panel, _ regressors: ModelMatrix, response: [Double], weights: [Double]?
  ) throws(StatisticsError) {
    self.panel = panel
    names = regressors.names
    var places: [(Bool, Int)] = []
    var numeric: [[Double]] = []
    var indicators: [[Int32]] = []
    var count = 0
    for (number, term) in regressors.terms.enumerated() {
      let columns = regressors.columns(ofTerm: number)
      if case .factor(_, let codes, let levels, let reference) = term, columns.count == term.columnCount {
        var numberOfLevel = [Int32](repeating: -1, count: levels.count)
        for level in levels.indices where level != reference {
          numberOfLevel[level] = Int32(count)
          places.append((false, count))
          count += 1
        }
        indicators.append(panel.sorted(codes.map { numberOfLevel[Int($0)] }))
      } else {
        for column in columns {
          places.append((true, numeric.count))
          numeric.append(panel.sorted(regressors.column(column)))
        }
      }
    }
    self.places = places
    self.numeric = numeric
    self.indicators = indicators
    indicatorCount = count
    self.response = panel.sorted(response)
    let sortedWeights = weights.map { panel.sorted($0) }
    self.weights = sortedWeights
    weightsBelongToUnits =
      sortedWeights.map { weights in
        (0..<panel.unitCount).allSatisfy { unit in
          let rows = panel.starts[unit]..<panel.starts[unit + 1]
          return rows.allSatisfy { weights[$0] == weights[rows.lowerBound] }
        }
      } ?? true
  }

  var rowCount: Int { panel.rowCount }
  var periodCount: Int { panel.periods.count }
  /// Columns of the indicators of periods, of factors, then numeric ones.
  var sparseCount: Int { periodCount + indicatorCount }

  /// The position of a column of the regressors among period indicators, indicators and numeric columns.
  func position(_ column: Int) -> Int {
    let place = places[column]
    return place.isNumeric ? sparseCount + place.number : periodCount + place.number
  }
}
