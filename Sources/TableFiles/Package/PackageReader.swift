import Foundation

extension TableFileReader {
  /// The paths of the tables that a `datapackage.json` describes, as far as they lie in files beside it.
  public static func paths(inPackage descriptor: Data) throws(TableFileError) -> [String] {
    try PackageDescription(descriptor, file: DataPackage.descriptorName).resources.compactMap(\.path)
  }

  /// Reads the tables of a Data Package whose files lie in a folder.
  ///
  /// - Parameters:
  ///   - descriptor: the bytes of `datapackage.json`.
  ///   - files: the bytes of the other files, by the paths that the description gives. What is not there was not sent.
  public func read(package descriptor: Data, files: [String: Data]) throws(TableFileError) -> [RawSheet] {
    let package = try PackageDescription(descriptor, file: DataPackage.descriptorName)
    let reader = PackageReader(package: package, limits: limits, sha256: sha256)
    let sheets = try reader.sheets { (path) throws(TableFileError) in
      files[path].map { (path.split(separator: "/").last.map(String.init) ?? path, $0) }
    }
    guard sheets.contains(where: { !$0.isEmpty }) else { throw .empty(file: DataPackage.descriptorName) }
    return sheets
  }
}

/// Reads the tables of a Data Package, each in the form that its description gives.
struct PackageReader {
  let package: PackageDescription
  let limits: ReadingLimits
  /// Of bytes, in hexadecimal digits; nil when sums are not looked at.
  let sha256: (@Sendable (Data) -> String)?

  /// The tables of a zip that holds a `datapackage.json`, at its root or in its only folder; nil for any other zip.
  static func read(
    _ bytes: UnsafeRawBufferPointer, file: String, limits: ReadingLimits, sha256: (@Sendable (Data) -> String)?
  ) throws(TableFileError) -> [RawSheet]? {
    var archive = try ZipArchive(bytes, file: file, limits: limits)
    let name = DataPackage.descriptorName
    let folders = Set(archive.entries.keys.map { $0.split(separator: "/").dropLast().first.map { $0 + "/" } ?? "" })
    let folder = archive[name] != nil ? "" : folders.count == 1 ? folders.first ?? "" : ""
    guard let entry = archive[folder + name] else { return nil }
    let description = try PackageDescription(try archive.content(of: entry), file: file)
    return try PackageReader(package: description, limits: limits, sha256: sha256).sheets {
      (path) throws(TableFileError) in
      guard let entry = archive[folder + path] else { return nil }
      return (file, try archive.content(of: entry))
    }
  }

  /// - Parameter open: the name of a file for findings and its bytes; nil when it is not there.
  func sheets(
    open: (String) throws(TableFileError) -> (name: String, content: Data)?
  ) throws(TableFileError) -> [RawSheet] {
    guard package.resources.count <= limits.sheets else {
      throw .tooManySheets(file: DataPackage.descriptorName, count: package.resources.count, limit: limits.sheets)
    }
    var sheets: [RawSheet] = []
    var unread: [String] = []
    for resource in package.resources {
      guard let path = resource.path, let (name, content) = try open(path),
        case .text = content.withUnsafeBytes({ ContentSignature(of: $0) }), !content.isEmpty
      else {
        unread.append(resource.name)
        continue
      }
      var sheet = try table(resource, content, file: name)
      sheet.sheet = resource.name
      let isOtherSize = resource.bytes.map { $0 != content.count } ?? false
      let isOtherSum = resource.sha256.flatMap { sum in sha256.map { $0(content) != sum } } ?? false
      if isOtherSize || isOtherSum {
        sheet.notes.append(ReadingNote(.changedSinceDescribed, arguments: [path]))
      }
      sheets.append(sheet)
    }
    if !sheets.isEmpty { sheets[0].notes += unread.map { ReadingNote(.partNotRead, arguments: [$0]) } }
    return sheets
  }

  private func table(
    _ resource: PackageDescription.Resource, _ content: Data, file: String
  ) throws(TableFileError) -> RawSheet {
    var content = content
    if !resource.hasHeader {
      let mark = resource.delimiter.map { Character(Unicode.Scalar($0)) } ?? ","
      let names = resource.fields.map { "\"" + $0.name.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
      content = Data((names.joined(separator: String(mark)) + "\n").utf8) + content
    }
    let limits = limits
    let result: Result<RawSheet, TableFileError> = content.withUnsafeBytes { bytes in
      do throws(TableFileError) {
        return .success(
          try DelimitedReader.read(bytes, file: file, limits: limits, delimiter: resource.delimiter))
      } catch {
        return .failure(error)
      }
    }
    var sheet = try result.get()
    if !resource.hasHeader {
      // The names were not in the file; the first row is data.
      sheet.headerRow = nil
      for index in sheet.rows.indices {
        sheet.rows[index].number -= 1
        sheet.rows[index].line = sheet.rows[index].line.map { $0 - 1 }
      }
    }
    readDeclared(resource, in: &sheet)
    return sheet
  }

  private func readDeclared(_ resource: PackageDescription.Resource, in sheet: inout RawSheet) {
    let fields = Dictionary(resource.fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var notes = NoteCollector()
    for position in sheet.headers.indices {
      guard let field = fields[sheet.headers[position].name] else { continue }
      let column = sheet.headers[position].column
      sheet.headers[position].label = field.title
      sheet.headers[position].codeLabels = field.labels
      let form = DeclaredForm(field, missingValues: resource.missingValues)
      if let told = form.told { notes.add(.declaredForm, column: column, arguments: told) }
      let isText = field.type == "string" || field.type == "list" || field.type == "any"
      for row in sheet.rows.indices {
        guard case .text(var text) = sheet.rows[row].cells[position] else { continue }
        if isText, let escape = package.formulaEscape, !escape.isEmpty, text.hasPrefix(escape),
          CSVWriter.isFormula(String(text.dropFirst(escape.count)))
        {
          text.removeFirst(escape.count)
        }
        let number = sheet.rows[row].number
        switch form.read(text) {
        case .cell(let cell): sheet.rows[row].cells[position] = cell
        case .missing:
          notes.add(.declaredMissing, row: number, column: column, arguments: form.missingTold)
          sheet.rows[row].cells[position] = .empty
        case .withoutTime(let cell):
          notes.add(.timeOfDayLeftOut, row: number, column: column)
          sheet.rows[row].cells[position] = cell
        case .differs: notes.add(.differsFromDeclaredForm, row: number, column: column)
        }
      }
    }
    sheet.notes += notes.notes
  }
}

extension ZipArchive {
  /// All bytes of a part.
  mutating func content(of entry: Entry) throws(TableFileError) -> Data {
    var content = Data()
    try unpack(entry) { (piece, _) throws(TableFileError) in
      content.append(piece.assumingMemoryBound(to: UInt8.self))
    }
    return content
  }
}
