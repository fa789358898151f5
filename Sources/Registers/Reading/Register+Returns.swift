import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import Submissions

/// One return in the register's list of returns.
public struct StoredReturn: Hashable, Codable, Sendable {
  public let fingerprint: Fingerprint
  public let provider: String
  public let period: CalendarMonth
  /// The earliest day on which it was received.
  public let receivedOn: CalendarDate
  public let modelVersion: String
  /// Names of the files.
  public let files: [String]
  /// Rows read, accepted and held, by record.
  public let summary: ReviewSummary
  /// How many findings there are of each severity that occurs, by ``DataModels/Severity``'s raw value.
  public let findings: [String: Int]
  /// How many of the findings to confirm were confirmed, in this return or an earlier one.
  public let confirmed: Int
  /// The day on which it was withdrawn; nil for one that counts.
  public let withdrawnOn: CalendarDate?
  /// Whether it is the correction of one cell rather than something the provider sent.
  public let isCorrection: Bool
  /// Whether it holds all that the provider has to say about the month, or a part that is laid over that.
  public let extent: SubmissionExtent
  /// Who answered for it, in order of the day.
  public let signedBy: [String]

  public func count(_ severity: Severity) -> Int { findings[severity.rawValue] ?? 0 }
}

extension Register {
  /// The returns that were received until a day (nil for all), by period, day of receipt and fingerprint.
  ///
  /// - Parameter includingWithdrawn: whether those are listed too that were withdrawn by that day, behind all others.
  public func returns(
    asKnownOn day: CalendarDate? = nil, includingWithdrawn: Bool = false
  ) throws(RegisterError) -> [StoredReturn] {
    try registerFailures {
      try database.read { connection in
        let said = try ReturnDecisions(connection, asKnownOn: day)
        let order = try ReturnOrder(connection, asKnownOn: day)
        var files: [Int: [String]] = [:]
        let fileRows = try connection.statement("SELECT return, name FROM main.files ORDER BY return, name")
        while try fileRows.step() { files[fileRows.integer(at: 0), default: []].append(fileRows.text(at: 1)!) }
        var findings: [Int: [String: Int]] = [:]
        let counts = try connection.statement(
          "SELECT return, severity, SUM(count) FROM main.findings GROUP BY return, severity")
        while try counts.step() {
          findings[counts.integer(at: 0), default: [:]][counts.text(at: 1)!] = counts.integer(at: 2)
        }
        let parts = try PartialReturns(connection, said.corrections)
        var found: [(rank: Int32, StoredReturn)] = []
        let statement = try connection.statement(
          """
          SELECT r.id, r.fingerprint, r.provider, r.period, MIN(c.received_on), r.model_version, r.summary
          FROM main.returns r JOIN main.receipts c ON c.return = r.id GROUP BY r.id
          """)
        while try statement.step() {
          let id = statement.integer(at: 0)
          let withdrawnOn = order.withdrawn[id]
          guard order.ranks[id] >= 0 || (includingWithdrawn && withdrawnOn != nil) else { continue }
          guard let fingerprint = Fingerprint(hex: statement.text(at: 1)!),
            let period = CalendarMonth(iso: statement.text(at: 3)!),
            let received = CalendarDate(iso: statement.text(at: 4)!)
          else { throw RegisterError.damagedValue(record: "returns", field: "period") }
          found.append(
            (
              withdrawnOn == nil ? order.ranks[id] : .max,
              StoredReturn(
                fingerprint: fingerprint, provider: statement.text(at: 2)!, period: period, receivedOn: received,
                modelVersion: statement.text(at: 5)!, files: files[id] ?? [],
                summary: try decoded(ReviewSummary.self, statement.text(at: 6)!, field: "summary"),
                findings: findings[id] ?? [:], confirmed: said.confirmed[id] ?? 0, withdrawnOn: withdrawnOn,
                isCorrection: said.corrections.contains(fingerprint), extent: parts.contains(id) ? .part : .whole,
                signedBy: said.signatures[fingerprint] ?? [])
            ))
        }
        return found.sorted {
          ($0.rank, $0.1.period, $0.1.receivedOn, $0.1.fingerprint) < (
            $1.rank, $1.1.period, $1.1.receivedOn, $1.1.fingerprint
          )
        }.map(\.1)
      }
    }
  }

  /// What the review found in a return, in its order.
  public func findings(of fingerprint: Fingerprint) throws(RegisterError) -> [KeptFinding] {
    try registerFailures {
      try database.read { connection in
        let id = try number(of: fingerprint, connection)
        let statement = try connection.statement("SELECT content FROM main.findings WHERE return = ? ORDER BY position")
        statement.bind(id, at: 0)
        var texts: [String] = []
        while try statement.step() { texts.append(statement.text(at: 0)!) }
        let contents = texts
        return try inParts(contents.count, size: 256) { range in
          let decoder = JSONDecoder()
          return try range.map { place in
            guard let finding = try? decoder.decode(KeptFinding.self, from: Data(contents[place].utf8)) else {
              throw RegisterError.damagedValue(record: "returns", field: "findings")
            }
            return finding
          }
        }
      }
    }
  }

  /// The rows of a return that were held back.
  public func heldRows(of fingerprint: Fingerprint) throws(RegisterError) -> [HeldRow] {
    try registerFailures {
      try database.read { connection in
        let id = try number(of: fingerprint, connection)
        let statement = try connection.statement(
          "SELECT file, sheet, row, record, codes FROM main.held_rows WHERE return = ? ORDER BY file, sheet, row, record"
        )
        statement.bind(id, at: 0)
        var rows: [HeldRow] = []
        while try statement.step() {
          let sheet = statement.text(at: 1)!
          rows.append(
            HeldRow(
              file: statement.text(at: 0)!, sheet: sheet.isEmpty ? nil : sheet, row: statement.integer(at: 2),
              record: statement.text(at: 3)!,
              codes: statement.text(at: 4)!.split(separator: " ").compactMap { FindingCode(rawValue: String($0)) }))
        }
        return rows
      }
    }
  }

  func number(of fingerprint: Fingerprint, _ connection: Connection) throws -> Int {
    guard let id = try connection.integer("SELECT id FROM main.returns WHERE fingerprint = ?", [fingerprint.hex]) else {
      throw RegisterError.unknownReturn(fingerprint)
    }
    return id
  }

  private func decoded<Content: Decodable>(_ type: Content.Type, _ json: String, field: String) throws -> Content {
    do {
      return try JSONDecoder().decode(type, from: Data(json.utf8))
    } catch {
      throw RegisterError.damagedValue(record: "returns", field: field)
    }
  }
}
