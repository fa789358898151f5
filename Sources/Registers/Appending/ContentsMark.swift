import DataModels
import Fingerprints
import Primitives
import Submissions

/// A mark of what a return says: for each record, which fields it carries and what its rows say.
///
/// Two returns of one provider have the same mark exactly when they carry the same rows, in whatever order, file or kind
/// of file, and whatever month they are about. It is made with the pseudonym key, so that nobody can test a guess without.
enum ContentsMark {
  static func of(_ accepted: AcceptedSubmission, model: DataModel, keys: RegisterKeys) throws -> String {
    var digests: [ShortDigest] = []
    digests.reserveCapacity(accepted.records.reduce(0) { $0 + $1.rowCount })
    for rows in accepted.records { digests += try Self.digests(of: rows, model: model) }
    let contents = Fingerprint(ofUnordered: digests)
    return keys.pseudonym.pseudonym(
      of: contents.hex, in: [model.id, "contents 1", accepted.source.provider, String(digests.count)])
  }

  private static func digests(of rows: AcceptedRows, model: DataModel) throws -> [ShortDigest] {
    let record = model.records[rows.recordIndex]
    // By name, because a later version of the model may order its fields in another way.
    let positions = rows.fieldIndices.indices.sorted {
      record.fields[rows.fieldIndices[$0]].id < record.fields[rows.fieldIndices[$1]].id
    }
    let fields = positions.map { record.fields[rows.fieldIndices[$0]] }
    let layout = "\(record.id)\n\(fields.map(\.id).joined(separator: ","))\n"
    let isNumber = fields.map { !$0.privacy.isIdentifying && StoredKind($0) == .number }
    let start = Array(layout.utf8)
    return try inParts(rows.rowCount) { range in
      var digests: [ShortDigest] = []
      digests.reserveCapacity(range.count)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(512)
      for row in range {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: start)
        for (index, position) in positions.enumerated() {
          add(rows.value(row: row, position: position), isNumber: isNumber[index], to: &bytes)
        }
        digests.append(bytes.withUnsafeBytes { ShortDigest(of: $0) })
      }
      return digests
    }
  }

  /// A value as the column of its field would keep it, so that no two values that are stored alike differ.
  private static func add(_ value: Value, isNumber: Bool, to bytes: inout [UInt8]) {
    switch value {
    case .missing: bytes.append(0)
    case .text(let text): add(text, to: &bytes)
    case .list: add(value.canonicalText, to: &bytes)
    case .integer(let integer), .year(let integer):
      if isNumber {
        add(Double(integer), to: &bytes)
      } else {
        bytes.append(2)
        add(UInt64(bitPattern: Int64(integer)), to: &bytes)
      }
    case .number(let number): add(number, to: &bytes)
    case .date(let date):
      bytes.append(4)
      add(UInt32(bitPattern: date.daysSinceEpoch), to: &bytes)
    case .month(let month):
      bytes.append(5)
      add(UInt32(bitPattern: Int32(month.index)), to: &bytes)
    }
  }

  private static func add(_ number: Double, to bytes: inout [UInt8]) {
    guard !number.isNaN else {
      bytes.append(0)
      return
    }
    bytes.append(3)
    add((number + 0).bitPattern, to: &bytes)
  }

  private static func add(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(1)
    add(UInt32(text.utf8.count), to: &bytes)
    bytes.append(contentsOf: text.utf8)
  }

  private static func add(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
