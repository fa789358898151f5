import DataModels
import Primitives
import Storage

/// What stays of the records of somebody who was erased.
public enum ErasureResidue: String, Codable, CaseIterable, Sendable {
  /// Nothing: the rows are removed.
  case nothing
  /// Rows without a name to them: what a field that is called plain says, and keys that are no text. For research with
  /// safeguards (General Data Protection Regulation, articles 17(3)(d) and 89).
  case statistical
}

/// The people who were erased, known again by their mark when their number is sent once more.
struct ErasedPeople {
  private let keys: RegisterKeys
  private let model: DataModel
  private let provider: String
  private let marks: Set<String>
  private var known: [String: Bool] = [:]

  init(keys: RegisterKeys, model: DataModel, provider: String, _ connection: Connection) throws {
    self.keys = keys
    self.model = model
    self.provider = provider
    var marks: Set<String> = []
    let statement = try connection.statement("SELECT mark FROM main.erasures")
    while try statement.step() { marks.insert(statement.text(at: 0)!) }
    self.marks = marks
  }

  var isEmpty: Bool { marks.isEmpty }

  mutating func contains(number: String) -> Bool {
    if marks.isEmpty { return false }
    if let answer = known[number] { return answer }
    let answer = marks.contains(
      keys.mark(ofPerson: keys.pseudonym(ofPerson: model.canonicalNumber(number), provider: provider, model: model)))
    known[number] = answer
    return answer
  }
}

extension Schema {
  /// The tables beside the records' that say something of one person, with the column of the register's number for the
  /// person or of the pseudonym. Erasing somebody removes their rows of these.
  static let tablesOfPeople: [(table: String, person: String?, pseudonym: String?)] = [
    // The subject of an answer about somebody who is no longer sent is “person PSEUDONYM PROVIDER”.
    ("decisions", nil, "CASE kind WHEN 'absence' THEN substr(subject, 8, 20) END"), ("link_decisions", nil, "first"),
    ("link_decisions", nil, "second"),
    ("held_keys", nil, "pseudonym"),
  ]

  /// Runs changes that the triggers of some tables refuse, within the transaction at hand.
  static func withoutGuards(
    _ tables: [String], _ connection: Connection, _ body: () throws -> Void
  ) throws {
    for table in tables {
      for action in ["update", "delete"] {
        try connection.execute("DROP TRIGGER main.\"\(table) no \(action)\"")
      }
    }
    try body()
    for table in tables { try connection.execute(appendOnly(table: table)) }
  }
}
