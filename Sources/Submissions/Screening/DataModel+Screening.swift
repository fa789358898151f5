import DataModels
import Primitives
import TableFiles

extension DataModel {
  /// Reviews a large CSV file with a row for each person, without a register to ask, and without keeping its cells.
  ///
  /// The findings are those of ``DataModels/DataModel/review(_:known:on:progress:)`` on the whole file, in the same
  /// order: rows of which it would say nothing are only counted, all others are handed to it. The review holds the other
  /// rows only, so nothing can be accepted from it.
  ///
  /// - Parameter pieceLength: the bytes that a thread reads at a time; it does not change the outcome.
  /// - Returns: nil for a file or model that has to be reviewed plainly.
  /// - Throws: what the reading of the other rows throws, when they are too many.
  public func screenedReview(
    of text: DelimitedText, on occasion: ReviewOccasion = ReviewOccasion(), pieceLength: Int = 4 << 20,
    progress: ProgressHandler? = nil
  ) throws(TableFileError) -> Review? {
    guard let screen = ReturnScreen(model: self, headers: text.headers, file: text.file.name, on: occasion),
      let pieces = text.read(pieceLength: pieceLength, { ScreenReader(screen)! })
    else { return nil }
    var chosen = ChosenRows(pieces)
    var sheet = try text.sheet(of: chosen.places(in: pieces))
    if chosen.addRepeated(in: pieces, screen: screen, sheet: sheet) {
      sheet = try text.sheet(of: chosen.places(in: pieces))
    }
    let review = review([sheet], on: occasion, progress: progress)
    return review.adding(chosen.counts(in: pieces, groups: screen.layout.groups.map(\.record)))
  }
}

/// The rows that are read plainly.
private struct ChosenRows {
  typealias Pieces = [DelimitedText.Piece<ReturnScreen.Piece>]
  private var isChosen: [[Bool]]

  /// The rows in doubt, the first twelve, in which a reviewer looks for marks of its own, and the last, after which
  /// blank rows mean nothing.
  init(_ pieces: Pieces) {
    isChosen = pieces.map { piece in
      var chosen = [Bool](repeating: false, count: piece.recordCount)
      for row in piece.content.doubtful { chosen[Int(row)] = true }
      return chosen
    }
    var first = 12
    for piece in isChosen.indices {
      for row in isChosen[piece].indices.prefix(first) { isChosen[piece][row] = true }
      first -= min(first, isChosen[piece].count)
    }
    for piece in isChosen.indices.reversed() where !isChosen[piece].isEmpty {
      if let filled = pieces[piece].content.groups.lastIndex(where: { $0 != 0 }) {
        isChosen[piece][filled] = true
        break
      }
    }
  }

  func places(in pieces: Pieces) -> [RecordPlace] {
    zip(pieces, isChosen).flatMap { piece, chosen in
      chosen.indices.filter { chosen[$0] }.map { piece.place(of: $0) }
    }
  }

  /// Chooses all rows whose person, or value that must be unique, occurs twice.
  ///
  /// - Parameter sheet: the rows chosen before, for values that are written in a way the screen does not read.
  mutating func addRepeated(in pieces: Pieces, screen: ReturnScreen, sheet: RawSheet) -> Bool {
    let unique = screen.places.filter { screen.model.records[$0.record].fields[$0.field].unique != nil }
    let columns = [personPlace(screen)] + unique
    var isMore = false
    for (place, column) in columns.enumerated() {
      var hashes = pieces.map { $0.content.hashes[place] }
      addUnread(to: &hashes, column, pieces, screen, sheet)
      let total = hashes.reduce(0) { $0 + $1.count }
      var table = HashTable(for: total)
      var repeated: Set<UInt64> = []
      for piece in hashes {
        for hash in piece where hash != 0 && !table.insert(hash) { repeated.insert(hash) }
      }
      if repeated.isEmpty { continue }
      for (index, piece) in hashes.enumerated() {
        for (row, hash) in piece.enumerated() where hash != 0 && !isChosen[index][row] && repeated.contains(hash) {
          isChosen[index][row] = true
          isMore = true
        }
      }
    }
    return isMore
  }

  private func personPlace(_ screen: ReturnScreen) -> (record: Int, field: Int, position: Int) {
    let person = screen.model.index(ofRecord: screen.model.person.id)!
    return (person, screen.model.records[person].index(of: screen.model.personField)!, screen.personPosition)
  }

  /// The hashes of values that only the plain reader understands.
  private func addUnread(
    to hashes: inout [[UInt64]], _ column: (record: Int, field: Int, position: Int), _ pieces: Pieces,
    _ screen: ReturnScreen, _ sheet: RawSheet
  ) {
    let record = screen.model.records[column.record]
    let reader = CellReader(
      field: record.fields[column.field], isKey: record.keyIndices.contains(column.field), modelName: screen.model.id,
      codeList: nil, dateOrder: nil, decimalMarks: .both)
    let rows = Dictionary(uniqueKeysWithValues: sheet.rows.enumerated().map { ($1.number, $0) })
    for index in pieces.indices {
      for row in isChosen[index].indices where isChosen[index][row] && hashes[index][row] == 0 {
        guard let place = rows[pieces[index].firstRecord + row + 1],
          case .value(let value) = reader.read(sheet.rows[place].cells[column.position]), !value.isMissing
        else { continue }
        hashes[index][row] = CellText.hash(of: value.canonicalText)
      }
    }
  }

  /// For each record, the rows that passed; and the rows of the file that did.
  func counts(in pieces: Pieces, groups: [Int]) -> (rows: Int, records: [Int: Int]) {
    var counts = [Int](repeating: 0, count: groups.count)
    var rows = 0
    for (piece, chosen) in zip(pieces, isChosen) {
      for (row, bits) in piece.content.groups.enumerated() where !chosen[row] {
        rows += 1
        for place in groups.indices { counts[place] += Int(bits >> UInt32(place) & 1) }
      }
    }
    return (rows, Dictionary(uniqueKeysWithValues: zip(groups, counts)))
  }
}

/// A set of numbers other than 0 that are random already.
private struct HashTable {
  private var slots: [UInt64]
  private let mask: Int

  init(for count: Int) {
    var size = 1024
    while size < count + count / 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    mask = size - 1
  }

  /// Whether it was not there yet.
  mutating func insert(_ hash: UInt64) -> Bool {
    slots.withUnsafeMutableBufferPointer { slots in
      var slot = Int(truncatingIfNeeded: hash >> 20) & mask
      while slots[slot] != 0 {
        if slots[slot] == hash { return false }
        slot = (slot + 1) & mask
      }
      slots[slot] = hash
      return true
    }
  }
}

extension Review {
  /// With rows that were accepted without a word.
  fileprivate func adding(_ passed: (rows: Int, records: [Int: Int])) -> Review {
    var records = summary.records
    for (record, count) in passed.records {
      let id = model.records[record].id
      guard let place = records.firstIndex(where: { $0.record == id }) else { continue }
      records[place].accepted += count
      records[place].rows += count
    }
    let readings = layouts.map {
      SheetReading(file: $0.file, sheet: $0.sheet, kind: $0.kind, records: $0.records, rows: $0.rows + passed.rows)
    }
    return Review(
      model: model, findings: findings, layouts: readings, summary: ReviewSummary(records: records),
      outcomes: outcomes, batches: batches, sheets: sheets)
  }
}
