import Foundation
import Primitives

/// Tables with their description, as a Data Package 2 (datapackage.org): one CSV file for each table, and
/// `datapackage.json`.
///
/// What a spreadsheet would run as a formula has an apostrophe before it in free text; the description says so under
/// `meedoen`, and ``TableFileReader`` takes it away again.
public struct DataPackage: Sendable {
  public static let descriptorName = "datapackage.json"

  /// Letters, digits, hyphens, underscores and points.
  public var name: String
  public var title: String
  public var tables: [DescribedTable]
  /// The day on which the contents were as they are. Not today's: the same data must give the same files.
  public var created: CalendarDate
  /// Where it comes from, in words of the maker's choice.
  public var origin: [String: String]
  /// The SHA-256 of a file's bytes, as hexadecimal digits.
  private let sha256: @Sendable (Data) -> String

  public init(
    name: String, title: String, tables: [DescribedTable], created: CalendarDate, origin: [String: String] = [:],
    sha256: @escaping @Sendable (Data) -> String
  ) {
    self.name = name
    self.title = title
    self.tables = tables
    self.created = created
    self.origin = origin
    self.sha256 = sha256
  }

  /// All files in one zip.
  ///
  /// - Parameter file: its name, for an error.
  public func archive(named file: String) throws(TableFileError) -> Data {
    var zip = ZipWriter(named: file)
    for (name, content) in files { try zip.add(name, [UInt8](content)) }
    return zip.finish()
  }

  /// The files with their bytes, the description last.
  public var files: [(name: String, content: Data)] {
    var files: [(name: String, content: Data)] = []
    var resources: [Descriptor.Resource] = []
    for table in tables {
      let rows = table.texts(escapesFormulas: true)
      let content = CSVWriter().data(headers: table.columns.map(\.name), rows: rows)
      files.append(("\(table.name).csv", content))
      resources.append(Descriptor.Resource(table, content, hash: sha256(content)))
    }
    let descriptor = Descriptor(
      name: name, title: title, created: "\(created.iso)T00:00:00Z", resources: resources,
      meedoen: ["formulaEscape": "'"].merging(origin) { escape, _ in escape })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Texts and whole numbers alone: there is nothing in it that JSON has no word for.
    guard let json = try? encoder.encode(descriptor) else { preconditionFailure("a description is plain JSON") }
    return files + [(Self.descriptorName, json + Data("\n".utf8))]
  }
}

/// `datapackage.json` as it is written.
private struct Descriptor: Encodable {
  var schema = "https://datapackage.org/profiles/2.0/datapackage.json"
  let name: String
  let title: String
  let created: String
  let resources: [Resource]
  let meedoen: [String: String]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case name, title, created, resources, meedoen
  }

  struct Resource: Encodable {
    let name: String
    let title: String
    let description: String?
    let path: String
    var type = "table"
    var scheme = "file"
    var format = "csv"
    var mediatype = "text/csv"
    var encoding = "utf-8"
    let bytes: Int
    let hash: String
    let schema: TableSchema

    init(_ table: DescribedTable, _ content: Data, hash: String) {
      name = table.name
      title = table.title
      description = table.help
      path = "\(table.name).csv"
      bytes = content.count
      self.hash = "sha256:\(hash)"
      schema = TableSchema(table)
    }
  }

  struct TableSchema: Encodable {
    var schema = "https://datapackage.org/profiles/2.0/tableschema.json"
    let fields: [Field]
    var fieldsMatch = "equal"
    var missingValues = [""]
    let primaryKey: [String]?
    let foreignKeys: [ForeignKey]?

    private enum CodingKeys: String, CodingKey {
      case schema = "$schema"
      case fields, fieldsMatch, missingValues, primaryKey, foreignKeys
    }

    init(_ table: DescribedTable) {
      fields = table.columns.map(Field.init)
      primaryKey = table.key.isEmpty ? nil : table.key
      foreignKeys = table.reference.map { reference in
        [
          ForeignKey(
            fields: reference.columns,
            reference: .init(resource: reference.table, fields: reference.tableColumns))
        ]
      }
    }
  }

  struct ForeignKey: Encodable {
    struct Reference: Encodable {
      let resource: String
      let fields: [String]
    }
    let fields: [String]
    let reference: Reference
  }

  struct Field: Encodable {
    struct Category: Encodable {
      let value: String
      let label: String
    }
    struct Constraints: Encodable {
      var required: Bool?
      var `enum`: [String]?
    }

    let name: String
    let title: String
    let description: String?
    let type: String
    let categories: [Category]?
    let categoriesOrdered: Bool?
    let constraints: Constraints?

    init(_ column: DescribedTable.Column) {
      name = column.name
      title = column.label
      description = column.help
      type =
        switch column.kind {
        case .text, .code: "string"
        case .integer, .number, .date, .year, .list: column.kind.rawValue
        case .month: "yearmonth"
        }
      let isClosed = column.kind == .code && !column.codes.isEmpty
      categories = isClosed ? column.codes.map { Category(value: $0.code, label: $0.label) } : nil
      categoriesOrdered = isClosed && column.isOrdered ? true : nil
      let isRequired: Bool? = column.isRequired ? true : nil
      constraints =
        isRequired != nil || isClosed
        ? Constraints(required: isRequired, enum: isClosed ? column.codes.map(\.code) : nil) : nil
    }
  }
}
