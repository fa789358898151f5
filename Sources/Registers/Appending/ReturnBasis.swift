import Fingerprints
import Primitives
import Storage
import Submissions

/// What a sender knew to be the provider's latest return about the month when it made this one.
///
/// Two people who send a return for one month at the same time would otherwise overwrite each other unseen: with a
/// basis, one is first and the other is told.
public enum ReturnBasis: Hashable, Sendable {
  /// There was none yet.
  case nothing
  case latest(Fingerprint)
  /// Whatever there is: of two returns about one month that somebody sends on one day, the second counts after the first.
  case newest

  private var fingerprint: Fingerprint? {
    if case .latest(let fingerprint) = self { return fingerprint }
    return nil
  }

  /// Refuses a return whose basis is no longer the latest.
  func check(_ source: ProviderReturn, _ connection: Connection) throws {
    if self == .newest { return }
    let found = try Self.latest(of: source.provider, about: source.period, connection)
    guard found == fingerprint else {
      throw RegisterError.otherBasis(
        provider: source.provider, period: source.period, expected: fingerprint, found: found)
    }
  }

  /// What ``newest`` stands for before a return is added: the latest about its month that came on the same day, if any.
  func settled(for source: ProviderReturn, _ connection: Connection) throws -> ReturnBasis? {
    guard self == .newest else { return self }
    guard let latest = try Self.latest(of: source.provider, about: source.period, connection) else { return nil }
    let received = try connection.text(
      """
      SELECT MIN(c.received_on) FROM main.receipts c JOIN main.returns r ON r.id = c.return WHERE r.fingerprint = ?
      """, [latest.hex])
    return received == source.receivedOn.iso ? .latest(latest) : nil
  }

  /// Remembers the basis: received on one day, a return counts after the one that it is based on.
  func keep(for id: Int, _ connection: Connection) throws {
    guard let fingerprint else { return }
    let generation =
      try connection.integer(
        "SELECT b.generation FROM main.return_bases b JOIN main.returns r ON r.id = b.return WHERE r.fingerprint = ?",
        [fingerprint.hex]) ?? 0
    let statement = try connection.statement(
      "INSERT INTO main.return_bases (return, base, generation) VALUES (?, ?, ?)")
    statement.bind(id, at: 0)
    statement.bind(fingerprint.hex, at: 1)
    statement.bind(generation + 1, at: 2)
    try statement.run()
  }

  /// The provider's latest return about a month that counts, corrections of cells among them.
  static func latest(of provider: String, about period: CalendarMonth, _ connection: Connection) throws -> Fingerprint?
  {
    let order = try ReturnOrder(connection)
    let statement = try connection.statement(
      "SELECT id, fingerprint FROM main.returns WHERE provider = ? AND period = ?")
    statement.bind(provider, at: 0)
    statement.bind(period.iso, at: 1)
    var latest: (rank: Int32, fingerprint: Fingerprint)?
    while try statement.step() {
      let rank = order.ranks[statement.integer(at: 0)]
      if rank > latest?.rank ?? -1, let fingerprint = Fingerprint(hex: statement.text(at: 1)!) {
        latest = (rank, fingerprint)
      }
    }
    return latest?.fingerprint
  }
}

extension Register {
  /// The provider's latest return about a month that counts; nil when there is none.
  public func latestReturn(of provider: String, about period: CalendarMonth) throws(RegisterError) -> Fingerprint? {
    try registerFailures {
      try database.read { try ReturnBasis.latest(of: provider, about: period, $0) }
    }
  }
}
