import DataModels
import Primitives

/// Turns conditions of a model into steps over blocks of rows in which each person has at most one row of a record.
struct ScreenCompiler {
  typealias Numbers = ScreenProgram.Numbers
  typealias Truths = ScreenProgram.Truths

  /// A condition that cannot be computed this way.
  struct Unsupported: Error {}

  let model: DataModel
  let program: ScreenProgram
  /// By record and field: the values; nil where the sheet has no such column.
  let columns: [[Numbers?]]
  /// By record: whether a person has a row of it.
  let present: [Truths]
  private let absent: Numbers
  private let constants = ConstantBook()

  private final class ConstantBook { var made: [Int32: Numbers] = [:] }

  init(model: DataModel, program: ScreenProgram, columns: [[Numbers?]], present: [Truths]) {
    self.model = model
    self.program = program
    self.columns = columns
    self.present = present
    absent = program.makeNumbers()
  }

  private typealias Typed = (numbers: Numbers, kind: ScreenKind)

  // MARK: Conditions

  func truth(_ condition: Condition, on record: Int) throws(Unsupported) -> Truths {
    switch condition {
    case .always: return program.makeTruths(1)
    case .all(let parts): return program.all(try truths(parts, on: record))
    case .any(let parts): return program.any(try truths(parts, on: record))
    case .not(let part): return program.not(try truth(part, on: record))
    case .compare(let left, let comparison, let right):
      return try compare(left, comparison, right, on: record)
    case .among(let operand, let values):
      let found = try numbers(operand, on: record)
      var parts: [Truths] = []
      for value in values {
        parts.append(try compare(found, .equal, try constant(value, beside: found.kind)))
      }
      return program.any(parts)
    case .within(let operand, let range):
      let found = try numbers(operand, on: record)
      var parts: [Truths] = []
      if let lower = range.lower {
        parts.append(try compare(found, .greaterOrEqual, try constant(lower, beside: found.kind)))
      }
      if let upper = range.upper {
        parts.append(try compare(found, .lessOrEqual, try constant(upper, beside: found.kind)))
      }
      return program.all(parts)
    case .isMissing(let operand): return program.isMissing(try numbers(operand, on: record).numbers)
    case .exists(let selection): return try accepted(selection, on: record)
    }
  }

  /// Yes where a field has a value outside a range.
  func outside(_ range: ValueRange, record: Int, field: Int) throws(Unsupported) -> Truths {
    let found = column(record, field)
    var parts: [Truths] = []
    if let lower = range.lower {
      parts.append(try compare(found, .less, try constant(lower, beside: found.kind)))
    }
    if let upper = range.upper {
      parts.append(try compare(found, .greater, try constant(upper, beside: found.kind)))
    }
    return program.equals(program.any(parts), 1)
  }

  private func truths(_ parts: [Condition], on record: Int) throws(Unsupported) -> [Truths] {
    var found: [Truths] = []
    for part in parts { found.append(try truth(part, on: record)) }
    return found
  }

  /// Yes where a comparison has its own values and waits for a row that the person does not have.
  func waits(_ condition: Condition, on record: Int) throws(Unsupported) -> Truths {
    switch condition {
    case .all(let parts), .any(let parts):
      var found: [Truths] = []
      for part in parts { found.append(try waits(part, on: record)) }
      return program.any(found)
    case .not(let part): return try waits(part, on: record)
    case .compare(let left, _, let right): return try waits([left, right], on: record)
    case .among(let operand, _), .within(let operand, _), .isMissing(let operand):
      return try waits([operand], on: record)
    case .always, .exists: return program.makeTruths(0)
    }
  }

  private func waits(_ operands: [Operand], on record: Int) throws(Unsupported) -> Truths {
    var lacking: [Truths] = []
    for operand in operands { lacking += try unpicked(operand, on: record) }
    return program.any(lacking)
  }

  /// Yes where no row is picked, for each pick of an operand.
  private func unpicked(_ operand: Operand, on record: Int) throws(Unsupported) -> [Truths] {
    switch operand {
    case .picked(let selection, let pick, _): [program.not(try picked(selection, pick, on: record))]
    case .shifted(let operand, _): try unpicked(operand, on: record)
    case .between(_, let from, let to): try unpicked(from, on: record) + unpicked(to, on: record)
    case .literal, .field, .parameter, .count: []
    }
  }

  // MARK: Comparing

  private func compare(
    _ left: Operand, _ comparison: Comparison, _ right: Operand, on record: Int
  ) throws(Unsupported) -> Truths {
    if case .literal(let value) = right {
      let found = try numbers(left, on: record)
      return try compare(found, comparison, try constant(value, beside: found.kind))
    }
    if case .literal(let value) = left {
      let found = try numbers(right, on: record)
      return try compare(try constant(value, beside: found.kind), comparison, found)
    }
    return try compare(try numbers(left, on: record), comparison, try numbers(right, on: record))
  }

  private func compare(_ a: Typed, _ comparison: Comparison, _ b: Typed) throws(Unsupported) -> Truths {
    if let first = a.kind.precision, let second = b.kind.precision {
      let precision = min(first, second)
      return program.compare(
        program.atPrecision(a.numbers, a.kind, precision), comparison,
        program.atPrecision(b.numbers, b.kind, precision))
    }
    guard a.kind == b.kind, a.kind != .presence else { throw Unsupported() }
    if case .code = a.kind, comparison != .equal, comparison != .unequal { throw Unsupported() }
    return program.compare(a.numbers, comparison, b.numbers)
  }

  private func constant(_ value: Value, beside kind: ScreenKind) throws(Unsupported) -> Typed {
    switch (value, kind) {
    case (.integer(let integer), .integer):
      guard let number = Int32(exactly: integer), number != ScreenProgram.missing else { throw Unsupported() }
      return (constant(number), .integer)
    case (.number(let number), .integer):
      guard let whole = Int32(exactly: number), whole != ScreenProgram.missing else { throw Unsupported() }
      return (constant(whole), .integer)
    case (.year(let year), _) where kind.precision != nil:
      guard let number = Int32(exactly: year) else { throw Unsupported() }
      return (constant(number), .year)
    case (.month(let month), _) where kind.precision != nil: return (constant(month.index), .month)
    case (.date(let date), _) where kind.precision != nil: return (constant(date.daysSinceEpoch), .day)
    case (.text(let text), .code(let list)):
      guard let codes = model.codeList(list) else { throw Unsupported() }
      // Of a code that is in no list nothing is equal.
      return (constant(codes.position(of: text).map(Int32.init) ?? -1), kind)
    default: throw Unsupported()
    }
  }

  private func constant(_ number: Int32) -> Numbers {
    if let made = constants.made[number] { return made }
    let made = program.makeNumbers(number)
    constants.made[number] = made
    return made
  }

  // MARK: Operands

  private func column(_ record: Int, _ field: Int) -> Typed {
    (columns[record][field] ?? absent, ScreenKind(model.records[record].fields[field].type))
  }

  private func numbers(_ operand: Operand, on record: Int) throws(Unsupported) -> Typed {
    switch operand {
    case .field(let reference): return column(record, reference.index)
    case .picked(let selection, let pick, let reference):
      let found = column(selection.recordIndex, reference.index)
      return (program.keep(found.numbers, where: try picked(selection, pick, on: record)), found.kind)
    case .shifted(let operand, let duration):
      let found = try numbers(operand, on: record)
      return (try shifted(found, duration), found.kind)
    case .between(let unit, let from, let to):
      return (try between(unit, try numbers(from, on: record), try numbers(to, on: record)), .integer)
    case .literal, .parameter, .count: throw Unsupported()
    }
  }

  private func shifted(_ found: Typed, _ duration: CalendarDuration) throws(Unsupported) -> Numbers {
    let missing = ScreenProgram.missing
    switch (found.kind, duration.unit) {
    case (.day, _):
      return program.map(found.numbers) { day in
        let shifted = CalendarDate(daysSinceEpoch: day).shifted(by: duration)
        return shifted < .earliest || shifted > .latest ? missing : shifted.daysSinceEpoch
      }
    case (.month, .months), (.month, .years):
      let months = duration.count * (duration.unit == .years ? 12 : 1)
      return program.map(found.numbers) { month in
        let shifted = CalendarMonth(index: month).adding(months: months)
        return (1...9999).contains(shifted.year) ? shifted.index : missing
      }
    default: throw Unsupported()
    }
  }

  private func between(_ unit: CalendarDuration.Unit, _ from: Typed, _ to: Typed) throws(Unsupported) -> Numbers {
    guard let first = from.kind.precision, let second = to.kind.precision else { throw Unsupported() }
    let precision = min(first, second)
    let start = program.atPrecision(from.numbers, from.kind, precision)
    let end = program.atPrecision(to.numbers, to.kind, precision)
    func divided(_ number: Int, by divisor: Int) -> Int32 {
      Int32(clamping: number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor))
    }
    func months(_ start: Int32, _ end: Int32) -> Int {
      CalendarDate(daysSinceEpoch: end).completedMonths(since: CalendarDate(daysSinceEpoch: start))
    }
    switch (precision, unit) {
    case (0, .years), (1, .months), (2, .days): return program.combine(start, end) { $1 - $0 }
    case (1, .years): return program.combine(start, end) { divided(Int($1 - $0), by: 12) }
    case (2, .weeks): return program.combine(start, end) { divided(Int($1 - $0), by: 7) }
    case (2, .months): return program.combine(start, end) { Int32(clamping: months($0, $1)) }
    case (2, .years): return program.combine(start, end) { divided(months($0, $1), by: 12) }
    default: return absent
    }
  }

  // MARK: Selections

  /// Yes where the person has a row that the selection accepts.
  private func accepted(_ selection: Selection, on record: Int) throws(Unsupported) -> Truths {
    var parts = [present[selection.recordIndex]]
    if let filter = selection.filter {
      parts.append(program.equals(try truth(filter, on: selection.recordIndex), 1))
    }
    if let timing = selection.timing, let start = selection.startIndex {
      guard selection.endIndex == nil || selection.endIndex == start else { throw Unsupported() }
      let day = column(selection.recordIndex, start)
      let comparisons: [(Comparison, Operand)]
      switch timing {
      case .before(let operand): comparisons = [(.less, operand)]
      case .after(let operand): comparisons = [(.greater, operand)]
      case .on(let operand): comparisons = [(.equal, operand)]
      case .during(let from, let to): comparisons = [(.greaterOrEqual, from), (.lessOrEqual, to)]
      }
      for (comparison, operand) in comparisons {
        let other: Typed
        if case .literal(let value) = operand {
          other = try constant(value, beside: day.kind)
        } else {
          other = try numbers(operand, on: record)
        }
        parts.append(program.equals(try compare(day, comparison, other), 1))
      }
    }
    return program.all(parts)
  }

  private func picked(_ selection: Selection, _ pick: Pick, on record: Int) throws(Unsupported) -> Truths {
    let found = try accepted(selection, on: record)
    guard pick != .only, let start = selection.startIndex else { return found }
    return program.all([found, program.not(program.isMissing(column(selection.recordIndex, start).numbers))])
  }
}
