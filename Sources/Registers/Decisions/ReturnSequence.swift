import Fingerprints
import Primitives
import Storage

/// The returns that are a part of a month only: those that say so, and corrections of one cell.
struct PartialReturns {
  private let ids: Set<Int>

  init(_ connection: Connection, _ corrections: Set<Fingerprint>? = nil) throws {
    let corrections = try corrections ?? ReturnDecisions(connection).corrections
    var ids: Set<Int> = []
    let parts = try connection.statement("SELECT return FROM main.partial_returns")
    while try parts.step() { ids.insert(parts.integer(at: 0)) }
    // Corrections that were taken in before parts were known.
    if !corrections.isEmpty {
      let statement = try connection.statement("SELECT id, fingerprint FROM main.returns")
      while try statement.step() {
        if Fingerprint(hex: statement.text(at: 1)!).map(corrections.contains) == true {
          ids.insert(statement.integer(at: 0))
        }
      }
    }
    self.ids = ids
  }

  func contains(_ id: Int) -> Bool { ids.contains(id) }
}

/// The returns of each provider that count, in their order: whole ones, and parts that are laid over them.
struct ReturnSequence {
  private struct Item {
    let id: Int
    let rank: Int32
    let period: String
    let isPart: Bool
  }

  private let byProvider: [String: [Item]]
  private let provider: [Int: String]
  private let parts: PartialReturns

  init(_ connection: Connection, _ order: ReturnOrder) throws {
    parts = try PartialReturns(connection)
    var byProvider: [String: [Item]] = [:]
    var provider: [Int: String] = [:]
    let statement = try connection.statement("SELECT id, provider, period FROM main.returns")
    while try statement.step() {
      let id = statement.integer(at: 0)
      let name = statement.text(at: 1)!
      provider[id] = name
      guard order.ranks[id] >= 0 else { continue }
      byProvider[name, default: []].append(
        Item(id: id, rank: order.ranks[id], period: statement.text(at: 2)!, isPart: parts.contains(id)))
    }
    self.byProvider = byProvider.mapValues { $0.sorted { $0.rank < $1.rank } }
    self.provider = provider
  }

  func isPart(_ id: Int) -> Bool { parts.contains(id) }

  private func place(of id: Int) -> (items: [Item], index: Int)? {
    guard let items = byProvider[provider[id] ?? ""], let index = items.firstIndex(where: { $0.id == id }) else {
      return nil
    }
    return (items, index)
  }

  /// What a return might have repeated: the whole return before it that counts, then the parts between, in order.
  func laidUnder(_ id: Int) -> [Int] {
    guard let (items, index) = place(of: id) else { return [] }
    let start = items[..<index].lastIndex { !$0.isPart } ?? 0
    return items[start..<index].map(\.id)
  }

  /// A provider's latest whole return, then the parts over it; empty when there is none.
  func latest(of provider: String) -> [Int] {
    guard let items = byProvider[provider], let start = items.lastIndex(where: { !$0.isPart }) else { return [] }
    return items[start...].map(\.id)
  }

  /// The parts about the same month that come after a whole return and before the next.
  func laidOver(_ id: Int) -> [Int] {
    guard let (items, index) = place(of: id), !items[index].isPart else { return [] }
    return items[(index + 1)...].prefix { $0.isPart && $0.period == items[index].period }.map(\.id)
  }

  /// The whole return about the same month that a part is laid over; the return itself when it is whole.
  func whole(under id: Int) -> Int? {
    guard parts.contains(id) else { return id }
    guard let (items, index) = place(of: id) else { return nil }
    return items[..<index].last { !$0.isPart && $0.period == items[index].period }?.id
  }
}
