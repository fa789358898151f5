import Primitives

/// The words of the page itself, in each language.
enum RendererWords {
  static let skip = LocalizedText("Go to the text", nl: "Ga naar de tekst")
  static let contents = LocalizedText("On this page", nl: "Op deze pagina")
  static let caveat = LocalizedText("What this cannot tell", nl: "Wat dit niet kan zeggen")
  static let method = LocalizedText("How this was made", nl: "Hoe dit is gemaakt")
  static let numbers = LocalizedText("The numbers in a table", nl: "De getallen in een tabel")
  static let appendix = LocalizedText("How this report was made", nl: "Hoe dit rapport is gemaakt")
  static let methods = LocalizedText("Methods", nl: "Methoden")
  static let definitions = LocalizedText("What the words mean", nl: "Wat de woorden betekenen")
  static let quality = LocalizedText("How good the data are", nl: "Hoe goed de gegevens zijn")
  static let origins = LocalizedText("Where each result comes from", nl: "Waar elke uitkomst vandaan komt")
  static let originsLede = LocalizedText(
    "Each result has a code. The same plan, data and program give the same result and the same code.",
    nl:
      "Elke uitkomst heeft een code. Hetzelfde plan, dezelfde gegevens en hetzelfde programma geven dezelfde uitkomst "
      + "en dezelfde code.")
  static let fingerprints = LocalizedText("Fingerprints in full", nl: "Volledige vingerafdrukken")
  static let plan = LocalizedText("Plan", nl: "Plan")
  static let data = LocalizedText("Data", nl: "Gegevens")
  static let program = LocalizedText("Program", nl: "Programma")
  static let result = LocalizedText("Result", nl: "Uitkomst")
  static let asKnownOn = LocalizedText("As known on", nl: "Stand van")
  static let people = LocalizedText("People", nl: "Mensen")
  static let signs = LocalizedText("Five signs", nl: "Vijf tekens")
  static let signsLede = LocalizedText(
    "A place without a number says why. The five never mean the same.",
    nl: "Een plek zonder getal zegt waarom. De vijf betekenen nooit hetzelfde.")
  static let zero = LocalizedText("none: counted, and there was nobody", nl: "geen: geteld, en er was niemand")
  static let origin = LocalizedText("where this comes from", nl: "waar dit vandaan komt")

  /// `Five things to know`.
  static func thingsToKnow(_ count: Int) -> LocalizedText {
    let english = ["", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"]
    let dutch = ["", "Eén", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht", "Negen", "Tien"]
    let isNamed = english.indices.contains(count) && count > 0
    let (word, woord) = isNamed ? (english[count], dutch[count]) : (String(count), String(count))
    return LocalizedText(
      "\(word) \(count == 1 ? "thing" : "things") to know", nl: "\(woord) \(count == 1 ? "ding" : "dingen") om te weten"
    )
  }

  /// The language's own name for itself.
  static func name(of language: Language) -> String { language == .dutch ? "Nederlands" : "English" }
}
