import Primitives

/// What a model says about the law of its data: why, on what ground, for whom and how long, beside the records.
public struct ProcessingDefinition: Sendable {
  public let purposes: [Purpose]
  /// How long received files are kept.
  public let filesTerm: KeepingTerm?
  public let organisation: ProcessingOrganisation
  /// For each record and field, how long its values are kept; its own term, its record's, or the model's.
  let terms: [String: [String: KeepingTerm]]
  /// For each record, how long its rows are kept.
  let recordTerms: [String: KeepingTerm]

  static let empty = ProcessingDefinition(
    purposes: [], filesTerm: nil, organisation: ProcessingOrganisation(), terms: [:], recordTerms: [:])

  /// How long a value of a field is kept; nil when the model does not say.
  public func term(record: String, field: String) -> KeepingTerm? { terms[record]?[field] }

  /// How long a whole row of a record is kept; nil when the model does not say.
  public func term(record: String) -> KeepingTerm? { recordTerms[record] }

  public func purpose(_ id: String) -> Purpose? { purposes.first { $0.id == id } }
}

/// Why something is recorded, and what allows it.
public struct Purpose: Sendable {
  public let id: String
  public let title: LocalizedText
  /// The ground in law, such as article 6(1)(e) of the General Data Protection Regulation.
  public let basis: LocalizedText?
  /// What allows the sensitive fields, such as article 9(2)(j).
  public let specialBasis: LocalizedText?
  public let recipients: LocalizedText?
}

/// What the record of processing activities says that is not in the fields.
public struct ProcessingOrganisation: Sendable {
  public var controller: LocalizedText?
  public var contact: LocalizedText?
  public var officer: LocalizedText?
  /// To countries outside the European Economic Area.
  public var transfers: LocalizedText?
  public var security: LocalizedText?

  public init() {}
}

/// How long something is kept: a length of time after a day.
public struct KeepingTerm: Hashable, Sendable {
  /// From when the time runs.
  public enum Clock: Hashable, Sendable {
    /// The latest day on which a return with the row was received.
    case receipt
    /// The latest day on which a return with any row of the person was received.
    case lastReturn
    /// The latest value of a field: of the row itself, or of any row of the person. A month or a year counts to its end.
    case field(record: String, field: String, isOwn: Bool)
  }

  public let duration: CalendarDuration
  public let clock: Clock
  /// As it is written in the model.
  public let text: String

  /// The last day on which it is kept, when the clock began on a day.
  public func end(from day: CalendarDate) -> CalendarDate { day.shifted(by: duration) }

  /// The term in words.
  public func inWords(_ language: Language, _ model: DataModel) -> String {
    let count = duration.count
    let unit =
      switch (duration.unit, language) {
      case (.days, .english): count == 1 ? "day" : "days"
      case (.weeks, .english): count == 1 ? "week" : "weeks"
      case (.months, .english): count == 1 ? "month" : "months"
      case (.years, .english): count == 1 ? "year" : "years"
      case (.days, .dutch): count == 1 ? "dag" : "dagen"
      case (.weeks, .dutch): count == 1 ? "week" : "weken"
      case (.months, .dutch): count == 1 ? "maand" : "maanden"
      case (.years, .dutch): "jaar"
      }
    let dutch = language == .dutch
    let anchor =
      switch clock {
      case .receipt: dutch ? "na ontvangst" : "after it was received"
      case .lastReturn: dutch ? "na de laatste aanlevering over de persoon" : "after the last return about the person"
      case .field(let record, let field, _):
        (dutch ? "na “" : "after “") + (model.record(record)?.field(field)?.label[language] ?? field) + "”"
      }
    return "\(count) \(unit) \(anchor)"
  }
}
