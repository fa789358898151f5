import Primitives

extension Condition {
  /// The condition as a person would say it, with the model's labels.
  public func inWords(_ language: Language, _ model: DataModel) -> String {
    let dutch = language == .dutch
    switch self {
    case .always: return dutch ? "altijd" : "always"
    case .all(let parts):
      return parts.map { $0.inWords(language, model) }.joined(separator: dutch ? " en " : " and ")
    case .any(let parts):
      return parts.map { $0.inWords(language, model) }.joined(separator: dutch ? " of " : " or ")
    case .not(.isMissing(let operand)):
      return operand.inWords(language, model) + (dutch ? " is ingevuld" : " is given")
    case .not(.exists(let selection)):
      return (dutch ? "er is geen " : "there is no ") + selection.inWords(language, model)
    case .not(let part): return (dutch ? "niet (" : "not (") + part.inWords(language, model) + ")"
    case .compare(let left, let comparison, let right):
      return [left.inWords(language, model), comparison.inWords(language), right.inWords(language, model, like: left)]
        .joined(separator: " ")
    case .among(let operand, let values):
      let names = values.map { operand.label(of: $0, language, model) }
      let last = names.count > 1 ? (dutch ? " of " : " or ") + names.last! : ""
      let list = names.count > 1 ? names.dropLast().joined(separator: ", ") + last : names.first ?? ""
      return operand.inWords(language, model) + (dutch ? " is " : " is ") + list
    case .within(let operand, let range):
      let name = operand.inWords(language, model)
      switch (range.lower?.canonicalText, range.upper?.canonicalText) {
      case (let lower?, let upper?):
        return name + (dutch ? " ligt van \(lower) tot en met \(upper)" : " lies from \(lower) to \(upper)")
      case (let lower?, nil): return name + (dutch ? " is minstens \(lower)" : " is at least \(lower)")
      case (nil, let upper?): return name + (dutch ? " is hoogstens \(upper)" : " is at most \(upper)")
      case (nil, nil): return name
      }
    case .isMissing(let operand): return operand.inWords(language, model) + (dutch ? " ontbreekt" : " is missing")
    case .exists(let selection): return (dutch ? "er is een " : "there is a ") + selection.inWords(language, model)
    }
  }
}

extension Comparison {
  func inWords(_ language: Language) -> String {
    switch (self, language) {
    case (.equal, _): "is"
    case (.unequal, .english): "is not"
    case (.unequal, .dutch): "is niet"
    case (.less, .english): "is below"
    case (.less, .dutch): "is onder"
    case (.lessOrEqual, .english): "is at most"
    case (.lessOrEqual, .dutch): "is hoogstens"
    case (.greater, .english): "is above"
    case (.greater, .dutch): "is boven"
    case (.greaterOrEqual, .english): "is at least"
    case (.greaterOrEqual, .dutch): "is minstens"
    }
  }
}

extension Operand {
  public func inWords(_ language: Language, _ model: DataModel, like other: Operand? = nil) -> String {
    let dutch = language == .dutch
    func fieldLabel(_ reference: FieldReference) -> String {
      "“\(model.record(reference.record)?.field(reference.field)?.label[language] ?? reference.field)”"
    }
    switch self {
    case .literal(let value): return other?.label(of: value, language, model) ?? value.inWords(language)
    case .field(let reference): return fieldLabel(reference)
    case .picked(let selection, let pick, let reference):
      let which =
        switch pick {
        case .only: selection.inWords(language, model)
        case .first: (dutch ? "eerste " : "first ") + selection.inWords(language, model)
        case .last: (dutch ? "laatste " : "last ") + selection.inWords(language, model)
        }
      return fieldLabel(reference) + (dutch ? " van " : " of ") + which
    case .parameter(let name):
      switch name {
      case "time-zero": return dutch ? "het begin van de follow-up" : "the start of follow-up"
      case "day": return dutch ? "die dag" : "that day"
      default: return name
      }
    case .shifted(let operand, let duration):
      let sign = duration.count < 0 ? (dutch ? "min" : "minus") : "plus"
      return
        "\(operand.inWords(language, model)) \(sign) \(abs(duration.count)) \(duration.unit.inWords(language, abs(duration.count)))"
    case .between(let unit, let from, let to):
      let units = unit.inWords(language, 2)
      return dutch
        ? "het aantal \(units) van \(from.inWords(language, model)) tot \(to.inWords(language, model))"
        : "the number of \(units) from \(from.inWords(language, model)) to \(to.inWords(language, model))"
    case .count(let selection):
      return (dutch ? "het aantal keren " : "the number of ") + selection.inWords(language, model)
    }
  }

  /// A value as this operand's code list calls it.
  func label(of value: Value, _ language: Language, _ model: DataModel) -> String {
    let reference: FieldReference? =
      switch self {
      case .field(let reference), .picked(_, _, let reference): reference
      default: nil
      }
    if case .text(let code) = value, let list = reference?.type.codeList,
      let label = model.codeList(list)?.label(of: code)
    {
      return "“\(label[language])”"
    }
    return value.inWords(language)
  }
}

extension Value {
  func inWords(_ language: Language) -> String {
    switch self {
    case .date(let date): language.date(date)
    case .month(let month): language.month(month)
    case .number(let number): language.number(number, decimals: number == number.rounded() ? 0 : 1)
    case .text(let text): "“\(text)”"
    default: canonicalText
    }
  }
}

extension CalendarDuration.Unit {
  func inWords(_ language: Language, _ count: Int) -> String {
    switch (self, language) {
    case (.days, .english): count == 1 ? "day" : "days"
    case (.days, .dutch): count == 1 ? "dag" : "dagen"
    case (.weeks, .english): count == 1 ? "week" : "weeks"
    case (.weeks, .dutch): count == 1 ? "week" : "weken"
    case (.months, .english): count == 1 ? "month" : "months"
    case (.months, .dutch): count == 1 ? "maand" : "maanden"
    case (.years, .english): count == 1 ? "year" : "years"
    case (.years, .dutch): "jaar"
    }
  }
}

extension Selection {
  public func inWords(_ language: Language, _ model: DataModel) -> String {
    let dutch = language == .dutch
    var text = "“\(model.record(record)?.title[language] ?? record)”"
    if let filter { text += (dutch ? " waarbij " : " where ") + filter.inWords(language, model) }
    switch timing {
    case nil: break
    case .on(let day): text += (dutch ? " op " : " on ") + day.inWords(language, model)
    case .before(let day): text += (dutch ? " vóór " : " before ") + day.inWords(language, model)
    case .after(let day): text += (dutch ? " na " : " after ") + day.inWords(language, model)
    case .during(let from, let to):
      text +=
        dutch
        ? " tussen \(from.inWords(language, model)) en \(to.inWords(language, model))"
        : " between \(from.inWords(language, model)) and \(to.inWords(language, model))"
    }
    return text
  }
}
