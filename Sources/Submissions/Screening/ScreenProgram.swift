import DataModels
import Primitives

/// What the numbers of a column stand for.
enum ScreenKind: Equatable {
  case integer, year, month, day
  /// The place of a code in a list.
  case code(list: String)
  /// Only whether there is something matters.
  case presence

  /// 0 for a year, 1 for a month, 2 for a day.
  var precision: Int? {
    switch self {
    case .year: 0
    case .month: 1
    case .day: 2
    default: nil
    }
  }

  init(_ type: FieldType) {
    switch type {
    case .integer, .number: self = .integer
    case .year: self = .year
    case .month: self = .month
    case .date: self = .day
    case .code(let list): self = .code(list: list)
    case .text, .list: self = .presence
    }
  }
}

/// The values of a block of rows, and steps that compute others from them, all rows of a block at a time.
///
/// A truth is 0 for no, 1 for yes and 2 for no answer, as in ``DataModels/Condition``.
final class ScreenProgram {
  typealias Numbers = UnsafeMutablePointer<Int32>
  typealias Truths = UnsafeMutablePointer<UInt8>
  static let missing = Int32.min

  let rows: Int
  private var steps: [(Int) -> Void] = []
  private var numbers: [Numbers] = []
  private var truths: [Truths] = []
  private var coarser: [String: Numbers] = [:]

  init(rows: Int) { self.rows = rows }

  deinit {
    for buffer in numbers { buffer.deallocate() }
    for buffer in truths { buffer.deallocate() }
  }

  func run(_ count: Int) { for step in steps { step(count) } }

  func makeNumbers(_ value: Int32 = missing) -> Numbers {
    let buffer = Numbers.allocate(capacity: rows)
    buffer.initialize(repeating: value, count: rows)
    numbers.append(buffer)
    return buffer
  }

  func makeTruths(_ value: UInt8 = 0) -> Truths {
    let buffer = Truths.allocate(capacity: rows)
    buffer.initialize(repeating: value, count: rows)
    truths.append(buffer)
    return buffer
  }

  // MARK: Numbers

  /// Numbers made one by one from others; missing stays missing.
  func map(_ source: Numbers, _ change: @escaping (Int32) -> Int32) -> Numbers {
    let result = makeNumbers()
    steps.append { count in
      for row in 0..<count { result[row] = source[row] == Self.missing ? Self.missing : change(source[row]) }
    }
    return result
  }

  func combine(_ a: Numbers, _ b: Numbers, _ change: @escaping (Int32, Int32) -> Int32) -> Numbers {
    let result = makeNumbers()
    steps.append { count in
      for row in 0..<count {
        result[row] = a[row] == Self.missing || b[row] == Self.missing ? Self.missing : change(a[row], b[row])
      }
    }
    return result
  }

  /// The numbers where a truth is yes, missing elsewhere.
  func keep(_ source: Numbers, where truth: Truths) -> Numbers {
    let result = makeNumbers()
    steps.append { count in
      for row in 0..<count { result[row] = truth[row] == 1 ? source[row] : Self.missing }
    }
    return result
  }

  /// Days as months or years, months as years.
  func atPrecision(_ source: Numbers, _ kind: ScreenKind, _ precision: Int) -> Numbers {
    guard let own = kind.precision, own > precision else { return source }
    let name = "\(UInt(bitPattern: source)) \(precision)"
    if let made = coarser[name] { return made }
    let made: Numbers
    switch (own, precision) {
    case (2, 1): made = map(source) { CalendarDate(daysSinceEpoch: $0).month.index }
    case (2, _): made = map(source) { Int32(CalendarDate(daysSinceEpoch: $0).year) }
    default: made = map(source) { Int32(CalendarMonth(index: $0).year) }
    }
    coarser[name] = made
    return made
  }

  // MARK: Truths

  func compare(_ a: Numbers, _ comparison: Comparison, _ b: Numbers) -> Truths {
    let result = makeTruths()
    func step(_ holds: @escaping (Int32, Int32) -> Bool) {
      steps.append { count in
        for row in 0..<count {
          let (left, right) = (a[row], b[row])
          result[row] = left == Self.missing || right == Self.missing ? 2 : holds(left, right) ? 1 : 0
        }
      }
    }
    switch comparison {
    case .equal: step { $0 == $1 }
    case .unequal: step { $0 != $1 }
    case .less: step { $0 < $1 }
    case .lessOrEqual: step { $0 <= $1 }
    case .greater: step { $0 > $1 }
    case .greaterOrEqual: step { $0 >= $1 }
    }
    return result
  }

  func isMissing(_ source: Numbers) -> Truths {
    let result = makeTruths()
    steps.append { count in for row in 0..<count { result[row] = source[row] == Self.missing ? 1 : 0 } }
    return result
  }

  /// Yes where the truth is this one.
  func equals(_ source: Truths, _ truth: UInt8) -> Truths {
    let result = makeTruths()
    steps.append { count in for row in 0..<count { result[row] = source[row] == truth ? 1 : 0 } }
    return result
  }

  func not(_ source: Truths) -> Truths {
    let result = makeTruths()
    steps.append { count in for row in 0..<count { result[row] = source[row] == 2 ? 2 : 1 - source[row] } }
    return result
  }

  func all(_ parts: [Truths]) -> Truths {
    fold(parts, 1) { $0 == 0 || $1 == 0 ? 0 : $0 == 2 || $1 == 2 ? 2 : 1 }
  }

  func any(_ parts: [Truths]) -> Truths {
    fold(parts, 0) { $0 == 1 || $1 == 1 ? 1 : $0 == 2 || $1 == 2 ? 2 : 0 }
  }

  private func fold(_ parts: [Truths], _ start: UInt8, _ join: @escaping (UInt8, UInt8) -> UInt8) -> Truths {
    guard let first = parts.first else { return makeTruths(start) }
    var result = first
    for part in parts.dropFirst() {
      let (left, joined) = (result, makeTruths())
      steps.append { count in for row in 0..<count { joined[row] = join(left[row], part[row]) } }
      result = joined
    }
    return result
  }

  /// Marks rows.
  func mark(_ rows: Truths, where truth: Truths) {
    steps.append { count in for row in 0..<count where truth[row] == 1 { rows[row] = 1 } }
  }
}
