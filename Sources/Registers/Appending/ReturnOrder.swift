import Fingerprints
import Primitives
import Storage

/// The returns that count on a day, in the order in which what they say is laid over each other: by period, then by the
/// earliest day of receipt, then by how many returns each was based on, then whole ones before parts of
/// them, then by fingerprint.
///
/// A return that was withdrawn by that day does not count, and neither do the rows of a person whom the sender by that
/// day said to have entered in error.
///
/// A return that says the same as one of the same provider before it has no rows of its own: they are those of its
/// *holder*. Laying equal rows over each other twice gives what the later laying gives, so a stored row has the place of
/// the last return that counts among those that share it.
struct ReturnOrder {
  /// The place of each return in the order, by its number in the register; -1 for one that does not count (yet).
  private(set) var ranks: [Int32] = []
  /// The return whose rows each return has, by its number: itself, unless it is a copy.
  private(set) var holders: [Int32] = []
  /// The place of the rows that stand under each return; -1 where no return counts that has them.
  private(set) var rowRanks: [Int32] = []
  /// The returns that have the rows of another one, by the holder: the holder first.
  private var sharers: [Int: [Int]] = [:]
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
    func number(of provider: String) -> Int32 {
      let number = numbers[provider] ?? Int32(numbers.count)
      numbers[provider] = number
      return number
    }
    while try statement.step() {
      let id = statement.integer(at: 0)
      // Of all, because rows of a return that does not count can be those of one that does.
      if !errors.isEmpty { providers[id] = number(of: statement.text(at: 3)!) }
      if let received = CalendarDate(iso: statement.text(at: 1)!) {
        lastReceipt = max(lastReceipt ?? received, received)
      }
      if !withdrawals.isEmpty, let day = withdrawals[statement.text(at: 2)!] {
        withdrawn[id] = day
        continue
      }
      ranks[id] = Int32(count)
      count += 1
    }
    try readCopies(connection)
    if let decided = book.decisions.last?.decidedOn, let received = lastReceipt { lastReceipt = max(received, decided) }
    for error in errors {
      guard let provider = numbers[error.provider],
        let person = try connection.integer("SELECT id FROM main.people WHERE pseudonym = ?", [error.person])
      else { continue }
      setAside.insert(person << 24 | Int(provider))
    }
  }

  private mutating func readCopies(_ connection: Connection) throws {
    holders = ranks.indices.map { Int32($0) }
    let copies = try connection.statement("SELECT return, rows_of FROM main.return_copies ORDER BY return")
    while try copies.step() {
      let (copy, holder) = (copies.integer(at: 0), copies.integer(at: 1))
      holders[copy] = Int32(holder)
      sharers[holder, default: [holder]].append(copy)
      // A provider's number is that of the rows, and a copy is of the same provider.
      if !providers.isEmpty, providers[holder] < 0 { providers[holder] = providers[copy] }
    }
    placeRows()
  }

  private mutating func placeRows() {
    rowRanks = ranks
    for (holder, returns) in sharers {
      for copy in returns.dropFirst() { rowRanks[copy] = -1 }
      rowRanks[holder] = returns.map { ranks[$0] }.max() ?? -1
    }
  }

  /// The return under which the rows of a return stand.
  func holder(of id: Int) -> Int { Int(holders[id]) }

  /// The return that counts last of those that have the rows that stand under one.
  func decider(ofRowsUnder holder: Int) -> Int {
    returns(withRowsOf: holder).max { ranks[$0] < ranks[$1] } ?? holder
  }

  /// The returns that have the rows that stand under one.
  func returns(withRowsOf holder: Int) -> [Int] { sharers[holder] ?? [holder] }

  /// Whether there are people some of whose rows do not count.
  var setsAside: Bool { !setAside.isEmpty }

  /// Whether the row that stands under a return and is of a person counts.
  func counts(return id: Int, person: Int) -> Bool {
    rowRanks[id] >= 0 && !isSetAside(person, return: id)
  }

  /// Whether the sender of a return said to have entered a person in error.
  func isSetAside(_ person: Int, return id: Int) -> Bool {
    !setAside.isEmpty && setAside.contains(person << 24 | Int(providers[id]))
  }

  /// The returns under which rows stand that no return has that counts.
  var holdersThatDoNotCount: [Int] {
    rowRanks.indices.dropFirst().filter { rowRanks[$0] < 0 && holders[$0] == $0 }
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
    order.placeRows()
    return order
  }
}
