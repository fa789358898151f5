import DisclosureControl
import Foundation
import Primitives

/// A dataset as JSON-stat 2.0 (json-stat.org): `value` is null where nothing is printed, and `status` says why.
///
/// `c` protected, `n` not applicable, `m` not collected, `l` too late.
public struct JSONStat: Sendable {
  public var dataset: AggregateDataset
  public var source: String
  /// The day on which the contents were as they are.
  public var updated: CalendarDate
  /// What else is to be told, in both name and text; under `extension`.
  public var notes: [String: String]

  public init(_ dataset: AggregateDataset, source: String, updated: CalendarDate, notes: [String: String] = [:]) {
    self.dataset = dataset
    self.source = source
    self.updated = updated
    self.notes = notes
  }

  /// The bytes of the file; the same dataset gives the same.
  public var data: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(Document(self)) else { preconditionFailure("a dataset is plain JSON") }
    return json + Data("\n".utf8)
  }

  static func status(_ absence: Absence) -> String {
    switch absence {
    case .protected: "c"
    case .notApplicable: "n"
    case .notCollected: "m"
    case .tooLate: "l"
    }
  }

  private struct Document: Encodable {
    struct Category: Encodable {
      let index: [String]
      let label: [String: String]
    }
    struct Dimension: Encodable {
      let label: String
      let category: Category
    }

    let version = "2.0"
    let `class` = "dataset"
    let label: String
    let source: String
    let updated: String
    let id: [String]
    let size: [Int]
    let role: [String: [String]]?
    let dimension: [String: Dimension]
    let value: [Double?]
    let status: [String: String]?
    let `extension`: [String: String]?

    init(_ file: JSONStat) {
      let dataset = file.dataset
      label = dataset.label
      source = file.source
      updated = file.updated.iso
      id = dataset.dimensions.map(\.id)
      size = dataset.dimensions.map(\.categories.count)
      let time = dataset.dimensions.filter(\.isTime).map(\.id)
      role = time.isEmpty ? nil : ["time": time]
      dimension = Dictionary(
        uniqueKeysWithValues: dataset.dimensions.map { dimension in
          let labels = dimension.categories.map { ($0.id, $0.label) }
          return (
            dimension.id,
            Dimension(
              label: dimension.label,
              category: Category(
                index: dimension.categories.map(\.id), label: Dictionary(uniqueKeysWithValues: labels)))
          )
        })
      value = dataset.values.map(\.number)
      var reasons: [String: String] = [:]
      for (place, value) in dataset.values.enumerated() {
        if let absence = value.absence { reasons[String(place)] = JSONStat.status(absence) }
      }
      status = reasons.isEmpty ? nil : reasons
      `extension` = file.notes.isEmpty ? nil : file.notes
    }
  }
}
