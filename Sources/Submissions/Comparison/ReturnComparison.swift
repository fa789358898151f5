import Fingerprints
import Primitives

/// One cell of a row that is compared.
public enum ComparedCell: Hashable, Sendable {
  /// The return has no column for it.
  case notCarried
  case blank
  case text(String)

  var text: String? {
    if case .text(let text) = self { return text }
    return nil
  }
}

/// One row of a return, or of what is known, under its person (a pseudonym) and key.
public struct ComparedRow: Hashable, Sendable {
  public let person: String
  /// The rest of the key, as texts.
  public let key: [String]
  /// By the fields of the record.
  public var cells: [ComparedCell]

  public init(person: String, key: [String], cells: [ComparedCell]) {
    self.person = person
    self.key = key
    self.cells = cells
  }

  var identity: [String] { [person] + key }
}

/// The rows of one record on both sides of a comparison.
public struct ComparedRecord: Sendable {
  public let record: String
  public let fields: [String]
  /// For each field, whether its values are pseudonyms of what identifies, which are never shown.
  public let isIdentifying: [Bool]
  /// What was there before.
  public var before: [ComparedRow]
  /// The rows of the return.
  public var after: [ComparedRow]
  /// Rows of the return before it that this one might have repeated.
  public var expected: [ComparedRow]
  /// For each row of the return, the fields that a later return says something else of.
  public var overruled: [[String]: Set<Int>]
  /// People and keys of rows that parts of the return brought afterwards: they are not missing.
  public var later: Set<[String]> = []
  /// People and keys of rows that were sent and held; of a row whose key cannot be read, the person alone.
  public var held: Set<[String]> = []

  public init(
    record: String, fields: [String], isIdentifying: [Bool], before: [ComparedRow], after: [ComparedRow],
    expected: [ComparedRow], overruled: [[String]: Set<Int>] = [:]
  ) {
    self.record = record
    self.fields = fields
    self.isIdentifying = isIdentifying
    self.before = before
    self.after = after
    self.expected = expected
    self.overruled = overruled
  }
}

/// What a return changes, cell by cell: the rows that are new, changed, as before, or no longer sent.
public struct ReturnComparison: Hashable, Sendable {
  public enum Change: String, Hashable, Codable, Sendable, CaseIterable {
    case added, changed
    /// In the return before it and not in this one. Nothing is removed from the register by that.
    case removed
    /// In the return before it, and sent again in this one, where it is held.
    case held
  }

  /// One cell that says something else.
  public struct Cell: Hashable, Codable, Sendable {
    public let field: String
    /// nil for a blank, and for a value that identifies.
    public let old: String?
    public let new: String?
    /// Whether the values identify, and are not shown.
    public let isHidden: Bool
    /// Whether a return of a later month says otherwise, so that nothing changes.
    public let isOverruled: Bool

    public init(field: String, old: String?, new: String?, isHidden: Bool, isOverruled: Bool) {
      self.field = field
      self.old = old
      self.new = new
      self.isHidden = isHidden
      self.isOverruled = isOverruled
    }
  }

  public struct Row: Hashable, Codable, Sendable {
    public let record: String
    public let change: Change
    /// A pseudonym.
    public let person: String
    /// The rest of the row's key.
    public let key: [String]
    /// The cells that changed; empty for a row that was added or removed.
    public let cells: [Cell]
  }

  public struct Record: Hashable, Codable, Sendable {
    public let record: String
    public var added = 0
    public var changed = 0
    public var unchanged = 0
    public var removed = 0
    /// Sent again, and held.
    public var held = 0
    /// How many cells changed.
    public var cells = 0
  }

  public let records: [Record]
  /// By record, then as they stand in the return; removed ones last.
  public let rows: [Row]
  /// People of whom nothing was known before.
  public let newPeople: Int
  /// People of the return before it who are not in this one at all.
  public let absentPeople: [String]
  /// Of what the return says, in whatever order and layout: equal for equal contents.
  public let contents: Fingerprint
  /// Of what the return before it says; nil when there is none.
  public let contentsBefore: Fingerprint?

  public func count(_ change: Change) -> Int {
    records.reduce(0) {
      switch change {
      case .added: $0 + $1.added
      case .changed: $0 + $1.changed
      case .removed: $0 + $1.removed
      case .held: $0 + $1.held
      }
    }
  }
  public var unchanged: Int { records.reduce(0) { $0 + $1.unchanged } }
  public var changedCells: Int { records.reduce(0) { $0 + $1.cells } }

  /// Whether nothing that is known changes: no row is new, and a later return overrules each cell that says otherwise.
  public var isWithoutChanges: Bool {
    rows.allSatisfy {
      $0.change == .removed || $0.change == .held || ($0.change == .changed && $0.cells.allSatisfy(\.isOverruled))
    }
  }
  /// Whether the return says the same as the one before it, whatever its bytes.
  public var saysTheSame: Bool { contents == contentsBefore }

  /// Compares two sides.
  ///
  /// - Parameters:
  ///   - knownPeople: people of whom something was known before, in any record.
  ///   - hasPrevious: whether there is a return before it.
  ///   - listsRemoved: whether rows that are no longer sent mean anything: not where returns hold changes only.
  public init(_ records: [ComparedRecord], knownPeople: Set<String>, hasPrevious: Bool, listsRemoved: Bool) {
    var counts: [Record] = []
    var rows: [Row] = []
    var people: Set<String> = []
    var accounted: Set<String> = []
    var expectedPeople: Set<String> = []
    for side in records {
      people.formUnion(side.after.map(\.person))
      accounted.formUnion(side.later.union(side.held).compactMap(\.first))
      expectedPeople.formUnion(side.expected.map(\.person))
      guard !side.after.isEmpty || !side.held.isEmpty else { continue }
      var count = Record(record: side.record)
      let before = Dictionary(side.before.map { ($0.identity, $0.cells) }) { _, last in last }
      for row in side.after {
        guard let old = before[row.identity] else {
          count.added += 1
          rows.append(Row(record: side.record, change: .added, person: row.person, key: row.key, cells: []))
          continue
        }
        let cells = side.changes(from: old, to: row)
        if cells.isEmpty {
          count.unchanged += 1
        } else {
          count.changed += 1
          count.cells += cells.count
          rows.append(Row(record: side.record, change: .changed, person: row.person, key: row.key, cells: cells))
        }
      }
      if listsRemoved {
        let sent = Set(side.after.map(\.identity))
        let unread = Set(side.held.filter { $0.count == 1 }.compactMap(\.first))
        for row in side.expected where !sent.contains(row.identity) && !side.later.contains(row.identity) {
          let isHeld = side.held.contains(row.identity) || unread.contains(row.person)
          if isHeld { count.held += 1 } else { count.removed += 1 }
          rows.append(
            Row(record: side.record, change: isHeld ? .held : .removed, person: row.person, key: row.key, cells: []))
        }
      }
      counts.append(count)
    }
    self.records = counts
    self.rows = rows
    newPeople = people.subtracting(knownPeople).count
    absentPeople = listsRemoved ? expectedPeople.subtracting(people).subtracting(accounted).sorted() : []
    contents = Self.fingerprint(records.map { ($0, $0.after) })
    contentsBefore = hasPrevious ? Self.fingerprint(records.map { ($0, $0.expected) }) : nil
  }

  /// The fingerprint of rows: each row's own, sorted, so that neither their order nor that of the columns matters.
  private static func fingerprint(_ sides: [(ComparedRecord, [ComparedRow])]) -> Fingerprint {
    var builder = FingerprintBuilder()
    for (side, rows) in sides where !rows.isEmpty {
      builder.add("\(side.record)\n")
      let lines = rows.map { row in
        var parts = row.identity
        for (field, cell) in zip(side.fields, row.cells) {
          switch cell {
          case .notCarried: continue
          case .blank: parts += [field]
          case .text(let text): parts += [field, text]
          }
        }
        return Fingerprint(of: parts.map { "\($0.utf8.count) \($0)" }.joined(separator: "\n")).hex
      }
      for line in lines.sorted() { builder.add(line + "\n") }
    }
    return builder.finish()
  }
}

extension ComparedRecord {
  /// The cells of a row that say something else than before. A blank where nothing was known is no change.
  fileprivate func changes(from old: [ComparedCell], to row: ComparedRow) -> [ReturnComparison.Cell] {
    let overruled = overruled[row.identity] ?? []
    return fields.indices.compactMap { field in
      let (before, after) = (old[field].text, row.cells[field].text)
      guard row.cells[field] != .notCarried, before != after else { return nil }
      return ReturnComparison.Cell(
        field: fields[field], old: isIdentifying[field] ? nil : before, new: isIdentifying[field] ? nil : after,
        isHidden: isIdentifying[field], isOverruled: overruled.contains(field))
    }
  }
}
