import Fingerprints
import Primitives
import Storage

/// The returns that are known on a day, in the order in which what they say is laid over each other: by period, then by
/// the earliest day of receipt, then by fingerprint.
struct ReturnOrder {
  /// The place of each return in the order, by its number in the register; -1 for one that is not known yet.
  private(set) var ranks: [Int32] = []
  private(set) var count = 0
  /// The latest day on which one of them was received.
  private(set) var lastReceipt: CalendarDate?

  /// - Parameter day: nil for all that the register has.
  init(_ connection: Connection, asKnownOn day: CalendarDate? = nil) throws {
    let statement = try connection.statement(
      """
      SELECT r.id, MIN(c.received_on) AS received FROM main.returns r JOIN main.receipts c ON c.return = r.id
      GROUP BY r.id HAVING received <= ? ORDER BY r.period, received, r.fingerprint
      """)
    statement.bind(day?.iso ?? "9999-12-31", at: 0)
    ranks = Array(repeating: -1, count: (try connection.integer("SELECT MAX(id) FROM main.returns") ?? 0) + 1)
    while try statement.step() {
      ranks[statement.integer(at: 0)] = Int32(count)
      count += 1
      if let received = CalendarDate(iso: statement.text(at: 1)!) {
        lastReceipt = max(lastReceipt ?? received, received)
      }
    }
  }

  /// The same order as if one return were not known.
  func without(_ id: Int) -> ReturnOrder {
    var order = self
    order.ranks[id] = -1
    return order
  }
}
