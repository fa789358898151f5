import Fingerprints
import Primitives

/// What a programme's data mean: records, fields, code lists, rules and the order of work, as checked data.
///
/// Made only by ``DataModel/init(yaml:file:)``, which refuses what it does not know; so a value of this type is sound:
/// every reference in it resolves and every rule can be enforced.
public struct DataModel: Sendable {
  public let id: String
  public let version: String
  public let title: LocalizedText
  public let help: LocalizedText?
  /// Where the facts of the model come from.
  public let source: String?
  public let identifierScope: IdentifierScope
  public let cycle: SubmissionCycle?
  /// Whether a return holds all that its sender knows, or what changed since the one before.
  public let returnsHold: ReturnExtent
  public let codeLists: [CodeList]
  public let records: [RecordDefinition]
  public let rules: [Rule]
  public let checks: DeclaredChecks
  /// Results that count, in the order of the file.
  public let outcomes: [Outcome]
  public let expectations: [Expectation]
  public let workflow: [WorkflowStage]
  public let processing: ProcessingDefinition
  /// The fingerprint of the text it was read from.
  public let fingerprint: Fingerprint

  let recordIndex: [String: Int]
  /// What only earlier versions have, and nothing of this one is read from: kept in a register, and not shown.
  var earlier = EarlierParts()

  /// The place of a record in ``records``.
  public func index(ofRecord id: String) -> Int? { recordIndex[id] }

  /// The record with this id.
  public func record(_ id: String) -> RecordDefinition? { recordIndex[id].map { records[$0] } }

  public func codeList(_ id: String) -> CodeList? { codeLists.first { $0.id == id } }

  /// The record that stands for a person: the one that every other record is of.
  public var person: RecordDefinition { records.first { $0.nature == .person }! }

  /// The id of the field that holds the person's number, the same in every record.
  public var personField: String { person.key[0] }
}

/// Whether one person number is one person for all senders, or only for the sender that gave it.
public enum IdentifierScope: String, Codable, Sendable, CaseIterable {
  case programme, provider
}

/// What a return holds.
public enum ReturnExtent: String, Codable, Sendable, CaseIterable {
  /// Everybody and everything: who is no longer in it is asked about.
  case everything
  /// What is new or changed: who is not in it is as before.
  case changes
}

/// When returns are due.
public struct SubmissionCycle: Codable, Hashable, Sendable {
  public enum Interval: String, Codable, Sendable, CaseIterable { case month, quarter, year }
  public var every: Interval
  /// The day of the month after the period.
  public var dueDay: Int
  /// The day of the month after the period on which all may see it; nil when that is decided by hand.
  public var releaseDay: Int?
  /// The time zone in which days begin and end.
  public var timeZone: String

  public init(every: Interval, dueDay: Int, releaseDay: Int? = nil, timeZone: String) {
    self.every = every
    self.dueDay = dueDay
    self.releaseDay = releaseDay
    self.timeZone = timeZone
  }
}

/// A closed list of codes with their labels.
public struct CodeList: Sendable {
  public struct Code: Sendable {
    public let code: String
    public let label: LocalizedText
  }

  public let id: String
  public let title: LocalizedText?
  /// Whether the order of the codes is an order of more and less.
  public let isOrdered: Bool
  public let codes: [Code]
  /// The crosswalk: codes that only older versions had, and the code each is read as.
  public let replaces: [String: String]
  /// Codes that only older versions had and that nothing replaces: stored rows keep them, new returns cannot have them.
  public let retired: [Code]
  /// For a retired code that was cut up, the codes that there are for it now. A stored row does not say which.
  public let split: [String: [String]]
  let positions: [String: Int]

  init(
    id: String, title: LocalizedText?, isOrdered: Bool, codes: [Code], replaces: [String: String] = [:],
    retired: [Code] = [], split: [String: [String]] = [:]
  ) {
    self.id = id
    self.title = title
    self.isOrdered = isOrdered
    self.codes = codes
    self.replaces = replaces
    self.retired = retired
    self.split = split
    positions = Dictionary(codes.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public func contains(_ code: String) -> Bool { positions[code] != nil }

  /// The place of a code in the list, from 0.
  public func position(of code: String) -> Int? { positions[code] }

  /// The label of a code, a retired one too.
  public func label(of code: String) -> LocalizedText? {
    positions[code].map { codes[$0].label } ?? retired.first { $0.code == code }?.label
  }
}

/// A kind of row: what is recorded about a person, and what it is in time.
public struct RecordDefinition: Sendable {
  public let id: String
  public let title: LocalizedText
  public let help: LocalizedText?
  public let nature: RecordNature
  /// Ids of the fields that together tell one row from another.
  public let key: [String]
  /// The places of the key's fields.
  public let keyIndices: [Int]
  public let fields: [Field]
  /// Fields that only older versions had and that are gone on purpose.
  public var retired: [String] = []
  let fieldIndex: [String: Int]

  init(
    id: String, title: LocalizedText, help: LocalizedText?, nature: RecordNature, key: [String], fields: [Field]
  ) {
    self.id = id
    self.title = title
    self.help = help
    self.nature = nature
    self.key = key
    self.fields = fields
    let index = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.id, $0) })
    fieldIndex = index
    keyIndices = key.map { index[$0]! }
  }

  public func index(of field: String) -> Int? { fieldIndex[field] }
  public func field(_ id: String) -> Field? { fieldIndex[id].map { fields[$0] } }
}

/// What a record is in time.
public enum RecordNature: Hashable, Sendable {
  /// The person self: at most one row each.
  case person
  /// Something that happened on one day (field id).
  case event(at: String)
  /// Something that lasted (field ids); without an end it is still going on.
  case spell(from: String, to: String)
  /// Something observed on one day (field id); without one, at enrolment.
  case measurement(at: String?)

  public var name: String {
    switch self {
    case .person: "person"
    case .event: "event"
    case .spell: "spell"
    case .measurement: "measurement"
    }
  }

  /// The field that places the record in time: the day of an event or measurement, the start of a spell.
  public var timeField: String? {
    switch self {
    case .event(let at): at
    case .measurement(let at): at
    case .spell(let from, _): from
    case .person: nil
    }
  }
}

/// A stage in the order of work, with the records that belong to it.
public struct WorkflowStage: Sendable {
  public let id: String
  public let title: LocalizedText
  public let records: [String]
  public let due: LocalizedText?
  public let flows: [WorkflowStage]
}
