import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage

/// A version of the model that was adopted for a workspace's returns.
public struct AdoptedVersion: Hashable, Sendable {
  public let version: String
  public let fingerprint: Fingerprint
  /// The first month for which it is in force; nil for the version from the beginning.
  public let from: CalendarMonth?
  public let adoptedOn: CalendarDate
  public let by: String
  public let reason: String?
  /// The model as it was written.
  public let definition: String

  public init(
    _ model: DataModel, definition: String, from: CalendarMonth?, on day: CalendarDate, by: String, reason: String?
  ) {
    version = model.version
    fingerprint = model.fingerprint
    self.from = from
    adoptedOn = day
    self.by = by
    self.reason = reason
    self.definition = definition
  }

  fileprivate init(
    version: String, fingerprint: Fingerprint, from: CalendarMonth?, adoptedOn: CalendarDate, by: String,
    reason: String?, definition: String
  ) {
    self.version = version
    self.fingerprint = fingerprint
    self.from = from
    self.adoptedOn = adoptedOn
    self.by = by
    self.reason = reason
    self.definition = definition
  }
}

extension Register {
  /// The versions of its model that a register adopted, in that order; empty when it has had the one of its folder
  /// alone. Needs no model.
  public static func adoptedVersions(in folder: URL) throws(RegisterError) -> [AdoptedVersion] {
    try registerFailures {
      let size = try? FileManager.default.attributesOfItem(atPath: registerFile(folder).path)[.size] as? Int
      // One whose making was interrupted has nothing in it.
      guard let size, size > 0 else { return [] }
      let database: Database
      do throws(StorageError) {
        database = try Database(registerFile(folder), schema: .register, for: .read)
      } catch .olderSchema {
        // From before versions could be adopted.
        return []
      }
      return try database.read { try adoptedVersions($0) }
    }
  }

  static func adoptedVersions(_ connection: Connection) throws -> [AdoptedVersion] {
    let statement = try connection.statement(
      "SELECT version, fingerprint, from_month, adopted_on, by, reason, definition FROM main.model_versions ORDER BY id"
    )
    var found: [AdoptedVersion] = []
    while try statement.step() {
      let definition = statement.text(at: 6)!
      guard let fingerprint = Fingerprint(hex: statement.text(at: 1)!), Fingerprint(of: definition) == fingerprint,
        let day = CalendarDate(iso: statement.text(at: 3)!)
      else { throw RegisterError.damagedValue(record: "model_versions", field: "definition") }
      found.append(
        AdoptedVersion(
          version: statement.text(at: 0)!, fingerprint: fingerprint,
          from: statement.text(at: 2).flatMap { CalendarMonth(iso: $0) }, adoptedOn: day, by: statement.text(at: 4)!,
          reason: statement.text(at: 5), definition: definition))
    }
    return found
  }

  /// Adopts versions of the model, in one transaction with their entries in the audit trail. Nothing that is stored is
  /// changed; columns of new fields are added.
  ///
  /// - Parameter newest: the last of them as it is to be read, with its crosswalk.
  public func adopt(
    _ versions: [AdoptedVersion], reading newest: DataModel, by stamp: AuditStamp
  ) throws(RegisterError) {
    try registerFailures {
      _ = try requireKeys()
      try database.write { connection in
        let book = AuditBook(connection)
        for version in versions {
          let statement = try connection.statement(
            """
            INSERT INTO main.model_versions (version, fingerprint, from_month, adopted_on, by, reason, definition)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
          let texts = [
            version.version, version.fingerprint.hex, version.from?.iso, version.adoptedOn.iso, version.by,
            version.reason, version.definition,
          ]
          for (index, text) in texts.enumerated() {
            if let text { statement.bind(text, at: index) } else { statement.bindNull(at: index) }
          }
          try statement.run()
          let name = version.version + (version.from.map { " from \($0.iso)" } ?? "")
          try book.add(.modelAdopted, AuditSubject(.model, name), by: stamp, after: version.fingerprint)
        }
        try ModelTables(newest).check(connection)
        try ModelTables(newest).bringUpToDate(connection)
      }
    }
  }

  /// How many returns there are about a month or later (nil for all), by the version of the model that they were checked against.
  public func returnsByVersion(from month: CalendarMonth? = nil) throws(RegisterError) -> [String: Int] {
    try registerFailures {
      try database.read { connection in
        let statement = try connection.statement(
          "SELECT model_version, COUNT(*) FROM main.returns WHERE period >= ? GROUP BY model_version")
        statement.bind(month?.iso ?? "", at: 0)
        var counts: [String: Int] = [:]
        while try statement.step() { counts[statement.text(at: 0)!] = statement.integer(at: 1) }
        return counts
      }
    }
  }
}
