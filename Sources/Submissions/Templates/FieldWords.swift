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

  /// What is typed here, with its unit or form: `whole number (pounds an hour)`.
  public var entry: String { form.map { "\(type) (\($0))" } ?? type }

  /// The unit of a number, or the form of a text; nil when there is none.
  public var form: String? {
    let format: String? =
      switch field.format {
      case .ukNationalInsuranceNumber?: pick("such as AB123456C", "zoals AB123456C")
      case .dutchCitizenServiceNumber?: pick("nine digits", "negen cijfers")
      case .email?: pick("an e-mail address", "een e-mailadres")
      case nil: nil
      }
    let parts = [format, field.unit].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Bounds that a value has to keep to; nil when there are none.
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
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// A code with what it means, unless the one says the other already.
  private func meaning(of code: CodeList.Code) -> String {
    let label = code.label[language]
    if label.lowercased() == code.code.lowercased() { return code.code }
    if label.lowercased().hasPrefix(code.code.lowercased()) { return label }
    return "\(code.code) (\(label))"
  }

  /// The codes of a column with their meanings, to be shown while a cell is filled in: at most 255 characters; nil where
  /// they are more, or there is no list.
  var choices: String? {
    guard let list = field.type.codeList.flatMap(model.codeList) else { return nil }
    let text = list.codes.map { meaning(of: $0) }.joined(separator: "\n")
    return text.utf16.count <= 255 ? text : nil
  }

  /// All of it, for a note on the header of a column.
  var note: String {
    var lines = [field.label[language]]
    if let help = field.help?[language] { lines.append(help) }
    lines.append(pick("Type: ", "Soort: ") + entry)
    lines.append(pick("Needed: ", "Nodig: ") + need)
    if let limits { lines.append(pick("Limits: ", "Grenzen: ") + limits) }
    if let list = field.type.codeList.flatMap(model.codeList) {
      let shown = list.codes.prefix(12).map { meaning(of: $0) }
      lines.append(
        pick("Codes: ", "Codes: ") + shown.joined(separator: ", ")
          + (list.codes.count > 12
            ? pick(", … (\(list.codes.count) in all)", ", … (\(list.codes.count) in totaal)") : ""))
      if list.codes.count == 1 {
        lines.append(pick("There is no other code yet.", "Een andere code is er nog niet."))
      }
    }
    return lines.joined(separator: "\n")
  }
}
