import NumericalMethods
import Primitives
import Statistics

/// What is left of each row when a hazard model is fitted.
extension EstimationRequest {
  /// The linear predictor and martingale and deviance residuals of each row; score residuals, dfbeta and Schoenfeld's
  /// by coefficient, which exact ties do not have.
  func residuals(of model: CoxModel) throws(EstimationError) -> [ResultItem] {
    var table = ResultTable()
    table.add("row", (0..<rowCount).map { fileRow(of: $0) }, title: .rowOfFile)
    table.add(
      "linearPredictor", model.linearPredictor, title: LocalizedText("linear predictor", nl: "lineaire voorspeller"))
    table.add("martingale", model.martingaleResiduals, title: LocalizedText("martingale", nl: "martingaal"))
    table.add("deviance", model.devianceResiduals, title: LocalizedText("deviance", nl: "deviantie"))
    var items = [ResultItem("residuals", .table(table), title: LocalizedText("Residuals", nl: "Residuen"))]
    guard model.ties != .exact else { return items }
    let (scores, shifts) = try run { () throws(StatisticsError) in (try model.scoreResiduals(), try model.dfbeta()) }
    let schoenfeld = model.schoenfeldResiduals
    let everyRow = Array(0..<rowCount)
    for (key, values, rows, title) in [
      ("scoreResiduals", scores, everyRow, LocalizedText("Score residuals", nl: "Scoreresiduen")),
      (
        "dfbeta", shifts, everyRow,
        LocalizedText("Change of the coefficients by each row", nl: "Verandering van de coëfficiënten door elke rij")
      ),
      (
        "schoenfeld", schoenfeld.values, schoenfeld.rows,
        LocalizedText("Schoenfeld residuals", nl: "Residuen van Schoenfeld")
      ),
      (
        "scaledSchoenfeld", schoenfeld.scaled, schoenfeld.rows,
        LocalizedText("Scaled Schoenfeld residuals", nl: "Geschaalde residuen van Schoenfeld")
      ),
    ] {
      var table = ResultTable()
      table.add("row", rows.map { fileRow(of: $0) }, title: .rowOfFile)
      if key.hasSuffix("choenfeld") { table.add("time", schoenfeld.times) }
      for (position, name) in model.names.enumerated() {
        table.add(name, values.column(position), title: LocalizedText(name))
      }
      items.append(ResultItem(key, .table(table), title: title))
    }
    return items
  }
}
