import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import Tables

/// The contents of a snapshot in one form of bytes, of which the fingerprint is taken.
///
/// Model id and people; then for each record that has rows its id and each person's number of rows, and for each field
/// that has any value its id and the values in the order of the rows. A value is a byte for its type and then: a text's
/// length and UTF-8, a whole number or a number's bits in 8 bytes, a day or month in 4 bytes. Fields without a value are
/// left out, so that a new field in the model changes nothing until it is used.
struct SnapshotContents {
  let model: DataModel
  let people: [String]
  let records: [RegisterSnapshot.RecordRows]

  var fingerprint: Fingerprint {
    var bytes = HashedBytes()
    bytes.add("meedoen contents 1")
    bytes.add(model.id)
    bytes.add(people.count)
    for person in people { bytes.add(person) }
    for (record, rows) in zip(model.records, records) where rows.table.rowCount > 0 {
      bytes.add(record.id)
      bytes.add(rows.table.rowCount)
      for start in rows.starts { bytes.add(start) }
      for (name, column) in zip(rows.table.names, rows.table.columns) where column.hasValue {
        bytes.add(name)
        bytes.add(column)
      }
    }
    return bytes.finish()
  }
}

extension Column {
  fileprivate var hasValue: Bool {
    switch self {
    case .categories(let column): column.codes.contains { $0 >= 0 }
    case .texts(let values): values.contains { $0 != nil }
    case .integers(let values): values.contains { $0 != nil }
    case .numbers(let values): values.contains { !$0.isNaN }
    case .dates(let column): column.days.contains { $0 != DateColumn.missing }
    case .months(let column): column.indices.contains { $0 != MonthColumn.missing }
    case .lists(let values): values.contains { $0 != nil }
    }
  }
}

/// Bytes on their way into a fingerprint, handed over in large pieces.
struct HashedBytes {
  private var builder = FingerprintBuilder()
  private var buffer: [UInt8] = []

  /// After how many bytes they are handed over.
  private let piece: Int

  init(inPiecesOf piece: Int = 1 << 16) {
    self.piece = piece
    buffer.reserveCapacity(min(piece, 1 << 16))
  }

  mutating func add(_ text: String) {
    add(Int32(text.utf8.count))
    buffer.append(contentsOf: text.utf8)
    flushIfLarge()
  }

  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    add(Int32(text.count))
    buffer.append(contentsOf: text)
    flushIfLarge()
  }

  mutating func add(_ value: Int) { addBytes(Int64(value).littleEndian) }
  mutating func add(_ value: Int32) { addBytes(value.littleEndian) }
  mutating func add(_ value: Double) { addBytes((value + 0).bitPattern.littleEndian) }
  mutating func add(type: UInt8) { buffer.append(type) }

  /// A value as it is read from its column: type and bytes.
  mutating func add(stored value: StoredValue) {
    switch value {
    case .null: add(type: Statement.CellType.null.rawValue)
    case .integer(let integer):
      add(type: Statement.CellType.integer.rawValue)
      add(integer)
    case .double(let double):
      add(type: Statement.CellType.double.rawValue)
      add(double)
    case .text(let text):
      add(type: Statement.CellType.text.rawValue)
      add(text)
    }
  }

  private mutating func addBytes(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value) { buffer.append(contentsOf: $0) }
    flushIfLarge()
  }

  mutating func add(_ column: Column) {
    switch column {
    case .categories(let column):
      for code in column.codes { add(optional: code < 0 ? nil : column.levels[Int(code)]) }
    case .texts(let values): for value in values { add(optional: value) }
    case .integers(let values):
      for value in values {
        add(type: value == nil ? 0 : 2)
        if let value { add(value) }
      }
    case .numbers(let values):
      for value in values {
        add(type: value.isNaN ? 0 : 3)
        if !value.isNaN { add(value) }
      }
    case .dates(let column):
      for day in column.days {
        add(type: day == DateColumn.missing ? 0 : 4)
        if day != DateColumn.missing { add(day) }
      }
    case .months(let column):
      for month in column.indices {
        add(type: month == MonthColumn.missing ? 0 : 5)
        if month != MonthColumn.missing { add(month) }
      }
    case .lists(let values):
      for value in values {
        add(type: value == nil ? 0 : 6)
        if let value {
          add(value.count)
          for item in value { add(item) }
        }
      }
    }
  }

  private mutating func add(optional text: String?) {
    add(type: text == nil ? 0 : 1)
    if let text { add(text) }
  }

  private mutating func flushIfLarge() {
    guard buffer.count >= piece else { return }
    buffer.withUnsafeBytes { builder.add($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// The digest of what was added since the last one, and was not handed over.
  mutating func takeDigest() -> ShortDigest {
    defer { buffer.removeAll(keepingCapacity: true) }
    return buffer.withUnsafeBytes { ShortDigest(of: $0) }
  }

  mutating func finish() -> Fingerprint {
    buffer.withUnsafeBytes { builder.add($0) }
    buffer.removeAll()
    return builder.finish()
  }
}
