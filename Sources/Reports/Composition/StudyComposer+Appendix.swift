import Charts
import DisclosureControl
import Primitives
import Studies

extension StudyComposer {
  /// What the whole study cannot tell, in the same type size as what it does tell.
  var limitsSection: ReportSection? {
    guard !study.caveats.isEmpty else { return nil }
    return ReportSection(
      heading: LocalizedText("Keep this in mind", nl: "Houd dit in gedachten"),
      blocks: [.caveat(ReportCaveat(study.caveats))])
  }

  var appendix: ReportAppendix {
    ReportAppendix(method: method, definitions: definitions, dataQuality: dataQuality, provenance: provenance)
  }

  private var method: [ReportBlock] {
    var blocks: [ReportBlock] = []
    if !study.methodNotes.isEmpty { blocks.append(.list(study.methodNotes)) }
    blocks += [
      .subheading(LocalizedText("How people are protected", nl: "Hoe mensen zijn beschermd")), .paragraph(protection),
    ]
    if !study.planInWords.isEmpty {
      blocks.append(.subheading(LocalizedText("The plan in words", nl: "Het plan in woorden")))
      for part in study.planInWords {
        blocks.append(.paragraph(LocalizedText(en: "**\(part.heading)**", nl: "**\(part.heading)**")))
        blocks.append(.list(part.sentences))
      }
    }
    let tables = [allFlows, allMoves].compactMap(\.self)
    if !tables.isEmpty {
      blocks.append(.subheading(LocalizedText("More tables", nl: "Meer tabellen")))
      blocks += tables.map { .table($0) }
    }
    return blocks
  }

  /// Threshold, rounding and how many numbers are withheld.
  private var protection: LocalizedText {
    let policy = study.policy
    var sentences = [
      LocalizedText(
        en:
          "A number of people below \(policy.threshold) is not shown. Other numbers are withheld where such a number could be worked out from them.",
        nl:
          "Een aantal mensen onder de \(policy.threshold) tonen we niet. Andere aantallen houden we achter als zo'n aantal eruit af te leiden is."
      )
    ]
    if case .nearest(let base) = policy.rounding {
      sentences.append(
        LocalizedText(
          en:
            "Numbers of people are rounded to the nearest \(base), each on its own; so parts may not add up to their total.",
          nl:
            "Aantallen mensen zijn afgerond op het dichtstbijzijnde veelvoud van \(base), elk apart; delen tellen dus niet altijd op tot hun totaal."
        ))
    } else {
      sentences.append(LocalizedText("Numbers of people are not rounded.", nl: "Aantallen mensen zijn niet afgerond."))
    }
    let withheld = study.suppressedCells
    sentences.append(
      withheld == 0
        ? LocalizedText(
          "In this study no number had to be withheld.",
          nl: "In dit onderzoek hoefde geen aantal te worden achtergehouden.")
        : LocalizedText(
          en: "In the tables of this study \(withheld) \(withheld == 1 ? "number is" : "numbers are") withheld.",
          nl:
            "In de tabellen van dit onderzoek \(withheld == 1 ? "is" : "zijn") \(withheld) \(withheld == 1 ? "aantal" : "aantallen") achtergehouden."
        ))
    return LocalizedText(sentences: sentences)
  }

  // MARK: Words

  private var definitions: [ReportAppendix.Definition] {
    func names(_ kind: DisclosedState.Kind) -> LocalizedText? {
      let names = study.states.filter { $0.kind == kind }.map(\.name.inSentence)
      return names.isEmpty ? nil : LocalizedText(list: names).atStart
    }
    var definitions = [
      ReportAppendix.Definition(
        LocalizedText("State", nl: "Toestand"),
        LocalizedText(
          en:
            "On each day a person is in one state. When several hold, the first of this list counts: \(precedence).",
          nl: "Op elke dag is iemand in één toestand. Gelden er meer, dan telt de eerste van deze rij: \(precedence)."))
    ]
    if let absorbing = names(.absorbing) {
      definitions.append(
        .init(
          absorbing,
          LocalizedText(
            "For good: who comes into this state stays in it.",
            nl: "Voorgoed: wie in deze toestand komt, blijft erin.")))
    }
    if let lost = names(.lost) {
      definitions.append(
        .init(
          lost,
          LocalizedText(
            "Nobody has seen the person for as long as the plan says.",
            nl: "Niemand heeft de persoon gezien, zo lang als het plan zegt.")))
    }
    if let otherwise = names(.otherwise) {
      definitions.append(
        .init(otherwise, LocalizedText("None of the other states.", nl: "Geen van de andere toestanden.")))
    }
    return definitions + [
      .init(
        LocalizedText("95% interval", nl: "95%-interval"),
        LocalizedText(
          "How sure a number is. Of 100 studies like this one, about 95 have an interval that holds the true number.",
          nl:
            "Hoe zeker een getal is. Van 100 onderzoeken zoals dit hebben er ongeveer 95 een interval waar het echte getal in ligt."
        )),
      .init(
        LocalizedText("Followed, and not there yet", nl: "Gevolgd, en nog niet zover"),
        LocalizedText(
          "People who are still followed and have had none of the events of that outcome yet.",
          nl: "Mensen die we nog volgen en die nog geen van de gebeurtenissen van die uitkomst hadden.")
      ),
      .init(
        LocalizedText("Gross difference", nl: "Bruto verschil"),
        LocalizedText(
          "A difference between groups as they are, whatever else sets them apart.",
          nl: "Een verschil tussen groepen zoals ze zijn, wat hen verder ook onderscheidt.")),
    ]
  }

  /// States in the order in which they count.
  private var precedence: LocalizedText {
    let kinds: [[DisclosedState.Kind]] = [[.absorbing], [.plain, .lost], [.otherwise]]
    return LocalizedText(
      list: kinds.flatMap { kinds in study.states.filter { kinds.contains($0.kind) } }.map(\.name.inSentence))
  }

  // MARK: Data and origins

  private var dataQuality: [ReportBlock] {
    var items: [LocalizedText] = []
    if let quality {
      let received = quality.received
      let about =
        quality.periods.map { periods in
          LocalizedText(
            en: ", about \(periods.lowerBound) to \(periods.upperBound)",
            nl: ", over \(periods.lowerBound) tot en met \(periods.upperBound)")
        } ?? LocalizedText("")
      items.append(
        LocalizedText(
          en: "\(received) \(received == 1 ? "return is" : "returns are") in\(about).",
          nl: "\(received) \(received == 1 ? "aanlevering is" : "aanleveringen zijn") binnen\(about)."))
      if let late = quality.late {
        items.append(
          late == 0
            ? LocalizedText("All of them came in on time.", nl: "Ze kwamen allemaal op tijd.")
            : LocalizedText(
              en: "\(late) of them came after the day on which \(late == 1 ? "it was" : "they were") due.",
              nl:
                "\(late) daarvan \(late == 1 ? "kwam" : "kwamen") na de dag waarop \(late == 1 ? "die" : "ze") binnen moest\(late == 1 ? "" : "en") zijn."
            ))
      }
      if let missing = quality.missing, missing > 0 {
        items.append(
          LocalizedText(
            en:
              "\(missing) \(missing == 1 ? "return that was" : "returns that were") due \(missing == 1 ? "is" : "are") not yet in.",
            nl:
              "\(missing) \(missing == 1 ? "aanlevering die er had moeten zijn, is" : "aanleveringen die er hadden moeten zijn, zijn") nog niet binnen."
          ))
      }
    }
    items += settings.registerNotes
    let tables = [qualityTable, erasedTable].compactMap(\.self)
    return (items.isEmpty ? [] : [.list(items)]) + tables.map { .table($0) }
  }

  /// People who were erased: they may be why a report that is made again differs from the one that was printed.
  private var erasedTable: ReportTable? {
    guard let erased = quality?.erased else { return nil }
    let kinds = DataQualitySummary.ErasedKind.allCases.filter { erased.rows.contains($0.rawValue) }
    return ReportTable(
      caption: LocalizedText(
        "People who were known and have been erased since", nl: "Mensen die bekend waren en sindsdien zijn gewist"),
      rowHeading: LocalizedText("In this report", nl: "In dit rapport"),
      columns: [.init(LocalizedText("People", nl: "Mensen"))],
      rows: kinds.map { kind in
        ReportTable.Row(kind.heading, [.init(erased[kind.rawValue, "people"] ?? .absent(.notApplicable))])
      },
      source: LocalizedText(
        "Of everybody in the register: who of them would have been among the people of this study is not known any "
          + "more. A report that was made before they were erased can have other figures.",
        nl: "Van iedereen in het register: wie van hen bij de mensen van dit onderzoek zou horen, is niet meer bekend. "
          + "Een rapport van voor het wissen kan andere cijfers hebben."))
  }

  private var qualityTable: ReportTable? {
    guard let quality, let rows = quality.rows, !quality.records.isEmpty else { return nil }
    let columns = DataQualitySummary.Column.allCases.filter { rows.columns.contains($0.rawValue) }
    return ReportTable(
      caption: LocalizedText(
        "Rows of the returns, by kind of record", nl: "Rijen van de aanleveringen, per soort gegevens"),
      rowHeading: LocalizedText("Record", nl: "Gegevens"), columns: columns.map { .init($0.heading) },
      rows: quality.records.map { record in
        ReportTable.Row(
          record.title, columns.map { ReportTable.Cell(rows[record.id, $0.rawValue] ?? .absent(.notApplicable)) })
      },
      source: LocalizedText(sentences: columns.compactMap(\.explanation)))
  }

  private var provenance: [ProvenanceRecord] {
    study.origins.compactMap { origin in
      guard let code = codes[origin.result] else { return nil }
      return ProvenanceRecord(
        code: code, result: origin.name, plan: origin.plan, data: origin.data, asKnownOn: origin.asKnownOn,
        count: ReportNumber(origin.people), method: origin.method)
    }
  }
}

extension DataQualitySummary.ErasedKind {
  var heading: LocalizedText {
    switch self {
    case .nothing: LocalizedText("In no figure", nl: "In geen enkel cijfer")
    case .statistical: LocalizedText("Counted without a name", nl: "Zonder naam meegeteld")
    }
  }
}

extension DataQualitySummary.Column {
  var heading: LocalizedText {
    switch self {
    case .read: LocalizedText("Read", nl: "Gelezen")
    case .accepted: LocalizedText("Taken in", nl: "Opgenomen")
    case .held: LocalizedText("Held", nl: "Apart")
    case .waiting: LocalizedText("Waiting", nl: "Wacht")
    }
  }

  var explanation: LocalizedText? {
    switch self {
    case .read, .accepted: nil
    case .held:
      LocalizedText(
        "Held rows have an error that the sender must mend; they are in no figure.",
        nl: "In rijen die apart staan, zit een fout die de afzender moet herstellen; ze tellen nergens mee.")
    case .waiting:
      LocalizedText(
        "Waiting rows count once the record of their person is in.",
        nl: "Rijen die wachten, tellen mee zodra de gegevens van hun persoon er zijn.")
    }
  }
}
