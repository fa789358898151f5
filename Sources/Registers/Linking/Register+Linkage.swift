import DataModels
import Fingerprints
import Foundation
import Linkage
import Primitives
import Storage
import Tables

/// Two pseudonyms that may be of one person.
public struct FoundLink: Hashable, Sendable {
  public let first: String
  public let second: String
  /// The providers that gave the numbers.
  public let providers: [String]
  public let pair: LinkedPair
  /// What was decided about them and still holds.
  public let decided: LinkDecision.Kind?
}

/// What a linkage of the register found. It holds what the vault holds: to be shown to whoever may know it.
public struct FoundLinks: Sendable {
  /// Fields as `record.field`.
  public let fields: [LinkageField]
  public let people: Int
  /// Heaviest first.
  public let links: [FoundLink]
  public let linked: LinkedRecords
  let records: LinkageRecords

  /// The values that were compared, as text; nil where nothing is known.
  public func values(of link: FoundLink) -> [(first: String?, second: String?)] {
    records.columns.map { column in (column[link.pair.first].text, column[link.pair.second].text) }
  }
}

extension LinkageRecords.Value {
  fileprivate var text: String? {
    switch self {
    case .missing: nil
    case .text(let text): text
    case .date(let date): date.iso
    case .year(let year): "\(year)"
    }
  }
}

extension Register {
  /// Looks for people who are in the register under two numbers, by what the vault holds of them.
  ///
  /// Compared are, of the person record and of other records of which a person has one: every identifying field whose
  /// purpose is `linkage`; and of the person record also the year, the dates and the codes that point to a person together
  /// with others. A text with a format is a number of one person, another text is a name. Nothing that is opened leaves
  /// this process.
  public func findLinks(
    _ settings: RecordLinkage = RecordLinkage(), progress: ProgressHandler? = nil
  ) throws(RegisterError) -> FoundLinks {
    try registerFailures {
      let keys = try requireKeys()
      return try database.read { try findLinks(settings, keys, $0, progress: progress) }
    }
  }

  /// The same within the reading or transaction at hand.
  func findLinks(
    _ settings: RecordLinkage, _ keys: RegisterKeys, _ connection: Connection, progress: ProgressHandler? = nil
  ) throws -> FoundLinks {
    let snapshot = try unmergedSnapshot(connection, asKnownOn: nil, progress: nil)
    let sources = linkageSources
    let opened = try VaultContents(
      fields: Set(sources.flatMap(\.vaultFields) + [model.personField]), keys: keys, connection)
    let fields = sources.map { LinkageField("\(model.records[$0.record].id).\($0.field.id)", $0.kind) }
    let columns = sources.map { source in
      let rows = snapshot.records[source.record]
      let column = rows.table.columns[source.position]
      return snapshot.people.indices.map { person -> LinkageRecords.Value in
        let row = Int(rows.starts[person])
        guard row < Int(rows.starts[person + 1]) else { return .missing }
        let value = column[row]
        guard source.field.privacy.isIdentifying else { return source.value(value.canonicalText) }
        return opened.values[value.canonicalText].map { source.value($0.value) } ?? .missing
      }
    }
    let records = LinkageRecords(fields: fields, columns: columns)
    let linked: LinkedRecords
    do throws(LinkageError) {
      linked = try settings.link(records, progress: progress)
    } catch {
      throw RegisterError.linkage(error)
    }
    let standing = StandingLinks(try Self.linkDecisions(connection, asKnownOn: nil))
    let people = snapshot.people
    return FoundLinks(
      fields: fields, people: people.count,
      links: linked.pairs.map { pair in
        let (first, second) = (people[pair.first], people[pair.second])
        return FoundLink(
          first: first, second: second,
          providers: [first, second].map { opened.values[$0]?.provider ?? "" }, pair: pair,
          decided: standing.kind(first, second))
      },
      linked: linked, records: records)
  }

  private var linkageSources: [LinkageSource] {
    var found: [LinkageSource] = []
    for (index, record) in model.records.enumerated() {
      guard record.keyIndices.map({ record.fields[$0].id }) == [model.personField] else { continue }
      for (position, field) in record.fields.enumerated() where field.id != model.personField {
        let isMeant = field.privacy == .direct && field.purpose == "linkage"
        let isQuasi = record.nature == .person && (field.privacy == .quasi || field.privacy == .sensitive)
        guard isMeant || isQuasi, let kind = LinkageSource.kind(of: field, isMeant: isMeant) else { continue }
        found.append(
          LinkageSource(
            record: index, position: position, field: field, kind: kind,
            vaultFields: ([field.id] + field.replaces.map(\.field)).map { "\(record.id).\($0)" }))
      }
    }
    return found
  }
}

/// A field of the model that is compared.
private struct LinkageSource {
  let record: Int
  let position: Int
  let field: Field
  let kind: LinkageField.Kind
  /// Its name in the vault, and those that it had in other versions.
  let vaultFields: [String]

  static func kind(of field: Field, isMeant: Bool) -> LinkageField.Kind? {
    switch field.type {
    case .text: isMeant ? (field.format == nil ? .name : .identifier) : nil
    case .date: .date
    case .year: .year
    case .code: .code
    case .integer, .number, .month, .list: nil
    }
  }

  func value(_ text: String) -> LinkageRecords.Value {
    guard !text.isEmpty else { return .missing }
    return switch kind {
    case .date: CalendarDate(iso: text).map { .date($0) } ?? .missing
    case .year: Int(text).map { .year($0) } ?? .missing
    case .name, .code, .identifier: .text(text)
    }
  }
}

/// Opened entries of the vault, by pseudonym.
private struct VaultContents {
  private(set) var values: [String: SealedIdentity] = [:]

  init(fields: Set<String>, keys: RegisterKeys, _ connection: Connection) throws {
    let statement = try connection.statement("SELECT token, field, sealed FROM vault.identities")
    while try statement.step() {
      guard fields.contains(statement.text(at: 1)!), let sealed = statement.data(at: 2) else { continue }
      guard let opened = (try? keys.vault.open(sealed)).flatMap({ SealedIdentity($0) }) else {
        throw RegisterError.vaultDamaged(file: "vault.sqlite")
      }
      values[statement.text(at: 0)!] = opened
    }
  }
}
