import DataModels
import Primitives

extension Field {
  /// What to do about a value outside the field's range.
  var rangeFix: LocalizedText {
    switch type {
    case .date: LocalizedText("Check the date (year, month, day).", nl: "Controleer de datum (jaar, maand, dag).")
    case .month: LocalizedText("Check the month.", nl: "Controleer de maand.")
    case .year: LocalizedText("Check the year.", nl: "Controleer het jaar.")
    default:
      unit.map {
        LocalizedText("Check the value and its unit (\($0)).", nl: "Controleer de waarde en de eenheid (\($0)).")
      } ?? LocalizedText("Check the value.", nl: "Controleer de waarde.")
    }
  }
}

extension CodeList {
  /// Names the codes of a short list; says where a long one is shown.
  func asked(ofModel name: String) -> LocalizedText {
    guard codes.count <= 12 else {
      return LocalizedText(
        "The list has \(codes.count) codes: they are on the sheet “Code lists” of the template, and `meedoen model show \(name) \(id)` shows them.",
        nl:
          "De lijst heeft \(codes.count) codes: ze staan op het blad “Codelijsten” van het sjabloon, en `meedoen model show \(name) \(id)` toont ze."
      )
    }
    /// A code, and its meaning where that says more.
    func named(_ language: Language) -> String {
      codes.map { code in
        let meaning = code.label[language]
        return meaning.isEmpty || meaning.lowercased() == code.code.lowercased()
          ? code.code : "\(code.code) (\(meaning))"
      }.joined(separator: ", ")
    }
    return LocalizedText(
      "Use one of these codes: \(named(.english)).", nl: "Gebruik een van deze codes: \(named(.dutch)).")
  }
}

extension ValueFormat {
  /// The format as a person calls it.
  var name: LocalizedText {
    switch self {
    case .ukNationalInsuranceNumber:
      LocalizedText("a National Insurance number", nl: "een Brits verzekeringsnummer (National Insurance number)")
    case .dutchCitizenServiceNumber:
      LocalizedText("a citizen service number (BSN)", nl: "een burgerservicenummer (BSN)")
    case .email: LocalizedText("an e-mail address", nl: "een e-mailadres")
    }
  }

  /// The form, and what to compare with.
  var form: LocalizedText {
    switch self {
    case .ukNationalInsuranceNumber:
      LocalizedText(
        "It has two letters, six digits and a letter A–D, in capitals and without blanks. Some pairs of letters, such as TN, are never issued. Compare it with the source document.",
        nl:
          "Het heeft twee letters, zes cijfers en een letter A–D, in hoofdletters en zonder spaties. Sommige letterparen, zoals TN, worden nooit uitgegeven. Vergelijk het met het brondocument."
      )
    case .dutchCitizenServiceNumber:
      LocalizedText(
        "It has nine digits that pass the test of eleven. Compare it with the source document.",
        nl: "Het heeft negen cijfers die de elfproef doorstaan. Vergelijk het met het brondocument.")
    case .email:
      LocalizedText(
        "It has the form name@domain, without blanks.", nl: "Het heeft de vorm naam@domein, zonder spaties.")
    }
  }
}
