import Primitives
import Tables

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Computes expressions over the rows of a table.
struct ExpressionEvaluation {
  let table: Table
  let option: String

  func value(_ expression: Expression) throws(EstimationError) -> ExpressionValue {
    switch expression {
    case .number(let number): return .number(number)
    case .text(let text): return .text(text)
    case .group(let inner): return try value(inner)
    case .column(let name):
      guard let column = table[name] else {
        if name == "TRUE" || name == "FALSE" { return .number(name == "TRUE" ? 1 : 0) }
        throw .unknownColumn(option: option, name: name, near: nearest(to: name, in: table.names))
      }
      return Self.value(of: column)
    case .unary(let sign, let inner):
      let operand = try value(inner)
      return sign == "!"
        ? .truths(try map(operand) { $0.isNaN ? $0 : $0 == 0 ? 1 : 0 }) : try same(operand) { -$0 }
    case .binary(let sign, let left, let right): return try binary(sign, try value(left), try value(right))
    case .call(let name, let arguments): return try call(name, arguments)
    }
  }

  /// The values of a column of a table; days are counted from 1970-01-01, months from January of the year 0.
  static func value(of column: Column) -> ExpressionValue {
    switch column {
    case .numbers(let numbers): .numbers(numbers)
    case .integers(let integers): .numbers(integers.map { $0.map(Double.init) ?? .nan })
    case .dates(let dates): .numbers(dates.days.map { $0 == DateColumn.missing ? .nan : Double($0) })
    case .months(let months): .numbers(months.indices.map { $0 == MonthColumn.missing ? .nan : Double($0) })
    case .categories(let categories):
      Set(categories.levels).isSubset(of: ["TRUE", "FALSE"])
        ? .truths(categories.codes.map { $0 < 0 ? .nan : categories.levels[Int($0)] == "TRUE" ? 1 : 0 })
        : .categories(codes: categories.codes, levels: categories.levels)
    case .texts, .lists: texts(column)
    }
  }

  private static func texts(_ column: Column) -> ExpressionValue {
    var builder = ColumnBuilder(.categories)
    for row in 0..<column.count {
      let value = column[row]
      builder.append(value.isMissing ? .missing : .text(value.canonicalText))
    }
    guard case .categories(let categories) = builder.finish() else { return .numbers([]) }
    return .categories(codes: categories.codes, levels: categories.levels)
  }

  private func refused(_ problem: EstimationError.FormulaProblem) -> EstimationError {
    .formulaRefused(option: option, position: 1, problem: problem)
  }

  /// One number for each row, or one in all.
  private func map(_ value: ExpressionValue, _ body: (Double) -> Double) throws(EstimationError) -> [Double] {
    switch value {
    case .numbers(let numbers), .truths(let numbers), .numberList(let numbers): numbers.map(body)
    case .number(let number): [Double](repeating: body(number), count: table.rowCount)
    case .categories, .text, .textList: throw refused(.textWhereNumberNeeded)
    }
  }

  private func same(_ value: ExpressionValue, _ body: (Double) -> Double) throws(EstimationError) -> ExpressionValue {
    if case .number(let number) = value { return .number(body(number)) }
    return .numbers(try map(value, body))
  }

  private func binary(
    _ sign: String, _ left: ExpressionValue, _ right: ExpressionValue
  ) throws(EstimationError) -> ExpressionValue {
    if ["==", "!=", "%in%"].contains(sign), let found = textComparison(left, right) ?? textComparison(right, left) {
      return .truths(sign == "!=" ? found.map { $0.isNaN ? $0 : 1 - $0 } : found)
    }
    if sign == "%in%" {
      let wanted: [Double]
      switch right {
      case .numberList(let list): wanted = list
      case .number(let number): wanted = [number]
      default: throw refused(.wrongArguments(function: "%in%"))
      }
      return .truths(try map(left) { $0.isNaN ? $0 : wanted.contains($0) ? 1 : 0 })
    }
    let body: (Double, Double) -> Double
    func truth(_ test: @escaping (Double, Double) -> Bool) -> (Double, Double) -> Double {
      { $0.isNaN || $1.isNaN ? .nan : test($0, $1) ? 1 : 0 }
    }
    var isTruth = true
    switch sign {
    case "==": body = truth { $0 == $1 }
    case "!=": body = truth { $0 != $1 }
    case "<": body = truth { $0 < $1 }
    case "<=": body = truth { $0 <= $1 }
    case ">": body = truth { $0 > $1 }
    case ">=": body = truth { $0 >= $1 }
    case "&": body = { $0 == 0 || $1 == 0 ? 0 : $0.isNaN || $1.isNaN ? .nan : 1 }
    case "|": body = { ($0 != 0 && !$0.isNaN) || ($1 != 0 && !$1.isNaN) ? 1 : $0.isNaN || $1.isNaN ? .nan : 0 }
    default:
      isTruth = false
      switch sign {
      case "+": body = { $0 + $1 }
      case "-": body = { $0 - $1 }
      case "*": body = { $0 * $1 }
      case "/": body = { $0 / $1 }
      default: body = { $1 == 2 ? $0 * $0 : pow($0, $1) }
      }
    }
    if case .number(let a) = left, case .number(let b) = right { return .number(body(a, b)) }
    let result: [Double]
    if case .number(let b) = right {
      result = try map(left) { body($0, b) }
    } else if case .number(let a) = left {
      result = try map(right) { body(a, $0) }
    } else {
      let (a, b) = (try map(left) { $0 }, try map(right) { $0 })
      result = zip(a, b).map { body($0, $1) }
    }
    return isTruth ? .truths(result) : .numbers(result)
  }

  /// Which rows of a column of texts are one of the texts on the other side.
  private func textComparison(_ left: ExpressionValue, _ right: ExpressionValue) -> [Double]? {
    let wanted: Set<String>
    switch right {
    case .text(let text): wanted = [text]
    case .textList(let texts): wanted = Set(texts)
    default: return nil
    }
    switch left {
    case .categories(let codes, let levels):
      let found = levels.map { wanted.contains($0) ? 1.0 : 0.0 }
      return codes.map { $0 < 0 ? .nan : found[Int($0)] }
    case .truths(let truths):
      return truths.map { $0.isNaN ? $0 : wanted.contains($0 == 0 ? "FALSE" : "TRUE") ? 1 : 0 }
    case .numbers(let numbers): return numbers.map { $0.isNaN ? $0 : wanted.contains(plain($0)) ? 1 : 0 }
    default: return nil
    }
  }

  private func call(_ name: String, _ arguments: [Expression.Argument]) throws(EstimationError) -> ExpressionValue {
    func wrong() -> EstimationError { refused(.wrongArguments(function: name)) }
    if let function = ExpressionFunction.elementwise[name] {
      guard arguments.count == 1 else { throw wrong() }
      return try same(try value(arguments[0].value), function)
    }
    switch name {
    case "I", "factor", "offset":
      guard let first = arguments.first else { throw wrong() }
      return try value(first.value)
    case "c": return try list(arguments, wrong())
    case "ifelse":
      guard arguments.count == 3 else { throw wrong() }
      let test = try map(try value(arguments[0].value)) { $0 }
      let (yes, no) = (
        try map(try value(arguments[1].value)) { $0 }, try map(try value(arguments[2].value)) { $0 }
      )
      return .numbers(test.indices.map { test[$0].isNaN ? .nan : test[$0] != 0 ? yes[$0] : no[$0] })
    case "min", "max", "pmin", "pmax":
      guard arguments.count >= 2 else { throw wrong() }
      var result = try map(try value(arguments[0].value)) { $0 }
      for argument in arguments.dropFirst() {
        let other = try map(try value(argument.value)) { $0 }
        for i in result.indices {
          let (a, b) = (result[i], other[i])
          result[i] = a.isNaN || b.isNaN ? .nan : name.hasSuffix("min") ? Swift.min(a, b) : Swift.max(a, b)
        }
      }
      return .numbers(result)
    default: throw wrong()
    }
  }

  private func list(
    _ arguments: [Expression.Argument], _ wrong: EstimationError
  ) throws(EstimationError) -> ExpressionValue {
    var numbers: [Double] = []
    var texts: [String] = []
    for argument in arguments {
      switch try value(argument.value) {
      case .number(let number): numbers.append(number)
      case .text(let text): texts.append(text)
      default: throw wrong
      }
    }
    guard numbers.isEmpty || texts.isEmpty else { throw wrong }
    return texts.isEmpty ? .numberList(numbers) : .textList(texts)
  }
}
