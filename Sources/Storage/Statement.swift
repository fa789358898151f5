import Foundation
import GRDB
import GRDBSQLite

/// A prepared statement. Parameters and columns are counted from 0.
///
/// The columns are read straight from SQLite, without a value in between: a register has millions of cells.
public final class Statement {
  private let owner: GRDB.Statement
  private let statement: OpaquePointer
  private let connection: OpaquePointer

  init(_ statement: GRDB.Statement, connection: OpaquePointer) {
    owner = statement
    self.statement = statement.sqliteStatement
    self.connection = connection
  }

  // Whatever SQLite keeps of a bound text or blob is a copy.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  // MARK: Parameters

  public func bind(_ value: Int, at index: Int) { sqlite3_bind_int64(statement, Int32(index + 1), Int64(value)) }
  public func bind(_ value: Double, at index: Int) { sqlite3_bind_double(statement, Int32(index + 1), value) }
  public func bindNull(at index: Int) { sqlite3_bind_null(statement, Int32(index + 1)) }

  public func bind(_ value: String, at index: Int) {
    var value = value
    value.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        // An empty buffer may have no address, which SQLite would take for NULL.
        if let base = characters.baseAddress {
          _ = sqlite3_bind_text(statement, Int32(index + 1), base, Int32(characters.count), Self.copied)
        } else {
          _ = sqlite3_bind_text(statement, Int32(index + 1), "", 0, Self.copied)
        }
      }
    }
  }

  public func bind(_ value: Data, at index: Int) {
    value.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress {
        _ = sqlite3_bind_blob64(statement, Int32(index + 1), base, UInt64(bytes.count), Self.copied)
      } else {
        _ = sqlite3_bind_zeroblob(statement, Int32(index + 1), 0)
      }
    }
  }

  // MARK: Running

  /// Goes to the next row; false after the last, when the statement is ready to be bound and run again.
  public func step() throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(statement)
      return false
    default:
      let code = ResultCode(rawValue: sqlite3_extended_errcode(connection))
      let message = String(cString: sqlite3_errmsg(connection))
      sqlite3_reset(statement)
      throw DatabaseError(resultCode: code, message: message)
    }
  }

  /// Runs a statement that gives no rows.
  public func run() throws { while try step() {} }

  /// Leaves the remaining rows, so that the statement can be bound and run again.
  public func reset() { sqlite3_reset(statement) }

  // MARK: Columns of the current row

  public func isNull(at column: Int) -> Bool { sqlite3_column_type(statement, Int32(column)) == SQLITE_NULL }
  public func integer(at column: Int) -> Int { Int(sqlite3_column_int64(statement, Int32(column))) }
  public func double(at column: Int) -> Double { sqlite3_column_double(statement, Int32(column)) }

  /// The text, or nil when null.
  public func text(at column: Int) -> String? {
    guard !isNull(at: column) else { return nil }
    return String(decoding: utf8(at: column), as: UTF8.self)
  }

  public func data(at column: Int) -> Data? {
    guard !isNull(at: column) else { return nil }
    let count = Int(sqlite3_column_bytes(statement, Int32(column)))
    guard let base = sqlite3_column_blob(statement, Int32(column)) else { return Data() }
    return Data(bytes: base, count: count)
  }

  /// The bytes of a text, without a copy; empty when null. Only until the next ``step()``.
  public func utf8(at column: Int) -> UnsafeBufferPointer<UInt8> {
    let base = sqlite3_column_text(statement, Int32(column))
    return UnsafeBufferPointer(start: base, count: Int(sqlite3_column_bytes(statement, Int32(column))))
  }

  /// What a cell holds, whatever its column was declared as.
  public enum CellType: UInt8, Sendable { case null, integer, double, text, data }

  public func type(at column: Int) -> CellType {
    switch sqlite3_column_type(statement, Int32(column)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .double
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .data
    default: .null
    }
  }
}
