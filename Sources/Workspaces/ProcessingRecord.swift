import DataModels
import Foundation
import Primitives
import Reports

/// The record of processing activities that a model amounts to (General Data Protection Regulation, article 30): for
/// what, of whom, which data, for whom, how long and how guarded.
public struct ProcessingRecord: Encodable, Sendable {
  public struct Activity: Encodable, Sendable {
    public let purpose: String
    public let title: LocalizedText
    /// The ground in law; null when the model does not say.
    public let basis: LocalizedText?
    /// What allows the sensitive fields; null when there are none, or the model does not say.
    public let specialBasis: LocalizedText?
    public let recipients: LocalizedText?
    public let fields: [FieldLine]
  }

  public struct FieldLine: Encodable, Sendable {
    public let record: String
    public let field: String
    public let label: LocalizedText
    public let privacy: PrivacyClass
    /// As the model writes it.
    public let keep: String?
  }

  public let schema = "meedoen-processing-record/1"
  public let model: String
  public let modelVersion: String
  public let title: LocalizedText
  public let controller: LocalizedText?
  public let contact: LocalizedText?
  public let officer: LocalizedText?
  public let transfers: LocalizedText?
  public let security: LocalizedText
  public let keepFiles: String?
  public let activities: [Activity]
  /// What the law asks for and the model does not say.
  public let gaps: [LocalizedText]
}

/// The record of processing of a model by name, or of a workspace's.
public func processingRecord(model name: String?, workspace: URL) throws(WorkspaceError) -> (
  ProcessingRecord, DataModel
) {
  let model =
    if let name { try ModelLibrary(workspace: workspace).find(name).model } else { try Workspace.open(workspace).model }
  return (ProcessingRecord(model), model)
}

extension ProcessingRecord {
  init(_ model: DataModel) {
    var order: [String] = model.processing.purposes.map(\.id)
    var fields: [String: [FieldLine]] = [:]
    for record in model.records {
      for field in record.fields {
        // A plain field without a purpose says nothing of anybody by itself; it is listed with its record's others.
        let purpose = field.purpose ?? record.fields.compactMap(\.purpose).first ?? ""
        if !order.contains(purpose) { order.append(purpose) }
        fields[purpose, default: []].append(
          FieldLine(
            record: record.id, field: field.id, label: field.label, privacy: field.privacy,
            keep: model.processing.term(record: record.id, field: field.id)?.text))
      }
    }
    let activities = order.compactMap { id -> Activity? in
      guard let lines = fields[id] else { return nil }
      let purpose = model.processing.purpose(id)
      return Activity(
        purpose: id,
        title: purpose?.title ?? LocalizedText(id.isEmpty ? "not stated" : id, nl: id.isEmpty ? "niet genoemd" : id),
        basis: purpose?.basis, specialBasis: purpose?.specialBasis, recipients: purpose?.recipients, fields: lines)
    }
    let organisation = model.processing.organisation
    self.init(
      model: model.id, modelVersion: model.version, title: model.title, controller: organisation.controller,
      contact: organisation.contact, officer: organisation.officer, transfers: organisation.transfers,
      security: organisation.security ?? Self.standardSecurity, keepFiles: model.processing.filesTerm?.text,
      activities: activities, gaps: Self.gaps(activities, model))
  }

  /// What the program does, whoever uses it.
  private static let standardSecurity = LocalizedText(
    "Numbers and names become pseudonyms when data come in; the values and the received files are sealed with AES-256-GCM in a separate vault. Every change is in a chained audit trail. Small counts are protected in reports. Who may open the folder, and the encryption of the disk, are up to the organisation.",
    nl:
      "Nummers en namen worden pseudoniemen zodra gegevens binnenkomen; de waarden en de ontvangen bestanden zijn met AES-256-GCM verzegeld in een aparte kluis. Elke wijziging staat in een geketend auditspoor. Kleine aantallen zijn beschermd in rapporten. Wie de map mag openen en de versleuteling van de schijf zijn aan de organisatie."
  )

  private static func gaps(_ activities: [Activity], _ model: DataModel) -> [LocalizedText] {
    let organisation = model.processing.organisation
    var gaps: [LocalizedText] = []
    func gap(_ isMissing: Bool, _ english: String, _ dutch: String) {
      if isMissing { gaps.append(LocalizedText(english, nl: dutch)) }
    }
    gap(
      organisation.controller == nil, "Who is responsible (processing: controller).",
      "Wie verantwoordelijk is (processing: controller).")
    gap(
      organisation.contact == nil, "Where people can ask (processing: contact).",
      "Waar mensen terechtkunnen (processing: contact).")
    gap(
      organisation.transfers == nil, "Whether data go to other countries (processing: transfers).",
      "Of gegevens naar andere landen gaan (processing: transfers).")
    gap(
      model.processing.filesTerm == nil, "How long received files are kept (keep-files).",
      "Hoe lang ontvangen bestanden worden bewaard (keep-files).")
    for activity in activities {
      let (english, dutch) = (activity.title.english, activity.title[.dutch])
      gap(activity.basis == nil, "\(english): the ground in law (basis).", "\(dutch): de grondslag (basis).")
      gap(
        activity.recipients == nil, "\(english): who gets the data (recipients).",
        "\(dutch): wie de gegevens krijgt (recipients).")
      gap(
        activity.specialBasis == nil && activity.fields.contains { $0.privacy == .sensitive },
        "\(english): what allows the sensitive fields (special-basis).",
        "\(dutch): wat de gevoelige velden toestaat (special-basis).")
      let unlimited = activity.fields.count { $0.keep == nil && $0.privacy != .plain }
      gap(
        unlimited > 0, "\(english): how long \(unlimited) fields are kept (keep).",
        "\(dutch): hoe lang \(unlimited) velden worden bewaard (keep).")
    }
    return gaps
  }

  /// The record as a page.
  public func page(_ model: DataModel, language: Language) -> String {
    HTMLRenderer(language: language).render(report(model))
  }

  private func report(_ model: DataModel) -> Report {
    let unsaid = LocalizedText("The model does not say.", nl: "Het model zegt het niet.")
    let facts = [
      ReportFact(LocalizedText("Responsible", nl: "Verantwoordelijk"), controller ?? unsaid),
      ReportFact(LocalizedText("Contact", nl: "Contact"), contact ?? unsaid),
      ReportFact(LocalizedText("Data protection officer", nl: "Functionaris gegevensbescherming"), officer ?? unsaid),
      ReportFact(LocalizedText("Model", nl: "Model"), LocalizedText("\(self.model) \(modelVersion)")),
    ]
    var sections = activities.map { activity in
      ReportSection(
        heading: activity.title,
        blocks: [
          .list([
            joined(LocalizedText("Ground in law", nl: "Grondslag"), activity.basis ?? unsaid),
            joined(LocalizedText("Sensitive data", nl: "Gevoelige gegevens"), sensitive(activity) ?? unsaid),
            joined(LocalizedText("Who gets it", nl: "Wie het krijgt"), activity.recipients ?? unsaid),
          ]),
          .table(table(activity, model)),
        ])
    }
    let files = model.processing.filesTerm.map {
      LocalizedText($0.inWords(.english, model), nl: $0.inWords(.dutch, model))
    }
    sections.append(
      ReportSection(
        heading: LocalizedText("For all of these", nl: "Voor al deze doelen"),
        blocks: [
          .list([
            joined(LocalizedText("Received files are kept", nl: "Ontvangen bestanden blijven"), files ?? unsaid),
            joined(LocalizedText("Other countries", nl: "Andere landen"), transfers ?? unsaid),
            joined(LocalizedText("How it is guarded", nl: "Hoe het is beveiligd"), security),
          ])
        ]))
    if !gaps.isEmpty {
      sections.append(
        ReportSection(
          heading: LocalizedText("Still to be said", nl: "Nog te zeggen"),
          blocks: [.list(gaps)]))
    }
    return Report(
      kicker: LocalizedText("Record of processing activities", nl: "Register van verwerkingsactiviteiten"),
      title: title,
      lede: LocalizedText(
        "What is recorded about people, why, on what ground, and how long (GDPR, article 30). Made from the data model.",
        nl:
          "Wat over mensen wordt vastgelegd, waarom, op welke grond en hoe lang (AVG, artikel 30). Gemaakt uit het datamodel."
      ),
      facts: facts, sections: sections)
  }

  private func sensitive(_ activity: Activity) -> LocalizedText? {
    guard activity.fields.contains(where: { $0.privacy == .sensitive }) else {
      return LocalizedText("none", nl: "geen")
    }
    return activity.specialBasis
  }

  private func joined(_ label: LocalizedText, _ text: LocalizedText) -> LocalizedText {
    LocalizedText("**\(label.english)**: \(text.english)", nl: "**\(label[.dutch])**: \(text[.dutch])")
  }

  private func table(_ activity: Activity, _ model: DataModel) -> ReportTable {
    ReportTable(
      caption: LocalizedText("Data", nl: "Gegevens"), rowHeading: LocalizedText("Field", nl: "Veld"),
      columns: [
        .init(LocalizedText("Of", nl: "Van"), .leading),
        .init(LocalizedText("Points to a person", nl: "Wijst naar een persoon"), .leading),
        .init(LocalizedText("Kept", nl: "Bewaard"), .leading),
      ],
      rows: activity.fields.map { line in
        let term = model.processing.term(record: line.record, field: line.field)
        return .init(
          line.label,
          [
            .text(model.record(line.record)?.title ?? LocalizedText(line.record)), .text(line.privacy.title),
            .text(
              term.map { LocalizedText($0.inWords(.english, model), nl: $0.inWords(.dutch, model)) }
                ?? LocalizedText("not stated", nl: "niet genoemd")),
          ])
      })
  }
}

extension PrivacyClass {
  /// How far a field points to a person, in words.
  var title: LocalizedText {
    switch self {
    case .identifier: LocalizedText("the person's number", nl: "het persoonsnummer")
    case .direct: LocalizedText("by itself", nl: "op zichzelf")
    case .quasi: LocalizedText("together with others", nl: "samen met andere")
    case .sensitive: LocalizedText("sensitive", nl: "gevoelig")
    case .plain: LocalizedText("no", nl: "nee")
    }
  }
}
