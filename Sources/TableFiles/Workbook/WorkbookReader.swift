/// Reads the worksheets of an Excel workbook (`.xlsx`, `.xlsm`).
struct WorkbookReader {
  private var archive: ZipArchive
  private let file: String
  private let limits: ReadingLimits

  static func read(
    _ bytes: UnsafeRawBufferPointer, file: String, limits: ReadingLimits
  ) throws(TableFileError) -> [RawSheet] {
    var reader = WorkbookReader(
      archive: try ZipArchive(bytes, file: file, limits: limits), file: file, limits: limits)
    return try reader.readSheets()
  }

  private mutating func readSheets() throws(TableFileError) -> [RawSheet] {
    let workbookName = try findWorkbook()
    let folder = workbookName.split(separator: "/").dropLast().joined(separator: "/")
    var workbook = WorkbookPart()
    try parse(workbookName, with: &workbook)
    guard workbook.sheets.count <= limits.sheets else {
      throw .tooManySheets(file: file, count: workbook.sheets.count, limit: limits.sheets)
    }
    var relationships = RelationshipsPart()
    try parse(Self.relationshipsName(of: workbookName), with: &relationships)

    var shared = SharedStringsPart(file: file, limit: limits.cells)
    if let target = relationships.target(ofType: "sharedStrings") {
      try parse(RelationshipsPart.resolve(target, from: folder), with: &shared)
    }
    var styles = StylesPart()
    if let target = relationships.target(ofType: "styles") {
      try parse(RelationshipsPart.resolve(target, from: folder), with: &styles)
    }

    var sheets: [RawSheet] = []
    var cellCount = 0
    for sheet in workbook.sheets {
      guard let relationship = relationships.byIdentifier[sheet.relationship] else {
        throw .damaged(file: file, part: sheet.name, line: nil, damage: .danglingReference)
      }
      // Sheets that hold a chart, a dialogue or old macros have no cells.
      guard relationship.type == "worksheet" else { continue }
      var part = SheetPart(
        file: file, sheet: sheet.name, limits: limits, texts: shared.texts, formats: styles.formats,
        countsFrom1904: workbook.countsFrom1904, cellCount: cellCount)
      try parse(RelationshipsPart.resolve(relationship.target, from: folder), with: &part)
      cellCount = part.cellCount
      let table = try SheetAssembly.sheet(of: part, named: sheet, file: file, limits: limits)
      // A blank row between others is kept as its number: many sheets with one cell at the end would add up.
      for note in table.notes where note.kind == .blankRowSkipped { cellCount += note.rows.count }
      guard cellCount <= limits.cells else {
        throw .tooManyCells(file: file, sheet: sheet.name, limit: limits.cells)
      }
      sheets.append(table)
    }
    return sheets
  }

  private mutating func parse(_ name: String, with handler: inout some XMLPartHandler) throws(TableFileError) {
    guard let entry = archive[name] else {
      throw .damaged(file: file, part: name, line: nil, damage: .missingPart)
    }
    try archive.parse(entry, with: &handler)
  }

  private static func relationshipsName(of part: String) -> String {
    var path = part.split(separator: "/").map(String.init)
    let name = path.popLast() ?? ""
    return (path + ["_rels", name + ".rels"]).joined(separator: "/")
  }

  /// The main part of the package, or what kind of file this is instead.
  private mutating func findWorkbook() throws(TableFileError) -> String {
    let names = archive.entries.keys
    if archive["xl/workbook.bin"] != nil { throw .notATable(file: file, type: .binaryWorkbook) }
    if names.contains(where: { $0.hasPrefix("word/") }) { throw .notATable(file: file, type: .word) }
    if names.contains(where: { $0.hasPrefix("ppt/") }) { throw .notATable(file: file, type: .presentation) }
    if archive["mimetype"] != nil, archive["META-INF/manifest.xml"] != nil {
      throw .notATable(file: file, type: .openDocument)
    }
    guard let entry = archive["_rels/.rels"] else { throw .notATable(file: file, type: .archive) }
    var package = RelationshipsPart()
    try archive.parse(entry, with: &package)
    guard let target = package.target(ofType: "officeDocument") else {
      throw .notATable(file: file, type: .archive)
    }
    return ZipArchive.key(RelationshipsPart.resolve(target, from: ""))
  }
}
