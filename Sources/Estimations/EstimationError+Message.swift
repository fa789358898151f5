import Primitives
import Statistics
import TableFiles

extension EstimationError {
  /// What is wrong, where, and what to do.
  public var message: LocalizedText {
    switch self {
    case .unreadable(let error): error.message
    case .unknownSheet, .severalSheets, .noRowsLeft: tableMessage
    case .unknownMethod, .unknownOption, .optionMissing, .optionRepeated, .valueMissing, .optionsConflict:
      callMessage
    case .unknownChoice, .notANumber, .notWhole: valueMessage
    case .unknownColumn, .columnNotNumeric, .expressionNotFinite, .notTwoValues, .unknownLevel: columnMessage
    case .formulaRefused(let option, let position, let problem):
      LocalizedText(
        "--\(option), character \(position): \(problem.sentence.english).",
        nl: "--\(option), teken \(position): \(problem.sentence[.dutch]).")
    case .noEstimate(.cancelled, _):
      LocalizedText(
        "The computation was stopped; nothing was kept.", nl: "De berekening is gestopt; er is niets bewaard.")
    case .noEstimate(let error, let row):
      LocalizedText(
        "There is no estimate" + (row.map { " (row \($0) of the file)" } ?? "") + ": \(error.message[.english]).",
        nl: "Er is geen schatting" + (row.map { " (rij \($0) van het bestand)" } ?? "")
          + ": \(error.message[.dutch]).")
    case .notEstimable(let reason): reason
    }
  }

  private static func hint(_ near: String?) -> (english: String, dutch: String) {
    near.map { (" Did you mean “\($0)”?", " Bedoelt u “\($0)”?") } ?? ("", "")
  }

  private var tableMessage: LocalizedText {
    switch self {
    case .unknownSheet(let name, let near, let sheets):
      LocalizedText(
        "There is no sheet “\(name)”.\(Self.hint(near).english) The sheets are: \(sheets.joined(separator: ", ")).",
        nl:
          "Er is geen werkblad “\(name)”.\(Self.hint(near).dutch) De werkbladen zijn: \(sheets.joined(separator: ", "))."
      )
    case .severalSheets(let sheets):
      LocalizedText(
        "The workbook has several sheets; name one with --sheet: \(sheets.joined(separator: ", ")).",
        nl: "De werkmap heeft meer werkbladen; noem er een met --sheet: \(sheets.joined(separator: ", ")).")
    case .noRowsLeft(let read, let missing):
      LocalizedText(
        "No row is left: of \(read), \(missing) \(missing == 1 ? "has" : "have") no value in a column that is used. Use other columns, or rows that have them.",
        nl:
          "Er blijft geen rij over: van \(read) \(missing == 1 ? "heeft" : "hebben") er \(missing) geen waarde in een gebruikte kolom. Gebruik andere kolommen, of rijen die ze hebben."
      )
    default: LocalizedText("")
    }
  }

  private var callMessage: LocalizedText {
    switch self {
    case .unknownMethod(let name, let near):
      LocalizedText(
        "There is no method “\(name)”.\(Self.hint(near).english) `meedoen estimate` lists them.",
        nl: "Er is geen methode “\(name)”.\(Self.hint(near).dutch) `meedoen estimate` noemt ze.")
    case .unknownOption(let method, let name, let near):
      LocalizedText(
        "\(method) has no option --\(name).\(Self.hint(near.map { "--" + $0 }).english) `meedoen estimate \(method) --help` names its options.",
        nl:
          "\(method) heeft geen optie --\(name).\(Self.hint(near.map { "--" + $0 }).dutch) `meedoen estimate \(method) --help` noemt de opties."
      )
    case .optionMissing(let method, let name):
      LocalizedText(
        "\(method) needs --\(name). `meedoen estimate \(method) --help` explains it.",
        nl: "\(method) heeft --\(name) nodig. `meedoen estimate \(method) --help` legt het uit.")
    case .optionRepeated(let name):
      LocalizedText(
        "--\(name) is given twice. Give it once; a list is separated by commas.",
        nl: "--\(name) is twee keer gegeven. Geef het een keer; een lijst wordt door komma's gescheiden.")
    case .valueMissing(let option):
      LocalizedText("--\(option) needs a value after it.", nl: "--\(option) heeft een waarde nodig.")
    case .optionsConflict(let sentence): sentence
    default: LocalizedText("")
    }
  }

  private var valueMessage: LocalizedText {
    switch self {
    case .unknownChoice(let option, let found, let near, let choices):
      LocalizedText(
        "--\(option) cannot be “\(found)”.\(Self.hint(near).english) It is one of: \(choices.joined(separator: ", ")).",
        nl:
          "--\(option) kan niet “\(found)” zijn.\(Self.hint(near).dutch) Het is een van: \(choices.joined(separator: ", "))."
      )
    case .notANumber(let option, let found, let limits):
      LocalizedText(
        "--\(option) cannot be “\(found)”: it is \(limits.words.english), with a decimal point.",
        nl: "--\(option) kan niet “\(found)” zijn: het is \(limits.words[.dutch]), met een decimale punt.")
    case .notWhole(let option, let found, let range):
      LocalizedText(
        "--\(option) cannot be “\(found)”: it is a whole number "
          + (range.upperBound == .max
            ? "of \(range.lowerBound) or more." : "from \(range.lowerBound) to \(range.upperBound)."),
        nl: "--\(option) kan niet “\(found)” zijn: het is een geheel getal "
          + (range.upperBound == .max
            ? "van \(range.lowerBound) of meer." : "van \(range.lowerBound) tot en met \(range.upperBound)."))
    default: LocalizedText("")
    }
  }

  private var columnMessage: LocalizedText {
    switch self {
    case .unknownColumn(let option, let name, let near):
      LocalizedText(
        "--\(option): the table has no column “\(name)”.\(Self.hint(near).english)",
        nl: "--\(option): de tabel heeft geen kolom “\(name)”.\(Self.hint(near).dutch)")
    case .columnNotNumeric(let option, let column, let row):
      LocalizedText(
        "--\(option): the column “\(column)” holds texts, from row \(row) of the file, where numbers are needed. Compare it with a value, as in \(column) == 'yes', or mend the cells.",
        nl:
          "--\(option): de kolom “\(column)” bevat teksten, vanaf rij \(row) van het bestand, waar getallen nodig zijn. Vergelijk haar met een waarde, zoals \(column) == 'ja', of verbeter de cellen."
      )
    case .expressionNotFinite(let option, let expression, let row):
      LocalizedText(
        "--\(option): “\(expression)” has no usable value in row \(row) of the file. Leave such rows out with --where, or mend the cell.",
        nl:
          "--\(option): “\(expression)” heeft geen bruikbare waarde in rij \(row) van het bestand. Laat zulke rijen weg met --where, of verbeter de cel."
      )
    case .notTwoValues(let option, let column, let found):
      LocalizedText(
        "--\(option): “\(column)” has to be 0 and 1, or FALSE and TRUE; it has \(found == 1 ? "one value" : "\(found) different values") of another kind. Compare it with a value, as in \(column) == 'yes'.",
        nl:
          "--\(option): “\(column)” moet 0 en 1 zijn, of FALSE en TRUE; \(found == 1 ? "er is één waarde" : "er zijn \(found) verschillende waarden") van een andere soort. Vergelijk haar met een waarde, zoals \(column) == 'ja'."
      )
    case .unknownLevel(let option, let column):
      LocalizedText(
        "--\(option): a level that is named for “\(column)” does not occur in the rows used. Check its spelling.",
        nl:
          "--\(option): een waarde die voor “\(column)” is genoemd, komt niet voor in de gebruikte rijen. Controleer de spelling."
      )
    default: LocalizedText("")
    }
  }
}

extension NumberLimits {
  var words: LocalizedText {
    switch self {
    case .any: LocalizedText("a number", nl: "een getal")
    case .zeroOrMore: LocalizedText("a number of zero or more", nl: "een getal van nul of meer")
    case .positive: LocalizedText("a number above zero", nl: "een getal boven nul")
    case .probability: LocalizedText("a number between 0 and 1", nl: "een getal tussen 0 en 1")
    }
  }
}

extension EstimationError.FormulaProblem {
  var sentence: LocalizedText {
    switch self {
    case .unexpectedEnd: LocalizedText("something is missing at the end", nl: "aan het eind ontbreekt iets")
    case .unexpected(let sign):
      LocalizedText("“\(sign)” was not expected here", nl: "“\(sign)” was hier niet verwacht")
    case .singleEquals:
      LocalizedText(
        "“=” does not compare; write “==” to compare with a value, as in status == 2",
        nl: "“=” vergelijkt niet; schrijf “==” om met een waarde te vergelijken, zoals status == 2")
    case .unclosedQuotationMark:
      LocalizedText(
        "a quotation mark opens here and nothing closes it", nl: "hier opent een aanhalingsteken dat niet sluit")
    case .unknownFunction(let name, let near):
      LocalizedText(
        "there is no function “\(name)”" + (near.map { "; did you mean “\($0)”?" } ?? ""),
        nl: "er is geen functie “\(name)”" + (near.map { "; bedoelt u “\($0)”?" } ?? ""))
    case .wrongArguments(let function):
      LocalizedText(
        "\(function) cannot be used with what stands between its brackets",
        nl: "\(function) kan niet worden gebruikt met wat er tussen haakjes staat")
    case .textWhereNumberNeeded:
      LocalizedText("a text is used where a number is needed", nl: "een tekst staat waar een getal nodig is")
    case .noResponse:
      LocalizedText(
        "write what is modelled before a tilde: response ~ terms",
        nl: "schrijf wat wordt gemodelleerd voor een tilde: uitkomst ~ termen")
    case .responseNotAllowed:
      LocalizedText(
        "terms only; leave out the tilde and what is before it",
        nl: "alleen termen; laat de tilde en wat ervoor staat weg")
    case .noTerms: LocalizedText("there is no term", nl: "er is geen term")
    }
  }
}
