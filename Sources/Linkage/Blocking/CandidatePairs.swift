/// Which pairs of records are compared at all: those that agree on something.
///
/// All pairs of 50,000 records would be more than a thousand million. Each pass puts records with the same key in one
/// block; pairs within a block are candidates, and the passes complement each other: what hides a pair from one does not
/// hide it from all.
///
/// Passes, for the fields that there are: both names, in either order · a name and the year of birth · a name and the day
/// and month · the date, its day and month in either order · the year and every code, where there are no names · an
/// identifier. Names count by their key (``nameKey(_:)``).
struct CandidatePairs {
  /// Pairs, each once, as `first << 32 | second` with first < second, ascending.
  private(set) var pairs: [UInt64] = []
  /// Blocks that were left out because they have too many records, and their records.
  private(set) var largeBlocks = 0
  private(set) var recordsInLargeBlocks = 0

  init(_ records: PreparedRecords, largestBlock: Int) {
    for pass in Self.passes(records) {
      var entries: [(key: UInt64, record: UInt32)] = []
      for record in 0..<records.count {
        for key in pass(record) { entries.append((key, UInt32(record))) }
      }
      entries.sort { ($0.key, $0.record) < ($1.key, $1.record) }
      var start = 0
      while start < entries.count {
        var end = start + 1
        while end < entries.count, entries[end].key == entries[start].key { end += 1 }
        if end - start > largestBlock {
          largeBlocks += 1
          recordsInLargeBlocks += end - start
        } else {
          for left in start..<end {
            for right in left + 1..<max(end, left + 1) where entries[left].record != entries[right].record {
              pairs.append(UInt64(entries[left].record) << 32 | UInt64(entries[right].record))
            }
          }
        }
        start = end
      }
      Self.makeUnique(&pairs)
    }
  }

  private static func makeUnique(_ pairs: inout [UInt64]) {
    pairs.sort()
    var last = 0
    for index in pairs.indices.dropFirst() where pairs[index] != pairs[last] {
      last += 1
      pairs[last] = pairs[index]
    }
    if !pairs.isEmpty { pairs.removeLast(pairs.count - last - 1) }
  }

  /// The keys that a record has in each pass; none where something is not known.
  private static func passes(_ records: PreparedRecords) -> [(Int) -> [UInt64]] {
    var passes: [(Int) -> [UInt64]] = []
    let names = records.columns.compactMap { column -> [Int32]? in
      guard case .names(let places) = column else { return nil }
      return places.map { $0 < 0 ? -1 : records.book.entries[Int($0)].key }
    }
    /// The keys of the names of a record that are known, without repetition.
    func keys(_ record: Int) -> [UInt64] {
      var found: [UInt64] = []
      for name in names.prefix(2) where name[record] >= 0 {
        let key = UInt64(name[record])
        if !found.contains(key) { found.append(key) }
      }
      return found
    }
    if names.count >= 2 {
      passes.append { record in
        guard names[0][record] >= 0, names[1][record] >= 0 else { return [] }
        let (a, b) = (UInt64(names[0][record]), UInt64(names[1][record]))
        return [min(a, b) << 32 | max(a, b)]
      }
    }
    for column in records.columns {
      switch column {
      case .dates(let values):
        passes.append { values[$0] < 0 ? [] : [Self.eitherOrder(Int(values[$0]))] }
        if !names.isEmpty {
          passes.append { record in
            values[record] < 0 ? [] : keys(record).map { $0 << 32 | UInt64(values[record] / 10_000) }
          }
          passes.append { record in
            values[record] < 0 ? [] : keys(record).map { $0 << 32 | UInt64(values[record] % 10_000) }
          }
        }
      case .years(let values):
        if names.isEmpty {
          let codes = records.columns.compactMap { column -> [Int32]? in
            guard case .codes(let numbers) = column else { return nil }
            return numbers
          }
          passes.append { record in
            guard values[record] >= 0, !codes.contains(where: { $0[record] < 0 }) else { return [] }
            return [codes.reduce(UInt64(values[record])) { $0 &* 1_000_003 &+ UInt64($1[record]) }]
          }
        } else {
          passes.append { record in
            values[record] < 0 ? [] : keys(record).map { $0 << 32 | UInt64(values[record]) }
          }
        }
      case .identifiers(let numbers, _):
        passes.append { numbers[$0] < 0 ? [] : [UInt64(numbers[$0])] }
      case .names, .codes: continue
      }
    }
    return passes
  }

  /// A day with its month and day in ascending order.
  private static func eitherOrder(_ date: Int) -> UInt64 {
    let (month, day) = (date / 100 % 100, date % 100)
    return UInt64(date / 10_000 * 10_000 + min(month, day) * 100 + max(month, day))
  }
}
