import DataModels
import Foundation
import Primitives
import TableFiles

extension Reviewer {
  /// Numbers far from the others of their column, and days on which too much falls.
  mutating func checkColumns() {
    for r in model.records.indices {
      let own = batches.indices.filter { batches[$0].record == r }
      if own.isEmpty { continue }
      for f in model.records[r].fields.indices {
        var cells: [Cell] = []
        for b in own where batches[b].positions[f] != nil {
          for row in 0..<batches[b].rowCount where !batches[b].isRepeated[row] {
            let value = batches[b].value(row, f)
            if !value.isMissing { cells.append(Cell(batch: b, row: row, value: value)) }
          }
        }
        switch model.records[r].fields[f].type {
        case .integer, .number: checkOutliers(cells, f)
        case .date: checkHeaping(cells, f)
        default: break
        }
      }
    }
  }

  private struct Cell {
    let batch: Int
    let row: Int
    let value: Value

    var number: Double {
      switch value {
      case .integer(let integer): Double(integer)
      case .number(let number): number
      default: 0
      }
    }
  }

  /// The modified z-score 0.6745 (x − median) / MAD above 6, on the scale of the values, and, where all are above zero,
  /// also on the scale of their logarithms, so that a long tail of wages is no row of outliers.
  ///
  /// Needs thirty values, and half of them apart from the median. Iglewicz and Hoaglin (1993), “How to Detect and Handle
  /// Outliers”, ASQC, take 3.5; 6 is for cells that somebody has to look at one by one.
  private mutating func checkOutliers(_ cells: [Cell], _ f: Int) {
    guard cells.count >= 30 else { return }
    let numbers = cells.map(\.number)
    guard let plain = Spread(numbers) else { return }
    let logarithmic = numbers.allSatisfy { $0 > 0 } ? Spread(numbers.map { log($0) }) : nil
    for (cell, number) in zip(cells, numbers) where plain.score(number) > 6 {
      if let logarithmic, logarithmic.score(log(number)) <= 6 { continue }
      let record = model.records[batches[cell.batch].record]
      let (english, dutch) = (record.fields[f].label.english, record.fields[f].label[.dutch])
      add(
        .outlier, .confirm, cell.batch, cell.row, f, rule: "\(record.id).\(record.fields[f].id).outlier",
        LocalizedText(
          "“\(english)” is far from the other \(cells.count - 1) values of this column; half of them lie between \(plain.middle(.english)).",
          nl:
            "“\(dutch)” ligt ver van de andere \(cells.count - 1) waarden van deze kolom; de helft ligt tussen \(plain.middle(.dutch))."
        ), FindingCode.outlier.explanation.text)
    }
  }

  /// One day with three tenths of at least thirty dates that lie on ten days or more.
  private mutating func checkHeaping(_ cells: [Cell], _ f: Int) {
    guard cells.count >= 30, let first = cells.first else { return }
    let days = Dictionary(grouping: cells) { $0.value }
    guard days.count >= 10,
      let most = days.max(by: { ($0.value.count, $1.key.canonicalText) < ($1.value.count, $0.key.canonicalText) }),
      most.value.count * 10 >= cells.count * 3
    else { return }
    let record = model.records[batches[first.batch].record]
    let label = record.fields[f].label
    var place = finding(
      .heaping, .notice, first.batch, first.row, f, rule: "", LocalizedText(""), nil
    ).place
    place.row = nil
    findings.append(
      Finding(
        code: .heaping, severity: .notice, place: place, record: record.id, field: record.fields[f].id,
        rule: "\(record.id).\(record.fields[f].id).heaping",
        message: LocalizedText(
          "\(most.value.count) of \(cells.count) rows have the same day, \(most.key.canonicalText), as “\(label.english)”.",
          nl:
            "\(most.value.count) van \(cells.count) rijen hebben dezelfde dag, \(most.key.canonicalText), als “\(label[.dutch])”."
        ), fix: FindingCode.heaping.explanation.text, count: most.value.count))
  }
}

/// The median of numbers and the median of their distances from it.
private struct Spread {
  private let center: Double
  private let distance: Double
  private let quartiles: (lower: Double, upper: Double)

  /// Nil when half of the numbers or more are equal: there is no spread to measure by.
  init?(_ numbers: [Double]) {
    let sorted = numbers.sorted()
    center = Self.median(sorted)
    quartiles = (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
    let center = center
    distance = Self.median(numbers.map { abs($0 - center) }.sorted())
    if distance == 0 { return nil }
  }

  private static func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  func score(_ number: Double) -> Double { 0.6745 * abs(number - center) / distance }

  func middle(_ language: Language) -> String {
    "\(Value.number(quartiles.lower).canonicalText) \(language == .dutch ? "en" : "and") \(Value.number(quartiles.upper).canonicalText)"
  }
}
