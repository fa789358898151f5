import Estimations

/// A number of a result; nil when there is none.
func number(_ value: ResultValue?) -> Double? {
  switch value {
  case .number(let number): number
  case .whole(let count): Double(count)
  default: nil
  }
}

/// The numbers of a column of a table.
func numbers(_ value: ResultValue?, _ key: String) -> [Double?] {
  guard case .table(let table)? = value, let column = table.columns.first(where: { $0.key == key }) else { return [] }
  return switch column.values {
  case .numbers(let numbers): numbers
  case .wholes(let wholes): wholes.map { Double($0) }
  case .texts, .sentences: []
  }
}

/// The texts of a column of a table.
func texts(_ value: ResultValue?, _ key: String) -> [String] {
  guard case .table(let table)? = value, let column = table.columns.first(where: { $0.key == key }),
    case .texts(let texts) = column.values
  else { return [] }
  return texts
}
