/// Reads expressions with the precedence of R: `|`, `&`, `!`, comparisons, `+ -`, `* /`, signs, `^`.
struct ExpressionParser {
  var scanner: FormulaScanner

  /// Reads a text that is one expression.
  static func parse(_ text: String, option: String) throws(EstimationError) -> Expression {
    var parser = ExpressionParser(scanner: try FormulaScanner(text, option: option))
    let expression = try parser.expression()
    guard parser.scanner.token == .end else { throw parser.scanner.unexpected() }
    return expression
  }

  mutating func expression() throws(EstimationError) -> Expression {
    var left = try conjunction()
    while try scanner.take("|") { left = .binary("|", left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(EstimationError) -> Expression {
    var left = try negation()
    while try scanner.take("&") { left = .binary("&", left, try negation()) }
    return left
  }

  private mutating func negation() throws(EstimationError) -> Expression {
    if try scanner.take("!") { return .unary("!", try negation()) }
    let left = try sum()
    for sign in ["==", "!=", "<=", ">=", "<", ">", "%in%"] where try scanner.take(sign) {
      return .binary(sign, left, try sum())
    }
    return left
  }

  private mutating func sum() throws(EstimationError) -> Expression {
    var left = try product()
    while true {
      if try scanner.take("+") {
        left = .binary("+", left, try product())
      } else if try scanner.take("-") {
        left = .binary("-", left, try product())
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(EstimationError) -> Expression {
    var left = try signed()
    while true {
      if try scanner.take("*") {
        left = .binary("*", left, try signed())
      } else if try scanner.take("/") {
        left = .binary("/", left, try signed())
      } else {
        return left
      }
    }
  }

  private mutating func signed() throws(EstimationError) -> Expression {
    if try scanner.take("-") { return .unary("-", try signed()) }
    if try scanner.take("+") { return try signed() }
    let base = try primary()
    return try scanner.take("^") ? .binary("^", base, try signed()) : base
  }

  private mutating func primary() throws(EstimationError) -> Expression {
    switch scanner.token {
    case .number(let number):
      try scanner.advance()
      return .number(number)
    case .text(let text):
      try scanner.advance()
      return .text(text)
    case .name(let name):
      try scanner.advance()
      guard try scanner.take("(") else { return .column(name) }
      return try call(name)
    case .sign("("):
      try scanner.advance()
      let inner = try expression()
      try scanner.expect(")")
      return .group(inner)
    default: throw scanner.unexpected()
    }
  }

  /// The arguments of a function whose name and opening parenthesis were read.
  mutating func call(_ name: String) throws(EstimationError) -> Expression {
    guard ExpressionFunction.names.contains(name) else {
      throw scanner.refused(.unknownFunction(name, near: nearest(to: name, in: ExpressionFunction.names)))
    }
    var arguments: [Expression.Argument] = []
    while try !scanner.take(")") {
      if !arguments.isEmpty { try scanner.expect(",") }
      let value = try expression()
      if case .column(let label) = value, try scanner.take("=") {
        arguments.append(Expression.Argument(name: label, value: try expression()))
      } else {
        arguments.append(Expression.Argument(name: nil, value: value))
      }
    }
    return .call(name, arguments)
  }
}
