import DataModels
import Primitives
import TableFiles

/// Says of the rows of a wide return which cannot have a finding, so that only the others need be read cell by cell.
///
/// It knows no finding. A row that it lets pass is one of which the plain review would say nothing: every cell can be
/// read, every needed cell is there, no rule of the model fails or waits. What it cannot judge is no row to let pass; a
/// model or layout that it cannot judge at all is not screened.
struct ReturnScreen: Sendable {
  let model: DataModel
  let layout: SheetLayout
  let receivedOn: CalendarDate?
  /// The place of the person's number among the cells of a row.
  let personPosition: Int
  /// The columns that are read, the person's number excepted.
  let places: [(record: Int, field: Int, position: Int)]

  /// - Returns: nil for what has to be reviewed plainly: rows that are not one person each, columns outside the model,
  ///   checks that compare a cell with its whole column.
  init?(model: DataModel, headers: [RawHeader], file: String, on occasion: ReviewOccasion) {
    self.model = model
    receivedOn = occasion.receivedOn
    let markers = AddedContent.columns.union([AddedContent.findingsMarker, AddedContent.listsMarker])
    guard !headers.contains(where: { markers.contains($0.name) }), !model.checks.comparesWithColumn,
      model.checks.born == nil, model.outcomes.isEmpty
    else { return nil }
    let sheet = RawSheet(file: file, headers: headers, rows: [])
    layout = LayoutReader(model: model, period: occasion.period).layout(of: sheet).0
    let person = model.index(ofRecord: model.person.id)!
    guard layout.kind == .wide, Set(layout.groups.map(\.record)).count == layout.groups.count,
      layout.groups.contains(where: { $0.record == person })
    else { return nil }
    var found: [(record: Int, field: Int, position: Int)] = []
    var personPosition: Int?
    for group in layout.groups {
      let record = model.records[group.record]
      let number = record.index(of: model.personField)!
      if case .spell = record.nature { return nil }
      guard record.keyIndices.contains(number), group.record != person || record.keyIndices == [number] else {
        return nil
      }
      for (f, field) in record.fields.indices.map({ ($0, record.fields[$0]) }) {
        guard let position = group.positions[f] else {
          if field.isRequired(in: occasion.period) { return nil }
          continue
        }
        if f == number {
          guard field.type == .text, field.format == nil, field.maximumLength == nil, field.range == nil else {
            return nil
          }
          personPosition = position
        } else {
          found.append((group.record, f, position))
        }
      }
    }
    for rule in model.rules {
      switch rule.requirement {
      case .hold: continue
      case .atMost(let most): if most < 1 { return nil }
      case .noOverlap: continue
      }
    }
    guard let personPosition, found.count + 1 == headers.count, layout.groups.count <= 32 else { return nil }
    self.personPosition = personPosition
    places = found
    // What cannot be computed is known before anything is read.
    guard ScreenReader(self) != nil else { return nil }
  }

  /// What is needed of a piece of the file, row by row.
  struct Piece: Sendable {
    /// The rows that have to be read plainly.
    var doubtful: [Int32] = []
    /// The person's number and each value that must be unique, as a hash; 0 for none and for one that is not known yet.
    var hashes: [[UInt64]]
    /// The groups of the layout that a row has, as bits.
    var groups: [UInt32] = []
  }
}

/// Reads the blocks of one thread.
final class ScreenReader: RecordBlockReader {
  private let screen: ReturnScreen
  private let program: ScreenProgram
  private var columns: [ScreenColumn]
  /// For each column, the place of its group.
  private let groups: [Int]
  private let filled: [ScreenProgram.Truths]
  private let doubtful: ScreenProgram.Truths
  private let uniques: [Int]
  private let texts: [Int]
  private let names: [Int]
  private var piece: ReturnScreen.Piece

  init?(_ screen: ReturnScreen) {
    self.screen = screen
    let model = screen.model
    let program = ScreenProgram(rows: RecordBlock.capacity)
    self.program = program
    let doubtful = program.makeTruths()
    self.doubtful = doubtful
    filled = screen.layout.groups.map { _ in program.makeTruths() }
    groups = screen.places.map { place in screen.layout.groups.firstIndex { $0.record == place.record }! }
    let columns = screen.places.map {
      ScreenColumn(
        model: model, record: $0.record, field: $0.field, position: $0.position, values: program.makeNumbers(),
        receivedOn: screen.receivedOn)
    }
    self.columns = columns
    let uniques = columns.indices.filter { columns[$0].field.unique != nil }
    self.uniques = uniques
    texts = columns.indices.filter { !columns[$0].isName && columns[$0].keepsWords }
    names = columns.indices.filter { columns[$0].isName }
    piece = ReturnScreen.Piece(hashes: Array(repeating: [], count: 1 + uniques.count))
    guard uniques.allSatisfy({ columns[$0].field.type == .text }) else { return nil }
    do throws(ScreenCompiler.Unsupported) {
      try addSteps()
    } catch {
      return nil
    }
  }

  /// The steps after reading: what is needed in a record that is there, and every condition of the model.
  private func addSteps() throws(ScreenCompiler.Unsupported) {
    let model = screen.model
    var numbers: [[ScreenProgram.Numbers?]] = model.records.map { Array(repeating: nil, count: $0.fields.count) }
    var present = model.records.map { _ in program.makeTruths() }
    for (place, column) in zip(screen.places, columns) { numbers[place.record][place.field] = column.values }
    for (group, filled) in zip(screen.layout.groups, filled) { present[group.record] = filled }
    // The person's number is there in every row that passes.
    let number = program.makeNumbers(0)
    for r in model.records.indices { numbers[r][model.records[r].index(of: model.personField)!] = number }
    let compiler = ScreenCompiler(model: model, program: program, columns: numbers, present: present)
    let person = model.index(ofRecord: model.person.id)!
    for (g, group) in screen.layout.groups.enumerated() {
      let record = model.records[group.record]
      if group.record != person {
        program.mark(doubtful, where: program.all([filled[g], program.not(present[person])]))
      }
      for (f, field) in record.fields.indices.map({ ($0, record.fields[$0]) }) {
        guard group.positions[f] != nil, let values = numbers[group.record][f] else { continue }
        let isMissing = program.isMissing(values)
        if field.isRequired { program.mark(doubtful, where: program.all([filled[g], isMissing])) }
        if let range = field.range {
          let outside = try compiler.outside(range, record: group.record, field: f)
          program.mark(doubtful, where: program.all([filled[g], outside]))
        }
        if let condition = field.requiredIf {
          let holds = program.equals(try compiler.truth(condition, on: group.record), 1)
          program.mark(doubtful, where: program.all([filled[g], isMissing, holds]))
        }
        if let condition = field.blankUnless {
          let fails = program.equals(try compiler.truth(condition, on: group.record), 0)
          program.mark(doubtful, where: program.all([filled[g], program.not(isMissing), fails]))
        }
      }
    }
    for rule in model.rules {
      guard case .hold(let condition) = rule.requirement, let r = model.index(ofRecord: rule.record),
        screen.layout.groups.contains(where: { $0.record == r })
      else { continue }
      var concerned = [present[r]]
      if let filter = rule.filter { concerned.append(program.equals(try compiler.truth(filter, on: r), 1)) }
      let truth = try compiler.truth(condition, on: r)
      var fails = program.equals(truth, 0)
      if rule.whenAbsent != .ignore {
        let waits = program.equals(try compiler.waits(condition, on: r), 1)
        fails = program.any([fails, program.all([program.equals(truth, 2), waits])])
      }
      program.mark(doubtful, where: program.all(concerned + [fails]))
    }
  }

  // MARK: Blocks

  func begin() { piece = ReturnScreen.Piece(hashes: Array(repeating: [], count: 1 + uniques.count)) }

  func finish() -> ReturnScreen.Piece { piece }

  func take(_ block: RecordBlock) {
    let count = block.count
    let stride = RecordBlock.stride
    for row in 0..<count {
      doubtful[row] = block.isRegular[row] ? 0 : 1
      if !block.isRegular[row] {
        for column in 0..<block.width { block.cells[column * stride + row] = 0 }
      }
    }
    for truths in filled { truths.update(repeating: 0, count: count) }
    takePerson(block)
    for index in columns.indices {
      columns[index].read(block, filled: filled[groups[index]], doubtful: doubtful)
    }
    program.run(count)
    if !names.isEmpty { markNames(block) }
    for (place, index) in uniques.enumerated() { takeHashes(block, columns[index].position, into: 1 + place) }
    let first = piece.groups.count
    for row in 0..<count {
      var bits: UInt32 = 0
      for (place, truths) in filled.enumerated() { bits |= UInt32(truths[row]) << UInt32(place) }
      piece.groups.append(bits)
      if doubtful[row] == 1 { piece.doubtful.append(Int32(first + row)) }
    }
  }

  private func takePerson(_ block: RecordBlock) {
    let cells = block.cells + screen.personPosition * RecordBlock.stride
    for row in 0..<block.count {
      let text = Self.text(block, cells[row])
      if text.count == 0 || !ScreenColumn.isFine(text, nil) { doubtful[row] = 1 }
    }
    takeHashes(block, screen.personPosition, into: 0)
  }

  private func takeHashes(_ block: RecordBlock, _ position: Int, into place: Int) {
    let cells = block.cells + position * RecordBlock.stride
    for row in 0..<block.count {
      let text = Self.text(block, cells[row])
      if text.count > 0, !text.isPlain { doubtful[row] = 1 }
      piece.hashes[place].append(text.isPlain ? text.hash : 0)
    }
  }

  @inline(__always)
  private static func text(_ block: RecordBlock, _ cell: UInt64) -> CellText {
    let (start, end) = (Int(cell >> 32), Int(cell & 0xFFFF_FFFF))
    return CellText(start: block.base + start, count: end - start)
  }

  /// Marks rows in which a part of the person's name is a word of a text.
  private func markNames(_ block: RecordBlock) {
    for row in 0..<block.count {
      var bits: UInt64 = 0
      var isUnkept = false
      for index in names {
        let value = columns[index].values[row]
        if value == ScreenColumn.unkept { isUnkept = true }
        if value >= 0, value != ScreenColumn.unkept { bits |= columns[index].bits[Int(value)] }
      }
      if isUnkept {
        if hasName(block, row) { doubtful[row] = 1 }
        continue
      }
      if bits == 0 { continue }
      for index in texts {
        let value = columns[index].values[row]
        if value < 0 { continue }
        if value == ScreenColumn.unkept {
          if hasName(block, row) { doubtful[row] = 1 }
          break
        }
        if columns[index].bits[Int(value)] & bits == 0 { continue }
        let words = columns[index].words[Int(value)]
        let isSame = names.contains { name in
          let own = columns[name].values[row]
          return own >= 0 && columns[name].words[Int(own)].contains(where: words.contains)
        }
        if isSame {
          doubtful[row] = 1
          break
        }
      }
    }
  }

  /// The same, word by word, where there are more texts than are kept.
  private func hasName(_ block: RecordBlock, _ row: Int) -> Bool {
    func string(_ index: Int) -> String {
      Self.text(block, block.cells[columns[index].position * RecordBlock.stride + row]).string.trimmingWhitespace
    }
    let scan = NameScan(names.map(string))
    return !scan.isEmpty && texts.contains { scan.stands(in: string($0)) }
  }
}
