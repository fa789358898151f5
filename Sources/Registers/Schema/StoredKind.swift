import DataModels
import Primitives
import Storage

/// How a field's values are kept in its column.
enum StoredKind: String {
  case text, integer, number, date, month, year, list
  /// A pseudonym; the value itself is in the vault.
  case token

  init(_ field: Field) {
    if field.privacy.isIdentifying {
      self = .token
    } else {
      self =
        switch field.type {
        case .text, .code: .text
        case .integer: .integer
        case .number: .number
        case .date: .date
        case .month: .month
        case .year: .year
        case .list: .list
        }
    }
  }

  var sqlType: String {
    switch self {
    case .integer, .year: "INTEGER"
    case .number: "REAL"
    case .text, .date, .month, .list, .token: "TEXT"
    }
  }
}

/// A value in the form in which a column keeps it.
enum StoredValue: Equatable {
  case null
  case text(String)
  case integer(Int)
  case double(Double)

  /// - Precondition: the value is of the field's type, as a review makes sure.
  init(_ value: Value, as kind: StoredKind) {
    switch (kind, value) {
    case (_, .missing): self = .null
    case (.text, .text(let text)): self = .text(text)
    case (.integer, .integer(let integer)): self = .integer(integer)
    case (.year, .year(let year)), (.year, .integer(let year)): self = .integer(year)
    case (.number, .number(let number)): self = number.isNaN ? .null : .double(number)
    case (.number, .integer(let integer)): self = .double(Double(integer))
    case (.date, .date(let date)): self = .text(date.iso)
    case (.month, .month(let month)): self = .text(month.iso)
    case (.list, .list): self = .text(value.canonicalText)
    default: preconditionFailure("a column of \(kind.rawValue) cannot keep this value")
    }
  }

  func bind(to statement: Statement, at index: Int) {
    switch self {
    case .null: statement.bindNull(at: index)
    case .text(let text): statement.bind(text, at: index)
    case .integer(let integer): statement.bind(integer, at: index)
    case .double(let double): statement.bind(double, at: index)
    }
  }

  /// Whether a column of the statement's row holds this value.
  func isEqual(to statement: Statement, at column: Int) -> Bool {
    switch self {
    case .null: statement.isNull(at: column)
    case .integer(let integer): !statement.isNull(at: column) && statement.integer(at: column) == integer
    case .double(let double): !statement.isNull(at: column) && statement.double(at: column) == double
    case .text(let text): !statement.isNull(at: column) && text.utf8.elementsEqual(statement.utf8(at: column))
    }
  }
}
