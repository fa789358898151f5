import Primitives

extension PublishedModelTranslation {
  /// Notes about the folder as a whole, and about the words it explains.
  mutating func noteWhatIsGeneral() {
    noteTypes()
    for word in model.types + model.validators where word.help.map(Self.isCutOff) == true {
      noteCutOff(word.place, nil, nil, name: word.name)
    }
    for setting in model.unknownSettings {
      note(
        .settingUnknown, at: setting.place, record: setting.record, field: setting.field,
        "“\(setting.name)” is not a setting of the published format as we know it; it is left out.",
        nl: "“\(setting.name)” is geen instelling van de gepubliceerde vorm zoals wij die kennen; zij is weggelaten.")
    }
    notePrivacy()
    let comments = records.flatMap(\.fields).reduce(0) { $0 + $1.commentCount }
    if comments > 0 {
      note(
        .commentsDropped, file: "records",
        "\(comments) comments on fields (comments, latest_comments) are left out; they are remarks between the makers.",
        nl:
          "\(comments) opmerkingen bij velden (comments, latest_comments) zijn weggelaten; het zijn aantekeningen van de makers."
      )
    }
    note(
      .scopeChosen, file: "validators.yml",
      "Unique means unique within one provider, and so a person number is one person for one provider only; the folder's texts also speak of one number for each person of the whole programme.",
      nl:
        "Uniek betekent uniek binnen één aanbieder, en dus is een persoonsnummer één persoon voor één aanbieder; de teksten in de map spreken ook van één nummer per persoon in het hele programma."
    )
    note(
      .languageMissing, file: "records",
      "Labels and help are in the folder's one language; the messages of the rules are in English and Dutch.",
      nl:
        "Labels en uitleg zijn in de ene taal van de map; de meldingen van de regels zijn in het Engels en het Nederlands."
    )
  }

  private mutating func noteTypes() {
    let readings = [
      "string": ("text", "text", "tekst"),
      "monthyear": ("month", "a month, such as 2021-07", "een maand, zoals 2021-07"),
      "categorical": ("code", "one code of a list", "één code uit een lijst"),
    ]
    for word in model.types {
      guard let (_, english, dutch) = readings[word.name] else { continue }
      note(
        .typeRead, at: word.place, "The type “\(word.name)” is read as \(english).",
        nl: "Het type “\(word.name)” wordt gelezen als \(dutch).")
    }
  }

  private mutating func notePrivacy() {
    let names: [(PrivacyClass, String, String)] = [
      (.identifier, "the person's number, kept as a pseudonym", "het nummer van de persoon, bewaard als pseudoniem"),
      (.direct, "direct identifiers, kept in the vault", "direct herleidbaar, bewaard in de kluis"),
      (.sensitive, "sensitive", "gevoelig"),
      (.quasi, "identifying together with others", "herleidbaar in combinatie met andere"),
    ]
    for (privacy, english, dutch) in names {
      var fields: [String] = []
      for record in records {
        for field in record.fields where self.privacy(of: field) == privacy {
          fields.append("\(record.id).\(field.id)")
        }
      }
      guard !fields.isEmpty else { continue }
      let list = fields.joined(separator: ", ")
      note(
        .privacyChosen, file: "records", "The folder has no privacy classes. We chose as \(english): \(list).",
        nl: "De map kent geen privacyklassen. Wij kozen als \(dutch): \(list).")
    }
  }

  // MARK: Texts that stop

  /// Whether a text stops in the middle: whole sentences, and then at most three words without an end.
  static func isCutOff(_ text: String) -> Bool {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let last = words.last?.last, last.isLetter || last == "," else { return false }
    let enders: Set<Character> = [".", "!", "?"]
    let notEnds = ["e.g.", "i.e.", "eg.", "ie.", "N.B."]
    for (index, word) in words.enumerated().reversed().dropFirst() {
      guard let end = word.last, enders.contains(end), !notEnds.contains(String(word)) else { continue }
      let tail = words[(index + 1)...]
      return tail.count <= 3 && tail.first?.first?.isUppercase == true
    }
    return false
  }

  mutating func noteCutOff(_ place: DefinitionNode, _ record: String?, _ field: String?, name: String) {
    note(
      .helpCutOff, at: place, record: record, field: field,
      "The text that explains “\(name)” stops in the middle of a sentence, so what it went on to say is not known.",
      nl: "De tekst die “\(name)” uitlegt, houdt midden in een zin op; wat er verder zou staan, is niet bekend.")
  }
}
