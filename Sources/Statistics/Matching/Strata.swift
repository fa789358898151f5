import NumericalMethods

/// Groups of units that agree on several variables.
struct Strata: Sendable {
  /// n numbers from 0, in order of first appearance.
  let codes: [Int32]
  let count: Int

  /// One variable as numbers from 0, and how many there can be.
  struct Column: Sendable {
    var codes: [Int32]
    var count: Int
  }

  init(codes: [Int32], count: Int) {
    self.codes = codes
    self.count = count
  }

  /// Units agree when they agree on every column.
  init(_ columns: [Column], rows: Int) {
    guard let first = columns.first else {
      self.init(codes: [Int32](repeating: 0, count: rows), count: 1)
      return
    }
    var keys = first
    for column in columns.dropFirst() {
      let size = keys.count.multipliedReportingOverflow(by: column.count)
      if size.overflow || size.partialValue > 1 << 22 {
        keys = Self.joined(keys, column)
        continue
      }
      let factor = Int32(column.count)
      keys.codes.withUnsafeMutableBufferPointer { keys in
        column.codes.withUnsafeBufferPointer { codes in
          for i in 0..<keys.count { keys[i] = keys[i] * factor + codes[i] }
        }
      }
      keys.count = size.partialValue
    }
    let dense = Self.numbered(keys)
    self.init(codes: dense.codes, count: dense.count)
  }

  /// The pairs of two columns, numbered densely.
  private static func joined(_ a: Column, _ b: Column) -> Column {
    let a = numbered(a)
    let product = a.count.multipliedReportingOverflow(by: b.count)
    if !product.overflow, product.partialValue <= 1 << 22 {
      return Column(codes: zip(a.codes, b.codes).map { $0 * Int32(b.count) + $1 }, count: product.partialValue)
    }
    return hashed(zip(a.codes, b.codes).map { UInt64(UInt32(bitPattern: $0)) << 32 | UInt64(UInt32(bitPattern: $1)) })
  }

  /// Numbers codes in order of first appearance.
  private static func numbered(_ column: Column) -> Column {
    guard column.count <= 1 << 22 else { return hashed(column.codes.map { UInt64(UInt32(bitPattern: $0)) }) }
    var number = [Int32](repeating: -1, count: column.count)
    var count: Int32 = 0
    var codes = column.codes
    codes.withUnsafeMutableBufferPointer { codes in
      number.withUnsafeMutableBufferPointer { number in
        for i in 0..<codes.count {
          let code = Int(codes[i])
          if number[code] < 0 {
            number[code] = count
            count += 1
          }
          codes[i] = number[code]
        }
      }
    }
    return Column(codes: codes, count: Int(count))
  }

  /// Numbers any keys in order of first appearance, by open addressing.
  static func hashed(_ keys: [UInt64]) -> Column {
    var capacity = 1 << 10
    var count = 0
    var table = [Int32](repeating: -1, count: capacity)
    var distinct: [UInt64] = []
    func place(_ key: UInt64, _ mask: Int) -> Int {
      Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    }
    var codes = [Int32](repeating: 0, count: keys.count)
    for i in keys.indices {
      var slot = place(keys[i], capacity - 1)
      while table[slot] >= 0, distinct[Int(table[slot])] != keys[i] { slot = (slot + 1) & (capacity - 1) }
      if table[slot] < 0 {
        table[slot] = Int32(count)
        distinct.append(keys[i])
        count += 1
        if 2 * count > capacity {
          codes[i] = Int32(count - 1)
          capacity *= 4
          table = [Int32](repeating: -1, count: capacity)
          for (number, key) in distinct.enumerated() {
            var slot = place(key, capacity - 1)
            while table[slot] >= 0 { slot = (slot + 1) & (capacity - 1) }
            table[slot] = Int32(number)
          }
          continue
        }
      }
      codes[i] = table[slot]
    }
    return Column(codes: codes, count: count)
  }

  /// The units of each stratum, in the order of the file.
  var members: (starts: [Int], units: [Int32]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for code in codes where code >= 0 { starts[Int(code) + 1] += 1 }
    for s in 0..<count { starts[s + 1] += starts[s] }
    var next = starts
    var units = [Int32](repeating: 0, count: starts[count])
    for i in codes.indices where codes[i] >= 0 {
      units[next[Int(codes[i])]] = Int32(i)
      next[Int(codes[i])] += 1
    }
    return (starts, units)
  }
}

extension ModelMatrix.Term {
  /// The variable's values as numbers from 0, for agreeing exactly.
  func exactColumn() -> Strata.Column {
    switch self {
    case .factor(_, let codes, let levels, _): return Strata.Column(codes: codes, count: levels.count)
    case .numeric(_, let values), .spline(_, let values, _):
      // Adding zero turns −0 into 0.
      return Strata.hashed(values.map { ($0 + 0).bitPattern })
    case .intercept: return Strata.Column(codes: [], count: 1)
    case .product(let a, let b):
      let a = a.exactColumn()
      let b = b.exactColumn()
      return Strata.hashed(zip(a.codes, b.codes).map { UInt64(UInt32(bitPattern: $0)) << 32 | UInt64($1) })
    }
  }
}

extension MatchingUnits {
  /// Units that agree on the variables named; nil when none is named.
  func strata(agreeingOn names: [String], for setting: String) throws(StatisticsError) -> Strata? {
    guard !names.isEmpty else { return nil }
    var columns: [Strata.Column] = []
    for name in names { columns.append(try covariate(name, for: setting).exactColumn()) }
    return Strata(columns, rows: count)
  }
}
