import Fingerprints
import Primitives
import Storage

/// The returns that count on a day, in the order in which what they say is laid over each other: by period, then by the
/// earliest day of receipt, then by how many returns each was based on, then whole ones before parts of
/// them, then by fingerprint.
///
/// A return that was withdrawn by that day does not count, and neither do the rows of a person whom the sender by that
/// day said to have entered in error.
struct ReturnOrder {
  /// The place of each return in the order, by its number in the register; -1 for one that does not count (yet).
  private(set) var ranks: [Int32] = []
  private(set) var count = 0
  /// The latest day on which one of them was received, or something was decided about them.
  private(set) var lastReceipt: CalendarDate?
  /// The day on which each return that does not count was withdrawn, by its number.
  private(set) var withdrawn: [Int: CalendarDate] = [:]
  /// Pairs of a person and a provider whose rows about that person do not count.
  private var setAside: Set<Int> = []
  /// A number for the provider of each return, where rows are set aside.
  private var providers: [Int32] = []

  /// - Parameter day: nil for all that the register has.
  init(_ connection: Connection, asKnownOn day: CalendarDate? = nil) throws {
    let statement = try connection.statement(
      """
      SELECT r.id, MIN(c.received_on) AS received, r.fingerprint, r.provider
      FROM main.returns r JOIN main.receipts c ON c.return = r.id LEFT JOIN main.return_bases b ON b.return = r.id
      LEFT JOIN main.partial_returns p ON p.return = r.id
      GROUP BY r.id HAVING received <= ?
      ORDER BY r.period, received, COALESCE(b.generation, 0), p.return IS NOT NULL, r.fingerprint
      """)
    statement.bind(day?.iso ?? "9999-12-31", at: 0)
    let book = try DecisionBook([.withdrawal, .restoration, .absence], asKnownOn: day, connection)
    var withdrawals: [String: CalendarDate] = [:]
    var errors: [(person: String, provider: String)] = []
    for decision in book.inForce.values {
      switch decision.matter {
      case .withdrawal(let fingerprint): withdrawals[fingerprint.hex] = decision.decidedOn
      case .absence(let person, let provider, .enteredInError): errors.append((person, provider))
      default: break
      }
    }
    var numbers: [String: Int32] = [:]
    let last = try connection.integer("SELECT MAX(id) FROM main.returns") ?? 0
    ranks = Array(repeating: -1, count: last + 1)
    if !errors.isEmpty { providers = Array(repeating: -1, count: last + 1) }
    while try statement.step() {
      let id = statement.integer(at: 0)
      if let received = CalendarDate(iso: statement.text(at: 1)!) {
        lastReceipt = max(lastReceipt ?? received, received)
      }
      if !withdrawals.isEmpty, let day = withdrawals[statement.text(at: 2)!] {
        withdrawn[id] = day
        continue
      }
      ranks[id] = Int32(count)
      count += 1
      guard !errors.isEmpty else { continue }
      let provider = statement.text(at: 3)!
      let number = numbers[provider] ?? Int32(numbers.count)
      numbers[provider] = number
      providers[id] = number
    }
    if let decided = book.decisions.last?.decidedOn, let received = lastReceipt { lastReceipt = max(received, decided) }
    for error in errors {
      guard let provider = numbers[error.provider],
        let person = try connection.integer("SELECT id FROM main.people WHERE pseudonym = ?", [error.person])
      else { continue }
      setAside.insert(person << 24 | Int(provider))
    }
  }

  /// Whether there are people some of whose rows do not count.
  var setsAside: Bool { !setAside.isEmpty }

  /// Whether the row that a return has of a person counts.
  func counts(return id: Int, person: Int) -> Bool {
    ranks[id] >= 0 && (setAside.isEmpty || !setAside.contains(person << 24 | Int(providers[id])))
  }

  /// The pairs of a return and a person whose rows do not count, other than those of withdrawn returns.
  func rowsSetAside() -> [(return: Int, person: Int)] {
    setAside.sorted().flatMap { pair in
      providers.indices.filter { providers[$0] == Int32(pair & 0xFF_FFFF) }.map { ($0, pair >> 24) }
    }
  }

  /// The same order as if one return were not known.
  func without(_ id: Int) -> ReturnOrder {
    var order = self
    order.ranks[id] = -1
    return order
  }
}
