import DataModels
import Primitives
import Registers
import Reports

/// The page on which a person reads what is known of them: what it says, where it came from, why it is there, how long
/// it stays, and what they can ask.
struct PersonPage {
  let export: PersonExport
  let model: DataModel

  var report: Report {
    let organisation = literal(export.organisation)
    return Report(
      kicker: LocalizedText("\(organisation) · your data", nl: "\(organisation) · uw gegevens"),
      title: LocalizedText("What we know about you", nl: "Wat wij over u weten"),
      lede: LocalizedText(
        "Here is everything that \(organisation) has about you. You may keep it and show it to others.",
        nl: "Hier staat alles wat \(organisation) over u heeft. U mag het bewaren en aan anderen laten zien."),
      facts: facts, sections: [known] + [sources, reasons, rights])
  }

  private var facts: [ReportFact] {
    var facts = [
      ReportFact(
        LocalizedText("Your number", nl: "Uw nummer"), LocalizedText(literal("\(export.number) (\(export.provider))"))),
      ReportFact(LocalizedText("Made on", nl: "Gemaakt op"), day(export.madeOn)),
    ]
    if export.isSynthetic {
      facts.append(
        ReportFact(
          LocalizedText("Note", nl: "Let op"),
          LocalizedText("This person is invented.", nl: "Deze persoon is verzonnen.")))
    }
    return facts
  }

  private var known: ReportSection {
    ReportSection(
      heading: LocalizedText("What we know", nl: "Wat wij weten"),
      blocks: export.rows.enumerated().map { index, row in
        let same = export.rows.filter { $0.record == row.record }.count
        let number = export.rows[...index].count { $0.record == row.record }
        let title = same > 1 ? "\(row.title) (\(number)/\(same))" : row.title
        return .table(
          ReportTable(
            caption: LocalizedText(literal(title)), rowHeading: LocalizedText("What", nl: "Wat"),
            columns: [ReportTable.Column(LocalizedText("What we have", nl: "Wat wij hebben"), .leading)],
            rows: row.values.map { .init(LocalizedText(literal($0.label)), [.text(LocalizedText(literal($0.text)))]) }))
      })
  }

  private var sources: ReportSection {
    ReportSection(
      heading: LocalizedText("Who told us, and when", nl: "Wie het ons vertelde, en wanneer"),
      blocks: [
        .table(
          ReportTable(
            caption: LocalizedText("Messages about you", nl: "Berichten over u"),
            rowHeading: LocalizedText("From", nl: "Van"),
            columns: [
              .init(LocalizedText("About", nl: "Over"), .leading),
              .init(LocalizedText("Received on", nl: "Ontvangen op"), .leading),
              .init(LocalizedText("What it was about", nl: "Waar het over ging"), .leading),
            ],
            rows: export.sources.map { source in
              var titles: [String] = []
              for row in source.rows where !titles.contains(row.title) { titles.append(row.title) }
              return .init(
                LocalizedText(literal(source.provider)),
                [
                  .text(
                    LocalizedText(
                      Language.english.month(source.period), nl: Language.dutch.month(source.period))),
                  .text(day(source.receivedOn)), .text(LocalizedText(literal(titles.joined(separator: ", ")))),
                ])
            }))
      ])
  }

  private var reasons: ReportSection {
    var rows: [ReportTable.Row] = []
    var seen: Set<String> = []
    for row in export.rows {
      for value in row.values where seen.insert("\(row.record).\(value.field)").inserted {
        let unsaid = LocalizedText("not written down", nl: "niet vastgelegd")
        rows.append(
          .init(
            LocalizedText(literal("\(row.title): \(value.label)")),
            [
              .text(value.purpose.map { LocalizedText(literal($0)) } ?? unsaid),
              .text(value.keep.map { LocalizedText(literal($0)) } ?? unsaid),
            ]))
      }
    }
    return ReportSection(
      heading: LocalizedText("Why we have it, and for how long", nl: "Waarom wij het hebben, en hoe lang"),
      blocks: [
        .table(
          ReportTable(
            caption: LocalizedText("Purpose and term", nl: "Doel en termijn"),
            rowHeading: LocalizedText("What", nl: "Wat"),
            columns: [
              .init(LocalizedText("Why", nl: "Waarom"), .leading),
              .init(LocalizedText("Kept for", nl: "Hoe lang bewaard"), .leading),
            ], rows: rows))
      ])
  }

  private var rights: ReportSection {
    let contact = model.processing.organisation.contact
    return ReportSection(
      heading: LocalizedText("What you can ask", nl: "Wat u kunt vragen"),
      blocks: [
        .list([
          LocalizedText(
            "Is something wrong? Ask us to correct it.", nl: "Klopt iets niet? Vraag ons om het te verbeteren."),
          LocalizedText(
            "Do you want us to forget you? Ask us to erase your data. We say yes, unless the law says that we must keep it.",
            nl:
              "Wilt u dat wij u vergeten? Vraag ons om uw gegevens te wissen. Wij doen dat, tenzij wij ze van de wet moeten bewaren."
          ),
          LocalizedText(
            "Do you not want us to use your data? Say so, and tell us why.",
            nl: "Wilt u niet dat wij uw gegevens gebruiken? Zeg het ons, en vertel waarom."),
          LocalizedText(
            "Are you not content with our answer? You can complain to the authority that watches over privacy in your country.",
            nl: "Bent u niet tevreden met ons antwoord? Dan kunt u klagen bij de toezichthouder op privacy in uw land."),
          contact.map { LocalizedText("Ask it here: \($0.english)", nl: "Vraag het hier: \($0[.dutch])") }
            ?? LocalizedText("Ask it at the place where you get support.", nl: "Vraag het waar u begeleiding krijgt."),
        ])
      ])
  }

  private func day(_ day: CalendarDate) -> LocalizedText {
    LocalizedText(Language.english.date(day), nl: Language.dutch.date(day))
  }

  /// A text that is no markup: two stars that somebody typed stay two stars.
  private func literal(_ text: String) -> String {
    text.replacing("**", with: "*\u{2060}*").replacing("`", with: "\u{2060}\u{02CB}")
  }
}
