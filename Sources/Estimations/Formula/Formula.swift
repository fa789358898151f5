/// A model as people write it: `income ~ age + factor(region) + age:sex + offset(log(months)) - 1`.
///
/// As in R: `a:b` is an interaction, `a*b` is `a + b + a:b`, `a/b` is `a + a:b`, `(a + b)^2` has all interactions of
/// two, `.` is every other column, `-` takes a term out, `0` and `- 1` the constant. Terms come by their number of
/// variables, then in the order written.
struct Formula: Hashable, Sendable {
  /// What is modelled; nil when there is only a right side.
  var response: Expression?
  /// The variables of each term; a term of several is their interaction.
  var terms: [[Expression]]
  var hasIntercept: Bool
  var offsets: [Expression]

  /// - Parameters:
  ///   - columns: what `.` stands for.
  ///   - needsResponse: true for `response ~ terms`, false for terms alone.
  init(_ text: String, option: String, columns: [String], needsResponse: Bool) throws(EstimationError) {
    var parser = FormulaParser(scanner: try FormulaScanner(text, option: option), columns: columns)
    self = try parser.formula()
    guard parser.scanner.token == .end else { throw parser.scanner.unexpected() }
    if needsResponse, response == nil { throw .formulaRefused(option: option, position: 1, problem: .noResponse) }
    if !needsResponse, response != nil {
      throw .formulaRefused(option: option, position: 1, problem: .responseNotAllowed)
    }
  }

  init(response: Expression?, terms: [[Expression]], hasIntercept: Bool, offsets: [Expression]) {
    self.response = response
    self.terms = terms
    self.hasIntercept = hasIntercept
    self.offsets = offsets
  }

  /// The columns it uses, each once.
  var columns: [String] {
    var names: [String] = []
    for expression in [response].compactMap(\.self) + terms.flatMap(\.self) + offsets {
      for name in expression.columns where !names.contains(name) { names.append(name) }
    }
    return names
  }
}

/// Reads the right side of a formula into terms.
private struct FormulaParser {
  /// A part of a formula while it is being read.
  private struct Part {
    var terms: [[Expression]] = []
    var offsets: [Expression] = []
    /// nil when the part says nothing of the constant.
    var intercept: Bool?

    mutating func insert(_ term: [Expression]) {
      if !terms.contains(where: { Set($0) == Set(term) }) { terms.append(term) }
    }
  }

  var scanner: FormulaScanner
  let columns: [String]
  private var response: Expression?

  init(scanner: FormulaScanner, columns: [String]) {
    self.scanner = scanner
    self.columns = columns
  }

  mutating func formula() throws(EstimationError) -> Formula {
    if try !scanner.take("~") {
      let start = scanner
      // Only an expression that a tilde follows is a response.
      var parser = ExpressionParser(scanner: scanner)
      if let found = try? parser.expression(), parser.scanner.token == .sign("~") {
        response = found
        scanner = parser.scanner
        try scanner.advance()
      } else {
        scanner = start
      }
    }
    let part = try sum()
    let ordered = part.terms.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }
    return Formula(
      response: response, terms: ordered.map(\.element), hasIntercept: part.intercept ?? true, offsets: part.offsets)
  }

  private mutating func sum() throws(EstimationError) -> Part {
    var left = Part()
    if try scanner.take("-") {
      remove(try product(), from: &left)
    } else {
      _ = try scanner.take("+")
      left = try product()
    }
    while true {
      if try scanner.take("+") {
        let right = try product()
        for term in right.terms { left.insert(term) }
        left.offsets += right.offsets
        if let intercept = right.intercept { left.intercept = intercept }
      } else if try scanner.take("-") {
        remove(try product(), from: &left)
      } else {
        return left
      }
    }
  }

  private func remove(_ right: Part, from left: inout Part) {
    left.terms.removeAll { term in right.terms.contains { Set($0) == Set(term) } }
    left.offsets.removeAll { right.offsets.contains($0) }
    if let intercept = right.intercept { left.intercept = !intercept }
  }

  private mutating func product() throws(EstimationError) -> Part {
    var left = try interaction()
    while true {
      if try scanner.take("*") {
        left = Self.crossed(left, try interaction())
      } else if try scanner.take("/") {
        let right = try interaction()
        var all: [Expression] = []
        for variable in left.terms.flatMap(\.self) where !all.contains(variable) { all.append(variable) }
        for term in right.terms { left.insert(all + term.filter { !all.contains($0) }) }
      } else {
        return left
      }
    }
  }

  private static func crossed(_ left: Part, _ right: Part) -> Part {
    var result = left
    for term in right.terms { result.insert(term) }
    for term in interacted(left, right).terms { result.insert(term) }
    return result
  }

  private static func interacted(_ left: Part, _ right: Part) -> Part {
    var result = Part()
    for a in left.terms {
      for b in right.terms { result.insert(a + b.filter { !a.contains($0) }) }
    }
    return result
  }

  private mutating func interaction() throws(EstimationError) -> Part {
    var left = try power()
    while try scanner.take(":") { left = Self.interacted(left, try power()) }
    return left
  }

  private mutating func power() throws(EstimationError) -> Part {
    let base = try primary()
    guard try scanner.take("^") else { return base }
    guard case .number(let degree) = scanner.token, (1...10).contains(degree), degree == degree.rounded() else {
      throw scanner.unexpected()
    }
    try scanner.advance()
    var result = base
    for _ in 1..<Int(degree) { result = Self.crossed(result, base) }
    return result
  }

  private mutating func primary() throws(EstimationError) -> Part {
    var part = Part()
    switch scanner.token {
    case .number(let number) where number == 0 || number == 1:
      try scanner.advance()
      part.intercept = number == 1
    case .sign("."):
      try scanner.advance()
      let used = response?.columns ?? []
      part.terms = columns.filter { !used.contains($0) }.map { [.column($0)] }
    case .sign("("):
      try scanner.advance()
      part = try sum()
      try scanner.expect(")")
    case .name(let name):
      try scanner.advance()
      guard try scanner.take("(") else {
        part.terms = [[.column(name)]]
        break
      }
      var parser = ExpressionParser(scanner: scanner)
      let call = try parser.call(name)
      scanner = parser.scanner
      if case .call("offset", let arguments) = call, let first = arguments.first {
        part.offsets = [first.value]
      } else {
        part.terms = [[call]]
      }
    default: throw scanner.unexpected()
    }
    return part
  }
}
