import Primitives

/// A return that was reviewed, with the rows that may be taken in. Holding one is the proof of the review: only
/// ``Review`` makes it, and it cannot be decoded.
public struct AcceptedSubmission: Sendable {
  public let source: ProviderReturn
  public let model: (id: String, version: String)
  /// The accepted rows of each record that was sent, in the order of the model's records.
  public let records: [AcceptedRows]
  public let findings: [Finding]
  /// The rows that are not among ``records``.
  public let held: [HeldRow]
  public let summary: ReviewSummary
  /// Whose rows were held, and which, as far as that can be read.
  public internal(set) var heldKeys: [HeldKey] = []
  /// How much of the month it holds.
  public internal(set) var extent = SubmissionExtent.whole
}

/// Whose row was held: who was sent is not missing, and what was sent is not "no longer sent".
public struct HeldKey: Hashable, Sendable {
  /// The place of the record in the model.
  public let recordIndex: Int
  /// The person's number, as the provider writes it.
  public let number: String
  /// The rest of the key, in the order of the record's key; nil when a cell of it is blank or cannot be read.
  public let rest: [Value]?

  public init(recordIndex: Int, number: String, rest: [Value]?) {
    self.recordIndex = recordIndex
    self.number = number
    self.rest = rest
  }
}

/// Accepted rows of one record that carry the same fields.
///
/// Fields that the file has no column for are left as they were; a blank cell of a column that is there clears the value.
public struct AcceptedRows: Sendable {
  /// The place of the record in the model.
  public let recordIndex: Int
  /// The places of the fields that the file carries, ascending.
  public let fieldIndices: [Int]
  /// The values row after row, `fieldIndices.count` to a row. Identifying values are still in them.
  public let values: [Value]

  public var rowCount: Int { fieldIndices.isEmpty ? 0 : values.count / fieldIndices.count }

  public func value(row: Int, position: Int) -> Value { values[row * fieldIndices.count + position] }
}

/// How many rows of each record were read, accepted and held.
public struct ReviewSummary: Hashable, Codable, Sendable {
  public struct Record: Hashable, Codable, Sendable {
    public let record: String
    public var rows: Int
    public var accepted: Int
    public var held: Int
  }
  public var records: [Record]

  public var rows: Int { records.reduce(0) { $0 + $1.rows } }
  public var accepted: Int { records.reduce(0) { $0 + $1.accepted } }
  public var held: Int { records.reduce(0) { $0 + $1.held } }
}

/// What the register already knows about the people of a return, so that rules can look beyond the return.
public struct KnownRecords: Sendable {
  public struct Rows: Sendable {
    /// Values row after row, one for each field of the record; the person's number as the provider writes it.
    public var values: [Value]
    public init(values: [Value] = []) { self.values = values }
  }

  /// By the place of the record in the model. Only records that rules look at need be there.
  public var rows: [Int: Rows]
  /// The same without the provider's last return, for records with fields that should stay as they are.
  public var before: [Int: Rows]
  /// Person numbers (as the provider writes them) that the register has a person record of.
  public var people: Set<String>
  /// Person numbers (in canonical form) of people who were erased from the register.
  public var erased: Set<String>

  public init(
    rows: [Int: Rows] = [:], before: [Int: Rows] = [:], people: Set<String> = [], erased: Set<String> = []
  ) {
    self.rows = rows
    self.before = before
    self.people = people
    self.erased = erased
  }
}

/// A row of a return that was held back: where it stands and why, without its values.
public struct HeldRow: Hashable, Codable, Sendable {
  public let file: String
  public let sheet: String?
  public let row: Int
  public let record: String
  public let codes: [FindingCode]

  public init(file: String, sheet: String?, row: Int, record: String, codes: [FindingCode]) {
    self.file = file
    self.sheet = sheet
    self.row = row
    self.record = record
    self.codes = codes
  }
}
