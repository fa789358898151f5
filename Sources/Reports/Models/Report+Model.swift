import DataModels
import Fingerprints
import Primitives
import Submissions

extension Report {
  /// The pages of a model: what each record, field, code, rule and expectation means, for those who fill it in.
  public init(model: DataModel) {
    let fields = model.records.reduce(0) { $0 + $1.fields.count }
    self.init(
      kicker: LocalizedText("Data model", nl: "Datamodel"), title: model.title,
      lede: model.help
        ?? LocalizedText("What the data of this programme mean.", nl: "Wat de gegevens van dit programma betekenen."),
      facts: [
        ReportFact(LocalizedText("Model", nl: "Model"), LocalizedText(model.id)),
        ReportFact(LocalizedText("Version", nl: "Versie"), LocalizedText(model.version)),
        ReportFact(LocalizedText("Records", nl: "Records"), LocalizedText { $0.number(model.records.count) }),
        ReportFact(LocalizedText("Fields", nl: "Velden"), LocalizedText { $0.number(fields) }),
        ReportFact(LocalizedText("Rules", nl: "Regels"), LocalizedText { $0.number(model.rules.count) }),
        ReportFact(LocalizedText("Fingerprint", nl: "Vingerafdruk"), LocalizedText(model.fingerprint.short)),
      ],
      sections: [ModelPage.relations(model)] + model.records.map { ModelPage.section($0, model) }
        + [ModelPage.rules(model), ModelPage.expectations(model), ModelPage.codeLists(model)].compactMap(\.self),
      colophon: LocalizedText("Made from the model itself.", nl: "Gemaakt uit het model zelf."))
  }
}

/// The sections of the pages of a model.
enum ModelPage {
  static func relations(_ model: DataModel) -> ReportSection {
    func box(_ record: RecordDefinition) -> RelationDiagram.Box {
      let count =
        record.nature == .person
        ? nil
        : record.key.count == 1
          ? LocalizedText("0 or 1", nl: "0 of 1") : LocalizedText("any number", nl: "elk aantal")
      return RelationDiagram.Box(
        title: record.title,
        subtitle: LocalizedText(
          "\(record.id) · \(kind(record.nature).english)", nl: "\(record.id) · \(kind(record.nature)[.dutch])"),
        count: count)
    }
    return ReportSection(
      heading: LocalizedText("How the records hang together", nl: "Hoe de records samenhangen"),
      blocks: [
        .paragraph(
          LocalizedText(
            "Every record is of one person, and says so by the person's number.",
            nl: "Elk record is van één persoon, en zegt dat met het persoonsnummer.")),
        .relations(
          RelationDiagram(
            person: box(model.person), records: model.records.filter { $0.nature != .person }.map(box))),
      ])
  }

  static func kind(_ nature: RecordNature) -> LocalizedText {
    switch nature {
    case .person: LocalizedText("person", nl: "persoon")
    case .event: LocalizedText("event", nl: "gebeurtenis")
    case .spell: LocalizedText("spell", nl: "periode")
    case .measurement: LocalizedText("measurement", nl: "meting")
    }
  }

  static func section(_ record: RecordDefinition, _ model: DataModel) -> ReportSection {
    var blocks: [ReportBlock] = []
    if let help = record.help { blocks.append(.paragraph(help)) }
    let key = record.key.map { "`\($0)`" }
    blocks.append(
      .paragraph(
        LocalizedText { language in
          (language == .dutch ? "Naam in bestanden: " : "Name in files: ")
            + "`\(record.id)` · \(kind(record.nature)[language]) · "
            + (language == .dutch ? "een rij is te herkennen aan " : "a row is told apart by ") + language.list(key)
            + "."
        }))
    blocks.append(
      .table(
        ReportTable(
          caption: LocalizedText("Fields", nl: "Velden"), rowHeading: LocalizedText("Field", nl: "Veld"),
          columns: [
            .init(LocalizedText("Column", nl: "Kolom"), .leading),
            .init(LocalizedText("What is filled in", nl: "Wat wordt ingevuld"), .leading),
            .init(LocalizedText("Needed", nl: "Nodig"), .leading),
            .init(LocalizedText("Privacy and purpose", nl: "Privacy en doel"), .leading),
          ],
          rows: record.fields.map { row($0, model) })))
    return ReportSection(heading: record.title, blocks: blocks)
  }

  private static func row(_ field: Field, _ model: DataModel) -> ReportTable.Row {
    func words(_ language: Language) -> FieldWords { FieldWords(field: field, model: model, language: language) }
    return ReportTable.Row(
      LocalizedText { language in
        [field.label[language], field.help?[language]].compactMap(\.self).joined(separator: ". ")
      },
      [
        .text(LocalizedText("`\(field.id)`")),
        .text(
          LocalizedText { language in
            // “was” in both languages.
            let before = field.replaces.map { "`\($0.field)`" }.joined(separator: " + ")
            return [
              words(language).type, field.type.codeList.map { "`\($0)`" }, words(language).limits,
              words(language).form,
              before.isEmpty ? nil : "was \(before)",
            ].compactMap(\.self).joined(separator: "; ")
          }),
        .text(LocalizedText { words($0).need }),
        .text(
          LocalizedText { language in
            [ModelPage.privacy(field.privacy)[language], field.purpose].compactMap(\.self).joined(separator: "; ")
          }),
      ])
  }

  private static func privacy(_ privacy: PrivacyClass) -> LocalizedText {
    switch privacy {
    case .identifier: LocalizedText("the person's number", nl: "het persoonsnummer")
    case .direct: LocalizedText("points to one person", nl: "wijst één persoon aan")
    case .quasi: LocalizedText("points to a person with others", nl: "wijst met andere een persoon aan")
    case .sensitive: LocalizedText("can harm", nl: "kan schaden")
    case .plain: LocalizedText("plain", nl: "gewoon")
    }
  }

  static func rules(_ model: DataModel) -> ReportSection? {
    guard !model.rules.isEmpty else { return nil }
    return ReportSection(
      heading: LocalizedText("Rules", nl: "Regels"),
      blocks: [
        .table(
          ReportTable(
            caption: LocalizedText(
              "What is told when a rule is broken", nl: "Wat wordt gezegd als een regel niet klopt"),
            rowHeading: LocalizedText("Message", nl: "Melding"),
            columns: [
              .init(LocalizedText("Record", nl: "Record"), .leading),
              .init(LocalizedText("What becomes of the row", nl: "Wat er met de rij gebeurt"), .leading),
            ],
            rows: model.rules.map { rule in
              let heading = LocalizedText { language in
                [rule.says[language], rule.fix?[language]].compactMap(\.self).joined(separator: " ")
              }
              return ReportTable.Row(
                heading, [.text(LocalizedText("`\(rule.record)`")), .text(outcome(rule.severity))])
            }))
      ])
  }

  private static func outcome(_ severity: Severity) -> LocalizedText {
    switch severity {
    case .notice: LocalizedText("taken in; a notice", nl: "opgenomen; een opmerking")
    case .confirm: LocalizedText("taken in; to confirm", nl: "opgenomen; te bevestigen")
    case .error: LocalizedText("held", nl: "vastgehouden")
    case .setup: LocalizedText("not read", nl: "niet gelezen")
    }
  }

  static func expectations(_ model: DataModel) -> ReportSection? {
    guard !model.expectations.isEmpty else { return nil }
    func time(_ duration: CalendarDuration) -> LocalizedText {
      let isOne = abs(duration.count) == 1
      let (english, dutch): (String, String) =
        switch duration.unit {
        case .days: (isOne ? "day" : "days", isOne ? "dag" : "dagen")
        case .weeks: (isOne ? "week" : "weeks", isOne ? "week" : "weken")
        case .months: (isOne ? "month" : "months", isOne ? "maand" : "maanden")
        case .years: (isOne ? "year" : "years", "jaar")
        }
      return LocalizedText("\(duration.count) \(english)", nl: "\(duration.count) \(dutch)")
    }
    return ReportSection(
      heading: LocalizedText("What is expected, and when", nl: "Wat wordt verwacht, en wanneer"),
      blocks: [
        .table(
          ReportTable(
            caption: LocalizedText("Expectations", nl: "Verwachtingen"),
            rowHeading: LocalizedText("Expected", nl: "Verwacht"),
            columns: [
              .init(LocalizedText("Counted from", nl: "Gerekend vanaf"), .leading),
              .init(LocalizedText("Window", nl: "Termijn"), .leading),
            ],
            rows: model.expectations.map { expectation in
              let window = LocalizedText { language in
                switch expectation.timing {
                case .once(let opens, let within):
                  let by = (language == .dutch ? "binnen " : "within ") + time(within)[language]
                  return opens.map { (language == .dutch ? "na " : "after ") + time($0)[language] + ", " + by } ?? by
                case .every(let every): return (language == .dutch ? "elke " : "every ") + time(every)[language]
                }
              }
              return ReportTable.Row(
                expectation.title,
                [.text(LocalizedText("`\(expectation.record).\(expectation.from.field)`")), .text(window)])
            }))
      ])
  }

  static func codeLists(_ model: DataModel) -> ReportSection? {
    guard !model.codeLists.isEmpty else { return nil }
    return ReportSection(
      heading: LocalizedText("Code lists", nl: "Codelijsten"),
      blocks: model.codeLists.map { list in
        .table(
          ReportTable(
            caption: LocalizedText { language in
              (list.title.map { "\($0[language]) · " } ?? "") + "`\(list.id)`"
                + (list.isOrdered ? (language == .dutch ? " (van minder naar meer)" : " (from less to more)") : "")
            },
            rowHeading: LocalizedText("Code", nl: "Code"),
            columns: [.init(LocalizedText("Meaning", nl: "Betekenis"), .leading)],
            rows: list.codes.map { ReportTable.Row(LocalizedText("`\($0.code)`"), [.text($0.label)]) }
              + list.replaces.sorted { $0.key < $1.key }.map { old, new in
                ReportTable.Row(
                  LocalizedText("`\(old)`"),
                  [.text(LocalizedText("gone; read as `\(new)`", nl: "weg; wordt gelezen als `\(new)`"))], kind: .part)
              }))
      })
  }
}
