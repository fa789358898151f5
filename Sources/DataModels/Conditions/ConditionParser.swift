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
struct ConditionParser {
  private let tokens: [ConditionToken]
  private var position = 0
  private var scope: ConditionScope

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

  private var current: ConditionToken { tokens[position] }

  private mutating func takeWord(_ words: String...) -> Bool {
    if case .word(let word) = current.kind, words.contains(word) {
      position += 1
      return true
    }
    return false
  }

  private mutating func takeSymbol(_ symbol: String) -> Bool {
    if current.kind == .symbol(symbol) {
      position += 1
      return true
    }
    return false
  }

  private mutating func expectSymbol(_ symbol: String) throws(ConditionError) {
    if !takeSymbol(symbol) { throw refusal("“\(symbol)” is expected here") }
  }

  private func expectEnd() throws(ConditionError) {
    if current.kind != .end { throw refusal("the condition should end here") }
  }

  private func refusal(_ message: String, at token: ConditionToken? = nil) -> ConditionError {
    ConditionError(message: message, column: (token ?? current).column)
  }

  // MARK: Conditions

  private mutating func disjunction() throws(ConditionError) -> Condition {
    var parts = [try conjunction()]
    while takeWord("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(commas: Bool = false) throws(ConditionError) -> Condition {
    var parts = [try negation()]
    while takeWord("and") || (commas && takeSymbol(",")) { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws(ConditionError) -> Condition {
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

  private mutating func comparison() throws(ConditionError) -> Condition {
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

  private mutating func membership(of left: RawOperand) throws(ConditionError) -> Condition {
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
      return .among(operand, values)
    }
    let token = current
    let lower = try bound(like: type)
    try expectSymbol("..")
    let upper = try bound(like: type)
    guard lower != nil || upper != nil else { throw refusal("a range needs at least one end", at: token) }
    return .within(operand, ValueRange(lower: lower, upper: upper))
  }

  private mutating func bound(like type: FieldType) throws(ConditionError) -> Value? {
    let token = current
    let value: Value
    switch token.kind {
    case .integer(let integer): value = type == .year || type.isTemporal ? .year(integer) : .integer(integer)
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

  private mutating func selection() throws(ConditionError) -> Selection {
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

  private mutating func moment() throws(ConditionError) -> Operand {
    let token = current
    let (operand, type) = try resolved(try self.operand(), like: .date)
    guard type.isTemporal else { throw refusal("a date is expected here", at: token) }
    return operand
  }

  // MARK: Operands

  /// An operand whose bare word may still turn out to be a code, depending on what it is compared with.
  private enum RawOperand {
    case known(Operand, FieldType)
    case word(String, ConditionToken)
  }

  private mutating func operand() throws(ConditionError) -> RawOperand {
    var result = try primary()
    while true {
      let sign = current.kind == .symbol("+") ? 1 : current.kind == .symbol("-") ? -1 : 0
      guard sign != 0 else { return result }
      let token = current
      position += 1
      guard case .integer(let count) = current.kind else {
        throw refusal("a number of days, weeks, months or years is expected")
      }
      position += 1
      guard case .word(let word) = current.kind, let unit = durationUnit(word) else {
        throw refusal("“days”, “weeks”, “months” or “years” is expected here")
      }
      position += 1
      let (operand, type) = try resolved(result, like: .date)
      guard type.isTemporal else { throw refusal("time can only be added to a date, month or year", at: token) }
      result = .known(.shifted(operand, by: CalendarDuration(sign * count, unit)), type)
    }
  }

  private func durationUnit(_ word: String) -> CalendarDuration.Unit? {
    CalendarDuration.Unit(rawValue: word) ?? CalendarDuration.Unit(rawValue: word + "s")
  }

  private mutating func primary() throws(ConditionError) -> RawOperand {
    let token = current
    position += 1
    switch token.kind {
    case .quoted(let text): return .known(.literal(.text(text)), .text)
    case .integer(let integer): return .known(.literal(.integer(integer)), .integer)
    case .number(let number): return .known(.literal(.number(number)), .number)
    case .date(let date): return .known(.literal(.date(date)), .date)
    case .month(let month): return .known(.literal(.month(month)), .month)
    case .symbol("-"):
      let negative = current.kind
      position += 1
      if case .integer(let integer) = negative { return .known(.literal(.integer(-integer)), .integer) }
      if case .number(let number) = negative { return .known(.literal(.number(-number)), .number) }
      throw refusal("a number is expected after the minus sign")
    case .word(let word):
      return try named(word, token)
    case .end: throw refusal("the condition stops too early", at: token)
    default: throw refusal("a field, value or function is expected here", at: token)
    }
  }

  private mutating func named(_ word: String, _ token: ConditionToken) throws(ConditionError) -> RawOperand {
    let next = current.kind
    if word == "count", takeWord("of") { return .known(.count(try selection()), .integer) }
    if next == .symbol("("), word == "first" || word == "last" {
      position += 1
      let selected = try selection()
      try expectSymbol(")")
      return try fieldAfter(selected, word == "first" ? .first : .last, token)
    }
    if next == .symbol("("), word.hasSuffix("-between"),
      let unit = CalendarDuration.Unit(rawValue: String(word.dropLast(8)))
    {
      position += 1
      let from = try moment()
      try expectSymbol(",")
      let to = try moment()
      try expectSymbol(")")
      return .known(.between(unit, from, to), .integer)
    }
    if scope.recordIndex(word) != nil, next == .symbol(".") || next == .symbol("(") {
      position -= 1
      let selected = try selection()
      return try fieldAfter(selected, .only, token)
    }
    if next == .symbol(".") {
      throw refusal("no record is called “\(word)”" + suggestion(for: word, among: scope.records.map(\.id)), at: token)
    }
    return .word(word, token)
  }

  private mutating func fieldAfter(
    _ selection: Selection, _ pick: Pick, _ token: ConditionToken
  ) throws(ConditionError) -> RawOperand {
    try expectSymbol(".")
    let record = scope.records[selection.recordIndex]
    guard case .word(let name) = current.kind else { throw refusal("a field of “\(record.id)” is expected here") }
    guard let index = record.index(of: name) else {
      throw refusal(
        "“\(record.id)” has no field “\(name)”" + suggestion(for: name, among: record.fields.map(\.id)))
    }
    position += 1
    if pick == .only, let person = scope.records.first(where: { $0.nature == .person })?.key.first {
      let fixed = Set(equalities(selection.filter))
      let open = record.key.filter { $0 != person && !fixed.contains($0) }
      if !open.isEmpty {
        throw refusal(
          "a person can have several rows of “\(record.id)”: say first(…), last(…), or fix \(open.joined(separator: " and ")) in brackets",
          at: token)
      }
    }
    if pick != .only, selection.startIndex == nil {
      throw refusal("“\(record.id)” has no time of its own, so there is no first or last", at: token)
    }
    let type = record.fields[index].type
    return .known(
      .picked(selection, pick, FieldReference(record: record.id, field: name, index: index, type: type)), type)
  }

  private func equalities(_ condition: Condition?) -> [String] {
    switch condition {
    case .all(let parts): parts.flatMap { equalities($0) }
    case .compare(.field(let reference), .equal, .literal): [reference.field]
    default: []
    }
  }

  private func resolved(_ raw: RawOperand, like type: FieldType?) throws(ConditionError) -> (Operand, FieldType) {
    switch raw {
    case .known(let operand, let known):
      if case .literal(.integer(let year)) = operand, type == .year || type == .date || type == .month {
        return (.literal(.year(year)), .year)
      }
      if case .literal(.text(let text)) = operand, case .code(let list)? = type {
        return try code(text, list: list, at: nil)
      }
      return (operand, known)
    case .word(let word, let token):
      if case .code(let list)? = type, scope.codeList(list)?.contains(word) == true {
        return (.literal(.text(word)), type!)
      }
      if let own = scope.own, let index = scope.records[own].index(of: word) {
        let field = scope.records[own].fields[index]
        return (
          .field(FieldReference(record: scope.records[own].id, field: word, index: index, type: field.type)), field.type
        )
      }
      if let parameter = scope.parameters[word] { return (.parameter(word), parameter) }
      if case .code(let list)? = type { return try code(word, list: list, at: token) }
      if type == .text { return (.literal(.text(word)), .text) }
      let names = (scope.own.map { scope.records[$0].fields.map(\.id) } ?? []) + scope.parameters.keys.sorted()
      throw refusal("nothing here is called “\(word)”" + suggestion(for: word, among: names), at: token)
    }
  }

  private func code(_ text: String, list: String, at token: ConditionToken?) throws(ConditionError) -> (
    Operand, FieldType
  ) {
    guard let codes = scope.codeList(list), codes.contains(text) else {
      let all = scope.codeList(list)?.codes.map(\.code) ?? []
      throw refusal("the list “\(list)” has no code “\(text)”" + suggestion(for: text, among: all), at: token)
    }
    return (.literal(.text(text)), .code(list: list))
  }

  private func check(_ a: FieldType, against b: FieldType, at token: ConditionToken) throws(ConditionError) {
    if a.family != b.family {
      throw refusal("a \(a.name) cannot be compared with a \(b.name)", at: token)
    }
  }
}

extension FieldType {
  /// Whether it says when: a date, month or year.
  public var isTemporal: Bool { self == .date || self == .month || self == .year }

  fileprivate var family: Int {
    switch self {
    case .date, .month, .year: 0
    case .integer, .number: 1
    case .text, .code: 2
    case .list: 3
    }
  }
}

extension Value {
  var fieldType: FieldType? {
    switch self {
    case .missing: nil
    case .text: .text
    case .integer: .integer
    case .number: .number
    case .date: .date
    case .month: .month
    case .year: .year
    case .list: .list(list: nil)
    }
  }
}
