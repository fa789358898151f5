import DataModels
import Primitives
import Storage
import Tables

/// The cells of one field as they are stored, one for each row of a return, read straight into arrays.
struct RevisionColumn {
  private let record: String
  private let field: Field
  private let kind: StoredKind
  private let codeList: CodeList?
  /// The crosswalk from codes of older versions of the model.
  private let replaces: [String: String]
  /// Numbers of texts, days or months.
  private var small: [Int32] = []
  private var integers: [Int?] = []
  private var numbers: [Double] = []
  private var pool = TextPool()

  private static let missing = Int32.min

  init(record: RecordDefinition, field: Field, model: DataModel) {
    self.record = record.id
    self.field = field
    kind = StoredKind(field)
    if case .code(let list) = field.type { codeList = model.codeList(list) } else { codeList = nil }
    replaces = field.type.codeList.flatMap(model.codeList)?.replaces ?? [:]
  }

  /// Adds the cell of the statement's row; of no column, when the register does not have the field yet.
  mutating func append(_ statement: Statement, column: Int?) throws {
    guard let column, !statement.isNull(at: column) else {
      switch kind {
      case .integer, .year: integers.append(nil)
      case .number: numbers.append(.nan)
      default: small.append(Self.missing)
      }
      return
    }
    switch kind {
    case .integer, .year: integers.append(statement.integer(at: column))
    case .number: numbers.append(statement.double(at: column))
    case .text, .list, .token: small.append(pool.number(of: statement.utf8(at: column)))
    case .date:
      guard let date = CalendarDate(isoBytes: statement.utf8(at: column)) else { throw damaged }
      small.append(date.daysSinceEpoch)
    case .month:
      guard let month = CalendarMonth(isoBytes: statement.utf8(at: column)) else { throw damaged }
      small.append(month.index)
    }
  }

  private var damaged: RegisterError { .damagedValue(record: record, field: field.id) }

  /// The cells at these places, in their order; missing where the place is negative.
  ///
  /// Codes become categories whose levels are those of the code list, in its order, and after them any that only an
  /// older version of the list had.
  func selecting(_ places: [Int32]) -> Column {
    switch kind {
    case .integer, .year: .integers(places.map { $0 < 0 ? nil : integers[Int($0)] })
    case .number: .numbers(places.map { $0 < 0 ? .nan : numbers[Int($0)] })
    case .date: .dates(DateColumn(days: selectingSmall(places)))
    case .month: .months(MonthColumn(indices: selectingSmall(places)))
    case .list:
      {
        let lists = pool.texts.map { items(of: $0).map { replaces[$0] ?? $0 } }
        return .lists(selectingSmall(places).map { $0 == Self.missing ? nil : lists[Int($0)] })
      }()
    case .text, .token:
      if let codeList {
        .categories(categories(selectingSmall(places), codeList))
      } else {
        .texts(selectingSmall(places).map { $0 == Self.missing ? nil : pool.texts[Int($0)] })
      }
    }
  }

  private func selectingSmall(_ places: [Int32]) -> [Int32] {
    places.map { $0 < 0 ? Self.missing : small[Int($0)] }
  }

  private func categories(_ numbers: [Int32], _ list: CodeList) -> CategoryColumn {
    let texts = replaces.isEmpty ? pool.texts : pool.texts.map { replaces[$0] ?? $0 }
    let others = Set(texts.filter { !list.contains($0) }).sorted()
    let levels = list.codes.map(\.code) + others
    let places = Dictionary(levels.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    let level = texts.map { places[$0]! }
    return CategoryColumn(levels: levels, codes: numbers.map { $0 == Self.missing ? -1 : level[Int($0)] })
  }

  // MARK: Order

  /// Adds a cell in a form whose bytes are ordered as the values are, and of which none is the beginning of another.
  func appendSortKey(of row: Int, to bytes: inout [UInt8]) {
    switch kind {
    case .integer, .year: appendBits(UInt64(bitPattern: Int64(integers[row] ?? .min)) ^ 1 << 63, to: &bytes)
    case .number:
      let bits = (numbers[row] + 0).bitPattern
      appendBits(bits >> 63 == 1 ? ~bits : bits | 1 << 63, to: &bytes)
    case .date, .month: appendBits(UInt64(bitPattern: Int64(small[row])) ^ 1 << 63, to: &bytes)
    case .text, .list, .token:
      if small[row] != Self.missing {
        for byte in pool.texts[Int(small[row])].utf8 {
          bytes.append(byte)
          if byte == 0 { bytes.append(1) }
        }
      }
      bytes.append(0)
      bytes.append(0)
    }
  }

  private func appendBits(_ bits: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
  }
}

/// Reads the items of a list back from its canonical text.
func items(of text: String) -> [String] {
  guard !text.isEmpty else { return [] }
  var items: [String] = []
  var rest = Substring(text)
  while true {
    var item = ""
    if rest.first == "\"" {
      rest.removeFirst()
      while let character = rest.popFirst() {
        if character != "\"" {
          item.append(character)
        } else if rest.first == "\"" {
          item.append(rest.removeFirst())
        } else {
          break
        }
      }
    } else {
      let end = rest.firstIndex(of: ",") ?? rest.endIndex
      item = String(rest[..<end])
      rest = rest[end...]
    }
    items.append(item)
    guard rest.first == "," else { return items }
    rest.removeFirst()
    if rest.first == " " { rest.removeFirst() }
  }
}

extension CalendarDate {
  /// Reads exactly `YYYY-MM-DD` from bytes.
  init?(isoBytes bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D, let year = digits(bytes, 0..<4),
      let month = digits(bytes, 5..<7), let day = digits(bytes, 8..<10)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}

extension CalendarMonth {
  /// Reads exactly `YYYY-MM` from bytes.
  init?(isoBytes bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 7, bytes[4] == 0x2D, let year = digits(bytes, 0..<4), let month = digits(bytes, 5..<7) else {
      return nil
    }
    self.init(year: year, month: month)
  }
}

private func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
  var value = 0
  for index in range {
    guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
    value = value * 10 + Int(bytes[index] - 0x30)
  }
  return value
}
