import DisclosureControl
import Foundation
import TableFiles

/// A dataset as SDMX-CSV 2.0: a line for each value, with the columns `STRUCTURE`, `STRUCTURE_ID`, `ACTION`, the
/// dimensions, `OBS_VALUE`, `OBS_STATUS` and `CONF_STATUS`.
///
/// A value that is not printed is `NaN`, never blank: a blank cell would delete what the receiver has. Its reason stands
/// in `OBS_STATUS` (code list CL_OBS_STATUS: Q suppressed, M cannot exist, L not collected, O missing) and, when it is
/// protected, `CONF_STATUS` is C.
public struct SDMXText: Sendable {
  public var dataset: AggregateDataset
  /// Who maintains the structure.
  public var agency: String
  /// The id and version of the dataflow.
  public var dataflow: (id: String, version: String)

  public init(_ dataset: AggregateDataset, agency: String, dataflow: (id: String, version: String)) {
    self.dataset = dataset
    self.agency = agency
    self.dataflow = dataflow
  }

  /// The bytes of the file; the same dataset gives the same.
  public var data: Data {
    let headers =
      ["STRUCTURE", "STRUCTURE_ID", "ACTION"] + dataset.dimensions.map { Self.identifier($0.id).uppercased() }
      + ["OBS_VALUE", "OBS_STATUS", "CONF_STATUS"]
    let structure =
      "\(Self.identifier(agency)):\(Self.identifier(dataflow.id).uppercased())(\(Self.version(dataflow.version)))"
    let rows = zip(dataset.places, dataset.values).map { place, value in
      let codes = zip(dataset.dimensions, place).map { Self.identifier($0.categories[$1].id) }
      return ["dataflow", structure, "R"] + codes + [Self.number(value)] + Self.status(value)
    }
    return CSVWriter(escapesFormulas: true).data(headers: headers, rows: rows)
  }

  private static func number(_ value: DisclosedValue) -> String {
    guard let number = value.number else { return "NaN" }
    return number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }

  private static func status(_ value: DisclosedValue) -> [String] {
    switch value.absence {
    case nil: ["A", "F"]
    case .protected: ["Q", "C"]
    case .notApplicable: ["M", "F"]
    case .notCollected: ["L", "F"]
    case .tooLate: ["O", "F"]
    }
  }

  /// Letters, digits, hyphens and underscores, the first no hyphen, as SDMX asks of an identifier.
  static func identifier(_ text: String) -> String {
    let plain = String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
    return plain.first == "-" || plain.isEmpty ? "_" + plain : plain
  }

  /// Numbers separated by points: `2026.1` is one, `draft` is `1.0`.
  static func version(_ text: String) -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isPlain = (2...3).contains(parts.count) && parts.allSatisfy { Int($0) != nil && $0.allSatisfy(\.isNumber) }
    return isPlain ? text : "1.0"
  }
}
