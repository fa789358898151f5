import DataModels
import Primitives

/// All rows of a return by person, with what the register already holds about these people behind them.
///
/// A row handle is a place in the list of a record: first the return's rows, ordered by person, then the known ones.
struct ReturnPeople {
  /// Where a row of a person comes from.
  struct Source {
    /// -1 for a row the register holds.
    let batch: Int32
    let row: Int32
  }

  let numbers: [String]
  private(set) var index: [String: Int] = [:]
  /// By record: the rows ordered by person, and where each person's begin.
  private(set) var sources: [[Source]]
  private(set) var starts: [[Int32]]
  private let batches: [RecordBatch]
  private let known: KnownRecords
  private let fieldCounts: [Int]

  init(model: DataModel, batches: [RecordBatch], known: KnownRecords) {
    self.batches = batches
    self.known = known
    fieldCounts = model.records.map(\.fields.count)
    let personPlaces = model.records.map { $0.index(of: model.personField)! }
    var numbers: [String] = []
    var index: [String: Int] = [:]
    func person(_ number: String) -> Int {
      if let place = index[number] { return place }
      index[number] = numbers.count
      numbers.append(number)
      return numbers.count - 1
    }
    var rows: [[(person: Int, source: Source)]] = Array(repeating: [], count: model.records.count)
    var present: Set<RowKey> = []
    for (b, batch) in batches.enumerated() {
      let record = model.records[batch.record]
      for row in 0..<batch.rowCount {
        let number = batch.value(row, personPlaces[batch.record])
        if number.isMissing || batch.isRepeated[row] { continue }
        rows[batch.record].append((person(number.canonicalText), Source(batch: Int32(b), row: Int32(row))))
        if known.rows[batch.record] != nil {
          present.insert(RowKey(record: batch.record, key: record.keyIndices.map { batch.value(row, $0) }))
        }
      }
    }
    for (r, stored) in known.rows {
      let width = fieldCounts[r]
      for row in 0..<(stored.values.count / width) {
        let number = stored.values[row * width + personPlaces[r]].canonicalText
        guard let place = index[number] else { continue }
        let key = RowKey(record: r, key: model.records[r].keyIndices.map { stored.values[row * width + $0] })
        if !present.contains(key) { rows[r].append((place, Source(batch: -1, row: Int32(row)))) }
      }
    }
    self.numbers = numbers
    self.index = index
    sources = []
    starts = []
    for list in rows {
      var counts = [Int32](repeating: 0, count: numbers.count + 1)
      for row in list { counts[row.person + 1] += 1 }
      for place in 0..<numbers.count { counts[place + 1] += counts[place] }
      var next = counts
      var ordered = [Source](repeating: Source(batch: -1, row: -1), count: list.count)
      for row in list {
        ordered[Int(next[row.person])] = row.source
        next[row.person] += 1
      }
      sources.append(ordered)
      starts.append(counts)
    }
  }

  private struct RowKey: Hashable {
    let record: Int
    let key: [Value]
  }

  func person(_ index: Int, withKnown: Bool = true) -> ReturnPerson {
    ReturnPerson(people: self, index: index, withKnown: withKnown)
  }

  func value(record: Int, handle: Int, field: Int) -> Value {
    let source = sources[record][handle]
    if source.batch >= 0 { return batches[Int(source.batch)].value(Int(source.row), field) }
    return known.rows[record]!.values[Int(source.row) * fieldCounts[record] + field]
  }
}

/// One person of a return, as conditions see them.
struct ReturnPerson: PersonRecords {
  let people: ReturnPeople
  let index: Int
  /// Whether rows that only the register holds are seen.
  let withKnown: Bool

  func rows(ofRecord record: Int) -> Range<Int> {
    let starts = people.starts[record]
    let range = Int(starts[index])..<Int(starts[index + 1])
    guard !withKnown else { return range }
    // Known rows stand behind the return's own.
    let end = range.firstIndex { people.sources[record][$0].batch < 0 } ?? range.upperBound
    return range.lowerBound..<end
  }

  func value(record: Int, row: Int, field: Int) -> Value { people.value(record: record, handle: row, field: field) }
}
