import Foundation

/// What a `datapackage.json` says, version 1 or 2, as far as it helps to read its tables.
///
/// What it does not say, or says in a way that is not known, is left as a plain CSV file would be read.
struct PackageDescription {
  struct Resource {
    let name: String
    /// Inside the package; nil when the table is not in one file beside the description.
    let path: String?
    let bytes: Int?
    /// The SHA-256 of its bytes, in hexadecimal digits; nil when there is none, or another sum.
    let sha256: String?
    let delimiter: UInt8?
    /// Whether the first row holds names.
    let hasHeader: Bool
    let fields: [Field]
    let missingValues: [String]
  }

  struct Field {
    let name: String
    let title: String?
    let type: String
    let format: String
    let missingValues: [String]?
    let labels: [String: String]
    let decimalMark: String
    let groupMark: String
    let isBareNumber: Bool
    let itemDelimiter: String
  }

  let resources: [Resource]
  /// What was put before free text that looks like a formula.
  let formulaEscape: String?

  init(_ data: Data, file: String) throws(TableFileError) {
    guard let root = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any],
      let list = root["resources"] as? [[String: Any]]
    else { throw .damaged(file: file, part: DataPackage.descriptorName, line: nil, damage: .invalidDescription) }
    resources = list.enumerated().map { Resource($1, position: $0) }
    formulaEscape = (root["meedoen"] as? [String: Any])?["formulaEscape"] as? String
  }
}

extension PackageDescription.Resource {
  init(_ json: [String: Any], position: Int) {
    let paths = (json["path"] as? String).map { [$0] } ?? json["path"] as? [String] ?? []
    path = paths.count == 1 && Self.isInside(paths[0]) ? paths[0] : nil
    name = json["name"] as? String ?? paths.first ?? "\(position + 1)"
    bytes = json["bytes"] as? Int
    let sum = (json["hash"] as? String)?.lowercased() ?? ""
    sha256 = sum.hasPrefix("sha256:") ? String(sum.dropFirst("sha256:".count)) : nil
    let dialect = json["dialect"] as? [String: Any] ?? [:]
    let mark = dialect["delimiter"] as? String ?? ","
    delimiter = mark.utf8.count == 1 ? mark.utf8.first : nil
    hasHeader = dialect["header"] as? Bool ?? true
    let schema = json["schema"] as? [String: Any] ?? [:]
    fields = (schema["fields"] as? [[String: Any]] ?? []).map(PackageDescription.Field.init)
    missingValues = schema["missingValues"].flatMap(PackageDescription.values) ?? [""]
  }

  /// Neither absolute, nor outside the package, nor somewhere else on the network.
  static func isInside(_ path: String) -> Bool {
    let parts = path.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "/" || $0 == "\\" })
    return !path.contains(":") && !path.contains("\0")
      && parts.allSatisfy { !$0.isEmpty && $0 != ".." && !$0.hasPrefix("~") }
  }
}

extension PackageDescription.Field {
  init(_ json: [String: Any]) {
    name = json["name"] as? String ?? ""
    title = json["title"] as? String
    type = json["type"] as? String ?? "any"
    format = json["format"] as? String ?? "default"
    missingValues = json["missingValues"].flatMap(PackageDescription.values)
    var labels: [String: String] = [:]
    for each in json["categories"] as? [[String: Any]] ?? [] {
      guard let value = each["value"].map({ "\($0)" }), let label = each["label"] as? String else { continue }
      labels[value] = label
    }
    self.labels = labels
    decimalMark = json["decimalChar"] as? String ?? "."
    groupMark = json["groupChar"] as? String ?? ""
    isBareNumber = json["bareNumber"] as? Bool ?? true
    itemDelimiter = json["delimiter"] as? String ?? ","
  }
}

extension PackageDescription {
  /// Texts, or in version 2 objects with a `value`.
  fileprivate static func values(_ json: Any) -> [String]? {
    (json as? [Any])?.compactMap { $0 as? String ?? ($0 as? [String: Any])?["value"] as? String }
  }
}
