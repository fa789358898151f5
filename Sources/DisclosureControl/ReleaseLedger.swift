/// What was passed on before, so that a next release does not tell, beside it, what each hides alone.
///
/// Two tables that are each protected may not be so together: a table of all and a table of the adults among them differ
/// by one child; a report made again withholds other cells, and what the one withholds the other prints. The ledger holds
/// what readers have of each release, the ranges of the printed numbers and nothing else, and refuses a release that does
/// either.
///
/// Differencing: Hundepool et al. 2012, Statistical Disclosure Control, section 4.3.5; doi:10.1002/9781118348239.
public struct ReleaseLedger: Hashable, Codable, Sendable {
  /// Tables that were passed on together.
  public struct Release: Hashable, Codable, Sendable {
    /// What it was, in words for staff.
    public let name: String
    /// The fingerprint of the data; releases of one fingerprint are about the same people.
    public let data: String
    public let tables: [Table]
  }

  /// What readers know of a table.
  public struct Table: Hashable, Codable, Sendable {
    public let id: String
    public let rows: [String]
    public let columns: [String]
    /// One array per row: the least and the most that each printed number can be; nil where nothing was printed.
    public let ranges: [[[Int]?]]
  }

  /// In their order.
  public private(set) var releases: [Release] = []

  public init() {}

  /// Writes down a release; one that tells the same as an earlier one of the same name is in it already.
  public mutating func add(_ release: Release) {
    if !releases.contains(release) { releases.append(release) }
  }

  /// Why a release is refused; nil when it may go out beside all earlier ones.
  ///
  /// - Parameters:
  ///   - disclosure: the protected tables, as they would be printed.
  ///   - tables: the same, before protection.
  ///   - data: the fingerprint of the data.
  /// - Throws: what ``DisclosurePolicy/protect(_:relations:)`` throws.
  public func conflict(
    of disclosure: Disclosure, _ tables: [CountTable], relations: [AdditiveRelation], policy: DisclosurePolicy,
    data: String
  ) throws(DisclosureControlError) -> ReleaseConflict? {
    var same: [CellID: [ClosedRange<Int>]] = [:]
    var sameRelease: String?
    for release in releases {
      let comparison = ReleaseComparison(
        release, disclosure, tables, policy: policy, isOfTheSameData: release.data == data)
      if let cell = comparison.tellingDifference {
        return ReleaseConflict(release: release.name, cell: cell, kind: .difference)
      }
      guard comparison.tellsMore else { continue }
      sameRelease = release.name
      for (cell, range) in comparison.ranges { same[cell, default: []].append(range) }
    }
    guard let sameRelease else { return nil }
    var attacker = Attacker(system: try LinkedCells(tables, relations: relations), policy: policy)
    let system = attacker.system
    for (cell, ranges) in same {
      guard let place = system.index[cell] else { continue }
      for range in ranges {
        let known = attacker.known[place] ?? range
        attacker.known[place] = max(known.lowerBound, range.lowerBound)...min(known.upperBound, range.upperBound)
      }
    }
    var withheld = Array(repeating: false, count: system.cells.count)
    for table in disclosure.tables {
      for (row, values) in zip(table.rows, table.values) {
        for (column, value) in zip(table.columns, values) where value.absence == .protected {
          if let place = system.index[CellID(table: table.id, row: row, column: column)] { withheld[place] = true }
        }
      }
    }
    for (place, cell) in system.cells.enumerated() where policy.isSensitive(cell.count) && !cell.isKnown {
      guard let isWide = attacker.hasInterval(of: place, withheld: withheld, width: policy.minimumWidth) else {
        throw .solverFailed(cell.id)
      }
      if !isWide { return ReleaseConflict(release: sameRelease, cell: cell.id, kind: .together) }
    }
    return nil
  }
}

/// Why a release is refused. It holds no count of people.
public struct ReleaseConflict: Hashable, Codable, Sendable {
  public enum Kind: String, Codable, Sendable {
    /// Few people are the difference between two printed numbers.
    case difference
    /// The numbers that either release prints tell, together, one that both withhold.
    case together
  }

  /// The earlier release.
  public let release: String
  public let cell: CellID
  public let kind: Kind
}

extension Disclosure {
  /// These tables as readers know them, for the ledger.
  public func release(named name: String, data: String) -> ReleaseLedger.Release {
    ReleaseLedger.Release(
      name: name, data: data,
      tables: tables.map { table in
        ReleaseLedger.Table(
          id: table.id, rows: table.rows, columns: table.columns,
          ranges: table.values.map { row in
            row.map { value in table.policy.range(of: value).map { [$0.lowerBound, $0.upperBound] } }
          })
      })
  }
}

extension DisclosurePolicy {
  /// What a reader knows of a printed value; nil when nothing is printed.
  func range(of value: DisclosedValue) -> ClosedRange<Int>? {
    switch value {
    case .zero: 0...0
    case .value(let number): range(ofPublished: Int(number))
    case .absent: nil
    }
  }
}

/// An earlier release beside a new one.
private struct ReleaseComparison {
  /// A cell whose two printed numbers differ by few people, and exactly enough to tell how many.
  private(set) var tellingDifference: CellID?
  /// Whether the earlier release prints of the same people what the new one withholds, or prints it more closely.
  private(set) var tellsMore = false
  /// What the earlier release tells of cells of the new one, when both are about the same people.
  private(set) var ranges: [(CellID, ClosedRange<Int>)] = []

  init(
    _ release: ReleaseLedger.Release, _ disclosure: Disclosure, _ tables: [CountTable], policy: DisclosurePolicy,
    isOfTheSameData: Bool
  ) {
    let earlier = Dictionary(release.tables.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (table, printed) in zip(tables, disclosure.tables) {
      guard let before = earlier[table.id] else { continue }
      let rows = Dictionary(uniqueKeysWithValues: before.rows.enumerated().map { ($1, $0) })
      let columns = Dictionary(uniqueKeysWithValues: before.columns.enumerated().map { ($1, $0) })
      var found: [(CellID, ClosedRange<Int>)] = []
      var (isConsistent, isMore) = (true, false)
      for (i, row) in table.rows.enumerated() {
        for (j, column) in table.columns.enumerated() {
          guard let place = rows[row], let across = columns[column], let old = before.ranges[place][across],
            case .count(let people) = table.cells[i][j]
          else { continue }
          let (cell, range) = (table.cellID(row: row, column: column), old[0]...old[1])
          found.append((cell, range))
          isConsistent = isConsistent && range.contains(people)
          guard let new = policy.range(of: printed.values[i][j]) else {
            isMore = true
            continue
          }
          isMore = isMore || range.lowerBound > new.lowerBound || range.upperBound < new.upperBound
          if tellingDifference == nil, Self.tells(range, new, policy) { tellingDifference = cell }
        }
      }
      guard isOfTheSameData, isConsistent else { continue }
      ranges += found
      tellsMore = tellsMore || isMore
    }
  }

  /// Whether two ranges tell of few people by how many they differ.
  private static func tells(
    _ old: ClosedRange<Int>, _ new: ClosedRange<Int>, _ policy: DisclosurePolicy
  ) -> Bool {
    let (least, most) = (new.lowerBound - old.upperBound, new.upperBound - old.lowerBound)
    guard least > 0 || most < 0 else { return false }
    return min(abs(least), abs(most)) < policy.threshold && most - least < policy.minimumWidth
  }
}
