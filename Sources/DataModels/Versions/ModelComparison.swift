import Primitives

/// Goes through two versions of a model part by part.
struct ModelComparison {
  let from: DataModel
  let to: DataModel
  private(set) var changes: [ModelChange] = []

  init(from: DataModel, to: DataModel) {
    self.from = from
    self.to = to
  }

  private mutating func add(_ place: String, _ effect: ModelChange.Effect, _ english: String, _ dutch: String) {
    changes.append(ModelChange(place, effect, LocalizedText(english, nl: dutch)))
  }

  mutating func compareWhole() {
    if from.id != to.id {
      add("id", .refused, "the model was “\(from.id)” and is “\(to.id)”", "het model was “\(from.id)” en is “\(to.id)”")
    }
    if from.identifierScope != to.identifierScope {
      add(
        "identifier-scope", .refused, "was \(from.identifierScope.rawValue), is \(to.identifierScope.rawValue)",
        "was \(from.identifierScope.rawValue), is \(to.identifierScope.rawValue)")
    }
    if from.personField != to.personField {
      add(
        "\(to.person.id).\(to.personField)", .refused, "people were told apart by “\(from.personField)”",
        "mensen werden herkend aan “\(from.personField)”")
    }
    if from.cycle != to.cycle {
      add("cycle", .none, "returns are due at other times", "aanleveringen moeten op andere dagen binnen zijn")
    }
  }

  // MARK: Code lists

  mutating func compareCodeLists() {
    for list in to.codeLists {
      guard let old = from.codeList(list.id) else {
        add(list.id, .none, "new code list, \(list.codes.count) codes", "nieuwe codelijst, \(list.codes.count) codes")
        continue
      }
      for code in list.codes where !old.contains(code.code) {
        add("\(list.id)/\(code.code)", .wider, "new code", "nieuwe code")
      }
      for code in list.codes {
        guard let label = old.label(of: code.code), label != code.label else { continue }
        add(
          "\(list.id)/\(code.code)", .none, "the label was “\(label.english)”, is “\(code.label.english)”",
          "het label was “\(label[.dutch])”, is “\(code.label[.dutch])”")
      }
      for code in old.codes where !list.contains(code.code) {
        if let new = list.replaces[code.code] {
          add("\(list.id)/\(code.code)", .mapped, "replaced by “\(new)”", "vervangen door “\(new)”")
        } else if let parts = list.split[code.code] {
          add(
            "\(list.id)/\(code.code)", .kept, "split into \(parts.joined(separator: ", ")); no row says which",
            "gesplitst in \(parts.joined(separator: ", ")); geen rij zegt welke")
        } else if list.retired.contains(where: { $0.code == code.code }) {
          add("\(list.id)/\(code.code)", .kept, "the code is retired", "de code is vervallen")
        } else {
          add("\(list.id)/\(code.code)", .narrower, "the code is gone", "de code is weg")
        }
      }
      let kept = list.codes.map(\.code).filter(old.contains)
      if list.isOrdered != old.isOrdered {
        add(
          list.id, .none, list.isOrdered ? "the codes go from less to more now" : "the codes have no order any more",
          list.isOrdered ? "de codes gaan nu van minder naar meer" : "de codes hebben geen volgorde meer")
      } else if list.isOrdered, kept != old.codes.map(\.code).filter(list.contains) {
        add(
          list.id, .narrower, "the codes stand in another order, so more and less mean something else",
          "de codes staan in een andere volgorde; meer en minder betekenen iets anders")
      }
    }
    for list in from.codeLists where to.codeList(list.id) == nil {
      add(list.id, .none, "the code list is gone", "de codelijst is weg")
    }
  }

  // MARK: Records and fields

  mutating func compareRecords() {
    for record in to.records {
      guard let old = from.record(record.id) else {
        add(
          record.id, .none, "new record, \(record.fields.count) fields", "nieuw record, \(record.fields.count) velden")
        continue
      }
      if old.key != record.key {
        add(
          record.id, .refused, "the key was \(list(old.key)) and is \(list(record.key))",
          "de sleutel was \(list(old.key)) en is \(list(record.key))")
      }
      if old.nature != record.nature {
        add(
          record.id, .narrower,
          "it was \(describe(old.nature)) and is \(describe(record.nature)): studies place its rows otherwise in time",
          "het was \(describe(old.nature)) en is \(describe(record.nature)): studies plaatsen de rijen anders in de tijd"
        )
      }
      for field in record.fields {
        let sources = field.replaces.compactMap { source in old.field(source.field).map { (source, $0) } }
        if let before = old.field(field.id) {
          compare(before, field, "\(record.id).\(field.id)")
        } else if !sources.isEmpty {
          compareReplaced(field, sources, "\(record.id).\(field.id)", record)
        } else {
          add(
            "\(record.id).\(field.id)", field.isRequired ? .narrower : .none,
            field.isRequired ? "new required field: it is blank in every stored row" : "new field",
            field.isRequired ? "nieuw verplicht veld: in elke opgeslagen rij is het leeg" : "nieuw veld")
        }
      }
      let read = Set(record.fields.flatMap { $0.replaces.map(\.field) })
      for field in old.fields where record.field(field.id) == nil && !read.contains(field.id) {
        if record.retired.contains(field.id) {
          add("\(record.id).\(field.id)", .hidden, "the field is retired", "het veld is vervallen")
        } else {
          add("\(record.id).\(field.id)", .hidden, "the field is gone", "het veld is weg")
        }
      }
    }
    for record in from.records where to.record(record.id) == nil {
      add(record.id, .hidden, "the record is gone", "het record is weg")
    }
  }

  /// A field that is read from others: renamed, merged, or one part of a field that was split.
  private mutating func compareReplaced(
    _ field: Field, _ sources: [(source: FieldSource, before: Field)], _ place: String, _ record: RecordDefinition
  ) {
    let names = sources.map(\.source.field)
    let isPart = record.fields.contains { other in
      other.id != field.id && other.replaces.contains { names.contains($0.field) }
    }
    let joined = list(names)
    if names.count > 1 {
      add(
        place, .mapped, "merged from \(joined): the first that is filled in",
        "samengevoegd uit \(joined): het eerste dat is ingevuld")
    } else if isPart {
      add(place, .mapped, "split from \(joined)", "afgesplitst van \(joined)")
    } else {
      add(place, .mapped, "renamed: it was \(joined)", "hernoemd: het was \(joined)")
    }
    for (source, before) in sources {
      let isSameType = before.type == field.type || (before.type == .integer && field.type == .number)
      let isMapped = source.codes != nil && before.type.codeList != nil && before.type.name == field.type.name
      let isSameKind = before.type.codeList != nil && before.type.name == field.type.name
      if !(isSameType || isMapped || isSameKind) || before.privacy.isIdentifying != field.privacy.isIdentifying {
        add(
          place, .refused, "“\(source.field)” was \(words(before.type)), and this is \(words(field.type))",
          "“\(source.field)” was \(words(before.type)), en dit is \(words(field.type))")
      } else if let list = before.type.codeList.flatMap(from.codeList) {
        let own = field.type.codeList.flatMap(to.codeList)
        let lost = list.codes.map(\.code).filter { code in
          if let codes = source.codes { return codes[code] == nil && own?.contains(code) != true }
          return own?.label(of: code) == nil && own?.replaces[code] == nil
        }
        if source.codes != nil, !lost.isEmpty {
          add(
            place, .narrower, "blank where \(source.field) is \(lost.joined(separator: ", "))",
            "leeg waar \(source.field) \(lost.joined(separator: ", ")) is")
        }
      }
      compareLimits(before, field, place)
    }
  }

  private func list(_ names: [String]) -> String { names.joined(separator: " + ") }

  private func describe(_ nature: RecordNature) -> String {
    [nature.name, nature.timeField].compactMap(\.self).joined(separator: " ")
  }

  private mutating func compare(_ old: Field, _ new: Field, _ place: String) {
    if old.type != new.type {
      let isListOnly = old.type.name == new.type.name
      add(
        place, isListOnly ? .narrower : .refused,
        "it was \(words(old.type)) and is \(words(new.type))", "het was \(words(old.type)) en is \(words(new.type))")
    }
    if old.privacy != new.privacy {
      let effect: ModelChange.Effect = old.privacy.isIdentifying == new.privacy.isIdentifying ? .none : .refused
      add(
        place, effect, "privacy was \(old.privacy.rawValue), is \(new.privacy.rawValue)",
        "privacy was \(old.privacy.rawValue), is \(new.privacy.rawValue)")
    }
    if old.isRequired != new.isRequired {
      if new.isRequired {
        add(place, .narrower, "it is required now", "het is nu verplicht")
      } else {
        add(place, .wider, "it is not required any more", "het is niet meer verplicht")
      }
    }
    compareLimits(old, new, place)
    if old.requiredIf != new.requiredIf {
      add(place, .narrower, "it is required under another condition", "het is onder een andere voorwaarde verplicht")
    }
    if old.blankUnless != new.blankUnless {
      add(
        place, .narrower, "it is to be blank under another condition",
        "het hoort onder een andere voorwaarde leeg te zijn")
    }
    if old.label != new.label {
      add(
        place, .none, "the label was “\(old.label.english)”, is “\(new.label.english)”",
        "het label was “\(old.label[.dutch])”, is “\(new.label[.dutch])”")
    }
    if old.status != new.status {
      add(
        place, .none, "its status was \(old.status.rawValue), is \(new.status.rawValue)",
        "de status was \(old.status.rawValue), is \(new.status.rawValue)")
    }
  }

  private mutating func compareLimits(_ old: Field, _ new: Field, _ place: String) {
    if old.range != new.range {
      let isWider = contains(new.range, old.range)
      add(
        place, isWider ? .wider : .narrower,
        "the range was \(old.range?.text ?? "open"), is \(new.range?.text ?? "open")",
        "het bereik was \(old.range?.text ?? "open"), is \(new.range?.text ?? "open")")
    }
    func compare(_ before: Int?, _ after: Int?, isUpper: Bool, _ english: String, _ dutch: String) {
      guard before != after else { return }
      let (a, b) = (before ?? (isUpper ? .max : 0), after ?? (isUpper ? .max : 0))
      func word(_ limit: Int?) -> String { limit.map(String.init) ?? "–" }
      add(
        place, (isUpper ? b > a : b < a) ? .wider : .narrower, "\(english): \(word(before)) → \(word(after))",
        "\(dutch): \(word(before)) → \(word(after))")
    }
    compare(old.maximumLength, new.maximumLength, isUpper: true, "most characters", "hoogste aantal tekens")
    compare(old.minimumItems, new.minimumItems, isUpper: false, "fewest items", "laagste aantal onderdelen")
    if old.format != new.format {
      add(
        place, new.format == nil ? .wider : .narrower,
        "the format was \(old.format?.rawValue ?? "free"), is \(new.format?.rawValue ?? "free")",
        "de vorm was \(old.format?.rawValue ?? "vrij"), is \(new.format?.rawValue ?? "vrij")")
    }
  }

  /// Whether every value of one range lies in another; nil is open.
  private func contains(_ outer: ValueRange?, _ inner: ValueRange?) -> Bool {
    guard let outer else { return true }
    func holds(_ bound: Value?, _ other: Value?, _ sign: Int) -> Bool {
      guard let bound else { return true }
      guard let other, let order = other.compared(with: bound) else { return false }
      return order * sign >= 0
    }
    return holds(outer.lower, inner?.lower, 1) && holds(outer.upper, inner?.upper, -1)
  }

  private func words(_ type: FieldType) -> String {
    [type.name, type.codeList.map { "(\($0))" }].compactMap(\.self).joined(separator: " ")
  }

  // MARK: Rules and expectations

  mutating func compareRules() {
    for rule in to.rules {
      guard let old = from.rules.first(where: { $0.id == rule.id }) else {
        add(
          "rule \(rule.id)", .narrower, "new rule (\(rule.severity.rawValue)): \(rule.says.english)",
          "nieuwe regel (\(rule.severity.rawValue)): \(rule.says[.dutch])")
        continue
      }
      if old.record != rule.record || old.filter != rule.filter || !old.requirement.isEqual(to: rule.requirement) {
        add("rule \(rule.id)", .narrower, "it holds something else", "zij eist iets anders")
      }
      if old.severity != rule.severity {
        add(
          "rule \(rule.id)", rule.severity > old.severity ? .narrower : .wider,
          "severity was \(old.severity.rawValue), is \(rule.severity.rawValue)",
          "ernst was \(old.severity.rawValue), is \(rule.severity.rawValue)")
      }
      if old.says != rule.says || old.fix != rule.fix {
        add("rule \(rule.id)", .none, "it is told in other words", "zij staat in andere woorden")
      }
    }
    for rule in from.rules where !to.rules.contains(where: { $0.id == rule.id }) {
      add("rule \(rule.id)", .wider, "the rule is gone", "de regel is weg")
    }
  }

  mutating func compareExpectations() {
    for expectation in to.expectations {
      guard let old = from.expectations.first(where: { $0.id == expectation.id }) else {
        add("expectation \(expectation.id)", .none, "it is expected now", "dit wordt nu verwacht")
        continue
      }
      if old.record != expectation.record || old.filter != expectation.filter || old.from != expectation.from
        || old.expected != expectation.expected || old.timing != expectation.timing || old.unless != expectation.unless
      {
        add("expectation \(expectation.id)", .none, "it is expected otherwise", "dit wordt anders verwacht")
      }
    }
    for expectation in from.expectations where !to.expectations.contains(where: { $0.id == expectation.id }) {
      add("expectation \(expectation.id)", .none, "it is not expected any more", "dit wordt niet meer verwacht")
    }
  }
}

extension Rule.Requirement {
  fileprivate func isEqual(to other: Rule.Requirement) -> Bool {
    switch (self, other) {
    case (.hold(let a), .hold(let b)): a == b
    case (.noOverlap(let a), .noOverlap(let b)): a == b
    case (.atMost(let a), .atMost(let b)): a == b
    default: false
    }
  }
}
