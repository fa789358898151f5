import Primitives

/// One column of a record.
public struct Field: Sendable {
  public let id: String
  public let type: FieldType
  public let label: LocalizedText
  public let help: LocalizedText?
  public let privacy: PrivacyClass
  /// Why it is recorded. Every field that is not plain has one.
  public let purpose: String?
  public let isRequired: Bool
  public let requiredIf: Condition?
  /// The value must be blank when this does not hold.
  public let blankUnless: Condition?
  public let range: ValueRange?
  public let maximumLength: Int?
  /// The least number of different items of a list.
  public let minimumItems: Int?
  public let format: ValueFormat?
  public let unit: String?
  public let unique: UniquenessScope?
  /// The severity of this field's range and format checks.
  public let severity: Severity
  /// Until when its checks are milder, those of cells that cannot be read excepted.
  public let grace: Grace?
  public let status: FieldStatus
  /// When it is collected, in words.
  public let collected: String?
  /// The crosswalk: fields that only other versions have, from which rows sent under these are read, in order.
  public var replaces: [FieldSource] = []
}

/// A field of another version of the model, read in the place of one of this.
public struct FieldSource: Hashable, Sendable {
  public let field: String
  /// What its codes are read as; a code that is neither here nor in the list of now is read as missing. nil: codes stay.
  public let codes: [String: String]?

  public init(field: String, codes: [String: String]? = nil) {
    self.field = field
    self.codes = codes
  }
}

public enum FieldType: Hashable, Sendable {
  case text, integer, number, date, month, year
  /// One code of the list with this id.
  case code(list: String)
  /// Several items, each a code of the list where one is named.
  case list(list: String?)

  public var name: String {
    switch self {
    case .text: "text"
    case .integer: "integer"
    case .number: "number"
    case .date: "date"
    case .month: "month"
    case .year: "year"
    case .code: "code"
    case .list: "list"
    }
  }

  public var codeList: String? {
    switch self {
    case .code(let list): list
    case .list(let list): list
    default: nil
    }
  }
}

/// How far a field can point to a person.
public enum PrivacyClass: String, Codable, CaseIterable, Sendable {
  /// The person's number: replaced by a pseudonym at the gate.
  case identifier
  /// Points to one person by itself, such as a name: goes to the vault.
  case direct
  /// Points to a person together with others, such as the year of birth.
  case quasi
  /// Says something that can harm, such as origin or health.
  case sensitive
  case plain

  /// Whether the value itself may never be shown in a message or kept in the register.
  public var isIdentifying: Bool { self == .identifier || self == .direct }
}

/// Within what a value may occur once.
public enum UniquenessScope: String, Codable, CaseIterable, Sendable { case provider, programme }

public enum FieldStatus: String, Codable, CaseIterable, Sendable { case decided, blocked }

/// The least and the greatest value allowed, both included; open where nil.
public struct ValueRange: Hashable, Sendable {
  public let lower: Value?
  public let upper: Value?

  public init(lower: Value?, upper: Value?) {
    self.lower = lower
    self.upper = upper
  }

  /// As written in a definition: `0..80`, `1920..`.
  public var text: String { "\(lower?.canonicalText ?? "")..\(upper?.canonicalText ?? "")" }
}

/// How grave a finding is.
public enum Severity: String, Codable, CaseIterable, Comparable, Sendable {
  /// Worth knowing; nothing needs to be done.
  case notice
  /// Accepted once the sender says that it is so.
  case confirm
  /// The row is held back until it is mended.
  case error
  /// The file or sheet cannot be read against the model.
  case setup

  private var rank: Int { Self.allCases.firstIndex(of: self)! }
  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}
