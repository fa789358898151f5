import Primitives

extension ConditionParser {
  /// An operand whose bare word may still turn out to be a code, depending on what it is compared with.
  enum RawOperand {
    case known(Operand, FieldType)
    case word(String, ConditionToken)
  }

  mutating func operand() throws(ConditionError) -> RawOperand {
    if openOperands == 0 { shifts = 0 }
    openOperands += 1
    defer { openOperands -= 1 }
    var result = try primary()
    while true {
      let sign = current.kind == .symbol("+") ? 1 : current.kind == .symbol("-") ? -1 : 0
      guard sign != 0 else { return result }
      let token = current
      shifts += 1
      guard shifts <= Self.depthLimit else {
        throw refusal("time can be added at most \(Self.depthLimit) times; add it up")
      }
      position += 1
      let length = current
      guard case .integer(let count) = current.kind else {
        throw refusal("a number of days, weeks, months or years is expected")
      }
      position += 1
      guard case .word(let word) = current.kind, let unit = durationUnit(word) else {
        throw refusal("“days”, “weeks”, “months” or “years” is expected here")
      }
      position += 1
      guard count <= unit.limit else { throw refusal(CalendarDuration.limitMessage, at: length) }
      let (operand, type) = try resolved(result, like: .date)
      guard type.isTemporal else { throw refusal("time can only be added to a date, month or year", at: token) }
      result = .known(.shifted(operand, by: CalendarDuration(sign * count, unit)), type)
    }
  }

  func durationUnit(_ word: String) -> CalendarDuration.Unit? {
    CalendarDuration.Unit(rawValue: word) ?? CalendarDuration.Unit(rawValue: word + "s")
  }

  mutating func primary() throws(ConditionError) -> RawOperand {
    let token = current
    position += 1
    switch token.kind {
    case .quoted(let text): return .known(.literal(.text(text)), .text)
    case .integer(let integer): return .known(.literal(.integer(integer)), .integer)
    case .number(let number): return .known(.literal(.number(number)), .number)
    case .date(let date): return .known(.literal(.date(date)), .date)
    case .month(let month): return .known(.literal(.month(month)), .month)
    case .symbol("-"):
      let literal: RawOperand
      switch current.kind {
      case .integer(let integer): literal = .known(.literal(.integer(-integer)), .integer)
      case .number(let number): literal = .known(.literal(.number(-number)), .number)
      default: throw refusal("a number is expected after the minus sign")
      }
      position += 1
      return literal
    case .word(let word):
      return try named(word, token)
    case .end: throw refusal("the condition stops too early", at: token)
    default: throw refusal("a field, value or function is expected here", at: token)
    }
  }

  mutating func named(_ word: String, _ token: ConditionToken) throws(ConditionError) -> RawOperand {
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

  mutating func fieldAfter(
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

  func equalities(_ condition: Condition?) -> [String] {
    switch condition {
    case .all(let parts): parts.flatMap { equalities($0) }
    case .compare(.field(let reference), .equal, .literal): [reference.field]
    default: []
    }
  }

  func resolved(_ raw: RawOperand, like type: FieldType?) throws(ConditionError) -> (Operand, FieldType) {
    switch raw {
    case .known(let operand, let known):
      if case .literal(.integer(let year)) = operand, type?.isTemporal ?? false {
        guard Value.years.contains(year) else { throw refusal("a year lies between 1 and 9999") }
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

  func code(_ text: String, list: String, at token: ConditionToken?) throws(ConditionError) -> (
    Operand, FieldType
  ) {
    guard let codes = scope.codeList(list), codes.contains(text) else {
      let all = scope.codeList(list)?.codes.map(\.code) ?? []
      throw refusal("the list “\(list)” has no code “\(text)”" + suggestion(for: text, among: all), at: token)
    }
    return (.literal(.text(text)), .code(list: list))
  }

  func check(_ a: FieldType, against b: FieldType, at token: ConditionToken) throws(ConditionError) {
    if a.family != b.family {
      throw refusal("a \(a.name) cannot be compared with a \(b.name)", at: token)
    }
  }
}

extension FieldType {
  /// Whether it says when: a date, month or year.
  public var isTemporal: Bool { self == .date || self == .month || self == .year }

  var family: Int {
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
