import Primitives

/// What a condition may speak of: the model's records, the row at hand, and named values of the evaluator.
struct ConditionScope {
  var records: [RecordDefinition]
  var codeLists: [CodeList]
  /// The record whose row is at hand; nil where there is none.
  var own: Int?
  /// Names of the evaluator's values and their types.
  var parameters: [String: FieldType] = [:]

  func recordIndex(_ id: String) -> Int? { records.firstIndex { $0.id == id } }
  func codeList(_ id: String) -> CodeList? { codeLists.first { $0.id == id } }
}

/// Reads a condition and resolves every name in it, so that what comes out can be evaluated without looking anything up.
///
/// Nesting and shifts of time are bounded, so that neither reading nor evaluating a condition can exhaust the stack.
struct ConditionParser {
  /// Brackets, “not”, selections and functions within each other; and times added within one operand.
  static let depthLimit = 100

  let tokens: [ConditionToken]
  var position = 0
  var scope: ConditionScope
  var depth = 0
  /// How many operands are being read within each other, and the times added within the outermost.
  var openOperands = 0
  var shifts = 0

  private init(_ text: String, scope: ConditionScope) throws(ConditionError) {
    tokens = try conditionTokens(text)
    self.scope = scope
  }

  static func condition(_ text: String, scope: ConditionScope) throws(ConditionError) -> Condition {
    var parser = try ConditionParser(text, scope: scope)
    let condition = try parser.disjunction()
    try parser.expectEnd()
    return condition
  }

  static func selection(_ text: String, scope: ConditionScope) throws(ConditionError) -> Selection {
    var parser = try ConditionParser(text, scope: scope)
    let selection = try parser.selection()
    try parser.expectEnd()
    return selection
  }

  static func operand(_ text: String, scope: ConditionScope) throws(ConditionError) -> (Operand, FieldType) {
    var parser = try ConditionParser(text, scope: scope)
    let operand = try parser.operand()
    try parser.expectEnd()
    return try parser.resolved(operand, like: nil)
  }

  // MARK: Words

  var current: ConditionToken { tokens[position] }

  mutating func takeWord(_ words: String...) -> Bool {
    if case .word(let word) = current.kind, words.contains(word) {
      position += 1
      return true
    }
    return false
  }

  mutating func takeSymbol(_ symbol: String) -> Bool {
    if current.kind == .symbol(symbol) {
      position += 1
      return true
    }
    return false
  }

  mutating func expectSymbol(_ symbol: String) throws(ConditionError) {
    if !takeSymbol(symbol) { throw refusal("“\(symbol)” is expected here") }
  }

  func expectEnd() throws(ConditionError) {
    if current.kind != .end { throw refusal("the condition should end here") }
  }

  func refusal(_ message: String, at token: ConditionToken? = nil) -> ConditionError {
    ConditionError(message: message, column: (token ?? current).column)
  }

  /// Reads something that can hold itself.
  mutating func nested<Result>(
    _ reading: (inout ConditionParser) throws(ConditionError) -> Result
  ) throws(ConditionError) -> Result {
    guard depth < Self.depthLimit else {
      throw refusal("the condition goes more than \(Self.depthLimit) levels deep; write it with fewer brackets")
    }
    depth += 1
    defer { depth -= 1 }
    return try reading(&self)
  }

  // MARK: Conditions

  mutating func disjunction() throws(ConditionError) -> Condition {
    var parts = [try conjunction()]
    while takeWord("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  mutating func conjunction(commas: Bool = false) throws(ConditionError) -> Condition {
    var parts = [try negation()]
    while takeWord("and") || (commas && takeSymbol(",")) { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  mutating func negation() throws(ConditionError) -> Condition {
    try nested { (parser) throws(ConditionError) in try parser.simpleCondition() }
  }

  private mutating func simpleCondition() throws(ConditionError) -> Condition {
    if takeWord("not") { return .not(try negation()) }
    if takeWord("always") { return .always }
    if takeSymbol("(") {
      let inner = try disjunction()
      try expectSymbol(")")
      return inner
    }
    if takeWord("any") { return .exists(try selection()) }
    if takeWord("no") { return .not(.exists(try selection())) }
    if startsSelection { return .exists(try selection()) }
    return try comparison()
  }

  /// Whether a record's name stands here as a condition of its own, rather than as the start of `record.field`.
  private var startsSelection: Bool {
    guard case .word(let word) = current.kind, scope.recordIndex(word) != nil else { return false }
    if let own = scope.own, scope.records[own].field(word) != nil { return false }
    var ahead = position + 1
    if tokens[ahead].kind == .symbol("(") {
      var depth = 0
      repeat {
        if tokens[ahead].kind == .symbol("(") { depth += 1 }
        if tokens[ahead].kind == .symbol(")") { depth -= 1 }
        if tokens[ahead].kind == .end { return true }
        ahead += 1
      } while depth > 0
    }
    return tokens[ahead].kind != .symbol(".")
  }

  mutating func comparison() throws(ConditionError) -> Condition {
    let start = current
    let left = try operand()
    if takeWord("is") {
      let (operand, _) = try resolved(left, like: nil)
      let negated = takeWord("not")
      if takeWord("missing") { return negated ? .not(.isMissing(operand)) : .isMissing(operand) }
      if !negated, takeWord("given") { return .not(.isMissing(operand)) }
      throw refusal("after “is” comes “missing” or “given”")
    }
    if takeWord("in") { return try membership(of: left) }
    guard case .symbol(let symbol) = current.kind, let comparison = Comparison(rawValue: symbol) else {
      throw refusal("a comparison (=, !=, <, <=, >, >=, in, is missing, is given) is expected here")
    }
    position += 1
    let rightToken = current
    let right = try operand()
    let leftType = (try? resolved(left, like: nil))?.1
    let rightType = (try? resolved(right, like: nil))?.1
    let (leftOperand, typeOfLeft) = try resolved(left, like: leftType == nil ? rightType : nil)
    let (rightOperand, typeOfRight) = try resolved(right, like: typeOfLeft)
    try check(typeOfLeft, against: typeOfRight, at: rightToken)
    if case .code(let list) = typeOfLeft, comparison != .equal, comparison != .unequal {
      guard let codes = scope.codeList(list), codes.isOrdered else {
        throw refusal("the codes of “\(list)” have no order, so they can only be compared with = and !=", at: start)
      }
      guard case .literal(.text(let bound)) = rightOperand, let place = codes.position(of: bound) else {
        throw refusal("an ordered code can be compared with one code of “\(list)” only", at: rightToken)
      }
      let allowed = codes.codes.indices.filter { index in
        switch comparison {
        case .less: index < place
        case .lessOrEqual: index <= place
        case .greater: index > place
        case .greaterOrEqual: index >= place
        case .equal, .unequal: false
        }
      }
      return .among(leftOperand, allowed.map { .text(codes.codes[$0].code) })
    }
    return .compare(leftOperand, comparison, rightOperand)
  }

  mutating func membership(of left: RawOperand) throws(ConditionError) -> Condition {
    let (operand, type) = try resolved(left, like: nil)
    if takeSymbol("[") {
      var values: [Value] = []
      repeat {
        let token = current
        let (item, itemType) = try resolved(try self.operand(), like: type)
        guard case .literal(let value) = item else { throw refusal("a list holds values only", at: token) }
        try check(type, against: itemType, at: token)
        values.append(value)
      } while takeSymbol(",")
      try expectSymbol("]")
      return values.count == 1 ? .compare(operand, .equal, .literal(values[0])) : .among(operand, values)
    }
    let token = current
    let lower = try bound(like: type)
    try expectSymbol("..")
    let upper = try bound(like: type)
    guard lower != nil || upper != nil else { throw refusal("a range needs at least one end", at: token) }
    return .within(operand, ValueRange(lower: lower, upper: upper))
  }

  mutating func bound(like type: FieldType) throws(ConditionError) -> Value? {
    let token = current
    let value: Value
    switch token.kind {
    case .integer(let integer):
      if type.isTemporal, !Value.years.contains(integer) { throw refusal("a year lies between 1 and 9999") }
      value = type.isTemporal ? .year(integer) : .integer(integer)
    case .number(let number): value = .number(number)
    case .date(let date): value = .date(date)
    case .month(let month): value = .month(month)
    default: return nil
    }
    position += 1
    try check(type, against: value.fieldType!, at: token)
    return value
  }

  // MARK: Selections

  mutating func selection() throws(ConditionError) -> Selection {
    let token = current
    guard case .word(let id) = token.kind else { throw refusal("a record's name is expected here") }
    guard let index = scope.recordIndex(id) else {
      throw refusal("no record is called “\(id)”" + suggestion(for: id, among: scope.records.map(\.id)), at: token)
    }
    position += 1
    let record = scope.records[index]
    var filter: Condition?
    if takeSymbol("(") {
      let outer = scope.own
      scope.own = index
      defer { scope.own = outer }
      filter = try conjunction(commas: true)
      try expectSymbol(")")
    }
    var timing: Timing?
    if takeWord("on") {
      timing = .on(try moment())
    } else if takeWord("before") {
      timing = .before(try moment())
    } else if takeWord("after") {
      timing = .after(try moment())
    } else if takeWord("during") {
      let from = try moment()
      try expectSymbol("..")
      timing = .during(from, try moment())
    }
    if timing != nil, record.nature.timeField == nil {
      throw refusal("“\(id)” has no time of its own, so “on”, “before”, “after” and “during” do not apply", at: token)
    }
    var end: Int?
    if case .spell(_, let to) = record.nature { end = record.index(of: to) }
    return Selection(
      record: id, recordIndex: index, filter: filter, timing: timing,
      startIndex: record.nature.timeField.flatMap(record.index(of:)), endIndex: end)
  }

  mutating func moment() throws(ConditionError) -> Operand {
    let token = current
    let raw = try nested { (parser) throws(ConditionError) in try parser.operand() }
    let (operand, type) = try resolved(raw, like: .date)
    guard type.isTemporal else { throw refusal("a date is expected here", at: token) }
    return operand
  }
}
