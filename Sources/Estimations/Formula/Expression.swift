/// An expression of columns, such as `log(income)` or `status == 2`.
indirect enum Expression: Hashable, Sendable {
  case number(Double)
  case text(String)
  case column(String)
  case unary(String, Expression)
  case binary(String, Expression, Expression)
  case call(String, [Argument])
  /// In parentheses, which its name keeps.
  case group(Expression)

  struct Argument: Hashable, Sendable {
    var name: String?
    var value: Expression
  }

  /// The columns it uses, each once, in order.
  var columns: [String] {
    var names: [String] = []
    collect(into: &names)
    return names
  }

  private func collect(into names: inout [String]) {
    switch self {
    case .number, .text: break
    case .column(let name): if !names.contains(name) { names.append(name) }
    case .unary(_, let inner), .group(let inner): inner.collect(into: &names)
    case .binary(_, let left, let right):
      left.collect(into: &names)
      right.collect(into: &names)
    case .call(_, let arguments): for argument in arguments { argument.value.collect(into: &names) }
    }
  }

  /// The expression written as R writes it: `I(age^2)`, `log(x + 1)`, `a > 3`.
  var label: String {
    switch self {
    case .number(let number): plain(number)
    case .text(let text): "\"\(text)\""
    case .column(let name): name
    case .unary(let sign, let inner): sign + inner.label
    case .group(let inner): "(\(inner.label))"
    case .binary(let sign, let left, let right):
      sign == "^" || sign == ":" ? left.label + sign + right.label : "\(left.label) \(sign) \(right.label)"
    case .call(let name, let arguments):
      "\(name)(" + arguments.map { ($0.name.map { $0 + " = " } ?? "") + $0.value.label }.joined(separator: ", ") + ")"
    }
  }
}

/// A number with the fewest digits that give it back, without `.0`.
func plain(_ number: Double) -> String {
  number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
}
