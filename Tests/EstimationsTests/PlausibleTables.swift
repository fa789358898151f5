import Estimations
import Primitives

extension RandomTables {
  /// A table with which the example of a method gives an estimate: 120 rows, columns as their names mean.
  static func plausibleText(for method: any EstimationMethod, _ settings: [String: String], seed: Int) -> String {
    let columns = columns(of: method, settings)
    var random = SeededGenerator(seed: UInt64(seed), stream: 17)
    var text = columns.map { "\"\($0)\"" }.joined(separator: ",") + ",row,fifth\n"
    for row in 0..<120 {
      text += columns.map { cell($0, row, method.id, &random) }.joined(separator: ",") + ",\(row),\(row % 5)\n"
    }
    return text
  }

  private static func cell(_ column: String, _ row: Int, _ method: String, _ random: inout SeededGenerator) -> String {
    let u = random.uniform()
    // Six rows a person; two for the method that compares two periods.
    let length = method == "difference-in-differences" ? 2 : 6
    let (person, period) = (row / length, row % length + 1)
    switch column {
    case "person", "id": return "\(method == "state-occupation" ? row : person)"
    case "month", "year": return "\(method == "interrupted-time-series" ? row + 1 : period)"
    case "start": return "\([0, 3, 5][person % 3])"
    case "programme": return "\(person % 2)"
    case "treated" where method == "two-way-fixed-effects": return person % 2 == 1 && period > 3 ? "1" : "0"
    case "arm", "treat", "treated", "employed", "event", "sex", "married", "nodegree", "work", "work0", "work1":
      return u < 0.5 ? "0" : "1"
    case "race", "region", "education", "code", "rater1", "rater2": return ["x", "y", "z"][Int(u * 3)]
    case "anna", "ben", "chris": return "\(1 + Int(u * 4))"
    case "good": return "\(row % 3)"
    case "fair": return "\(2 - row % 3)"
    case "poor": return "1"
    case "coder": return row % 2 == 0 ? "A" : "B"
    case "from": return "\(row / 2 * 30)"
    case "to": return method == "state-occupation" ? "\(Int(u * 3))" : "\(row / 2 * 30 + 10 + Int(u * 15))"
    case "entry": return "0"
    case "days", "stop", "months": return "\(1 + Int(u * 900))"
    case "cause": return "\(Int(u * 3))"
    case "municipality": return "\(row % 12)"
    case "moves", "visits": return "\(Int(u * 6))"
    case "people": return "\(40 + row)"
    case "placed": return "\(10 + Int(u * 20))"
    case "years", "se", "p": return "\(0.1 + u / 2)"
    case "low": return "1.2"
    case "rr": return "2"
    case "high": return "3.1"
    case "name", "strategy", "term": return "n\(row)"
    case "age", "educ": return "\(18 + Int(u * 40))"
    default: return "\(u * 10)"
    }
  }
}
