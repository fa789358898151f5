import DataModels
import Primitives

/// What a field asks for, in the words that a template, a form and the pages of a model show beside it.
public struct FieldWords {
  let field: Field
  let model: DataModel
  let language: Language

  public init(field: Field, model: DataModel, language: Language) {
    self.field = field
    self.model = model
    self.language = language
  }

  private func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }

  /// What is typed here: `a day, such as 2016-03-31`.
  public var type: String {
    switch field.type {
    case .text: pick("text", "tekst")
    case .integer: pick("whole number", "geheel getal")
    case .number: pick("number", "getal")
    case .date: pick("day, such as 2016-03-31", "dag, zoals 2016-03-31")
    case .month: pick("month, such as 2016-03", "maand, zoals 2016-03")
    case .year: pick("year, such as 2016", "jaar, zoals 2016")
    case .code: pick("one of the list", "één uit de lijst")
    case .list: pick("one or more, with commas between", "een of meer, met komma's ertussen")
    }
  }

  /// Whether it is needed: `yes`, `no`, or when.
  public var need: String {
    if field.isRequired { return pick("yes", "ja") }
    if let condition = field.requiredIf {
      return pick("if ", "als ") + condition.inWords(language, model)
    }
    return pick("no", "nee")
  }

  /// Bounds and forms that a value has to keep to; nil when there are none.
  public var limits: String? {
    var parts: [String] = []
    if let range = field.range {
      switch (range.lower?.canonicalText, range.upper?.canonicalText) {
      case (let lower?, let upper?): parts.append(pick("from \(lower) to \(upper)", "van \(lower) tot en met \(upper)"))
      case (let lower?, nil): parts.append(pick("\(lower) or more", "\(lower) of meer"))
      case (nil, let upper?): parts.append(pick("\(upper) or less", "\(upper) of minder"))
      case (nil, nil): break
      }
    }
    if let length = field.maximumLength {
      parts.append(pick("at most \(length) characters", "hoogstens \(length) tekens"))
    }
    if let items = field.minimumItems { parts.append(pick("at least \(items) items", "minstens \(items) onderdelen")) }
    switch field.format {
    case .ukNationalInsuranceNumber?: parts.append(pick("such as AB123456C", "zoals AB123456C"))
    case .dutchCitizenServiceNumber?: parts.append(pick("nine digits", "negen cijfers"))
    case .email?: parts.append(pick("an e-mail address", "een e-mailadres"))
    case nil: break
    }
    if let unit = field.unit { parts.append(unit) }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// All of it, for a note on the header of a column.
  var note: String {
    var lines = [field.label[language]]
    if let help = field.help?[language] { lines.append(help) }
    lines.append(pick("Type: ", "Soort: ") + type)
    lines.append(pick("Needed: ", "Nodig: ") + need)
    if let limits { lines.append(pick("Limits: ", "Grenzen: ") + limits) }
    if let list = field.type.codeList.flatMap(model.codeList) {
      let shown = list.codes.prefix(12).map { code in
        code.label[language] == code.code ? code.code : "\(code.code) (\(code.label[language]))"
      }
      lines.append(
        pick("Codes: ", "Codes: ") + shown.joined(separator: ", ")
          + (list.codes.count > 12
            ? pick(", … (\(list.codes.count) in all)", ", … (\(list.codes.count) in totaal)") : ""))
    }
    return lines.joined(separator: "\n")
  }
}
