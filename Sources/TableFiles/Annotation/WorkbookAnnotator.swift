import Foundation

/// Annotates a workbook by editing its own parts: values, formulas, formats, charts and macros stay byte for byte.
///
/// A marked cell keeps its format and gets another fill. Notes of others stay. Columns with a check of the sender's own
/// keep it; others get the list they lack. What an earlier annotation added is replaced.
public struct WorkbookAnnotator {
  /// How many cells are coloured without a note, because there were too many.
  public private(set) var cellsWithoutNote = 0

  private var archive: ZipArchive
  private let file: String
  private let annotation: WorkbookAnnotation
  /// Parts that were changed or added, by key.
  private var changed: [String: [UInt8]] = [:]
  private var new: [(name: String, content: [UInt8])] = []
  /// Large parts among them, packed as they were made.
  private var packed: [String: PackedPart] = [:]
  private var types: [(part: String, type: String)] = []
  private var hasNewDrawing = false

  /// Annotates a workbook.
  ///
  /// - Returns: nil when the workbook is in a form that cannot be edited part by part (strict Open XML, other
  ///   encodings than UTF-8, no styles); such a workbook has to be written anew.
  public static func annotate(
    _ data: Data, named file: String, with annotation: WorkbookAnnotation, limits: ReadingLimits = ReadingLimits()
  ) throws(TableFileError) -> (workbook: Data, cellsWithoutNote: Int)? {
    let result: Result<(Data, Int)?, TableFileError> = data.withUnsafeBytes { bytes in
      do throws(TableFileError) {
        var annotator = WorkbookAnnotator(
          archive: try ZipArchive(bytes, file: file, limits: limits), file: file, annotation: annotation)
        return .success(try annotator.run().map { ($0, annotator.cellsWithoutNote) })
      } catch {
        return .failure(error)
      }
    }
    return try result.get().map { ($0.0, $0.1) }
  }

  private init(archive: ZipArchive, file: String, annotation: WorkbookAnnotation) {
    self.archive = archive
    self.file = file
    self.annotation = annotation
  }

  private mutating func run() throws(TableFileError) -> Data? {
    var package = RelationshipsPart()
    try parse("_rels/.rels", with: &package)
    guard let target = package.target(ofType: "officeDocument") else { return nil }
    let main = ZipArchive.key(RelationshipsPart.resolve(target, from: ""))
    let folder = PackageRelationships.folder(of: main)
    var workbook = WorkbookPart()
    try parse(main, with: &workbook)
    var relationships = RelationshipsPart()
    try parse(PackageRelationships.name(of: main), with: &relationships)
    guard let mainPart = try contents(main), SheetOutline.isPlain(mainPart), !Self.isStrict(mainPart),
      let stylesTarget = relationships.target(ofType: "styles"),
      let stylesPart = try contents(RelationshipsPart.resolve(stylesTarget, from: folder)),
      SheetOutline.isPlain(stylesPart), var styles = StyleBook(stylesPart)
    else { return nil }

    func partName(of sheet: WorkbookPart.Sheet) -> String? {
      relationships.byIdentifier[sheet.relationship].map { RelationshipsPart.resolve($0.target, from: folder) }
    }
    let (formulas, longLists) = lists(taken: Set(workbook.sheets.map { $0.name.lowercased() }))
    for (index, sheet) in workbook.sheets.enumerated() {
      guard let own = annotation.sheets.first(where: { $0.name == sheet.name }) else {
        if let name = partName(of: sheet), let content = try contents(name), SheetOutline.isPlain(content),
          let edited = SheetEdit.deselected(content)
        {
          changed[ZipArchive.key(name)] = edited
        }
        continue
      }
      guard let name = partName(of: sheet), try edit(name, own, block: 600 + 64 * index, formulas, &styles) else {
        return nil
      }
    }

    // The added sheets: in the place of earlier ones where there are any.
    var sheets: [WorkbookEdit.NewSheet] = []
    var added: [(id: String, type: String, target: String)] = []
    let overview = OverviewSheet.part(annotation.overview, marker: annotation.overviewMarker, styles: &styles)
    guard let overview else { throw .notWritable(file: file) }
    func place(
      _ content: [UInt8], _ part: PackedPart?, _ earlier: String?, _ name: String, _ stem: String, isFirst: Bool
    ) {
      if let sheet = workbook.sheets.first(where: { $0.name == earlier }), let old = partName(of: sheet) {
        changed[ZipArchive.key(old)] = content
        packed[ZipArchive.key(old)] = part
        // It was the sheet's; the new content points at nothing.
        changed[ZipArchive.key(PackageRelationships.name(of: old))] =
          archive[PackageRelationships.name(of: old)] == nil ? nil : PackageRelationships.adding([], to: nil)
        return
      }
      let name = Self.free(name, among: workbook.sheets.map(\.name) + sheets.map(\.name), separator: " ")
      let file = freePart("\(folder.isEmpty ? "" : folder + "/")worksheets/\(stem)", "xml")
      let id = Self.free(stem, among: Array(relationships.byIdentifier.keys))
      new.append((file, content))
      packed[file] = part
      types.append((file, "worksheet"))
      added.append((id, "worksheet", "/" + file))
      sheets.append(WorkbookEdit.NewSheet(name: name, relationship: id, isFirst: isFirst))
    }
    place([], overview, annotation.earlierOverview, annotation.overview.name, "findings", isFirst: true)
    if !longLists.isEmpty {
      let content = OverviewSheet.part(lists: longLists, marker: annotation.listsMarker)
      place(content, nil, annotation.earlierLists, listsName(taken: workbook), "lists", isFirst: false)
    }
    changed[main] = WorkbookEdit.edited(mainPart, adding: sheets)
    if !added.isEmpty {
      let name = PackageRelationships.name(of: main)
      changed[ZipArchive.key(name)] = PackageRelationships.adding(added, to: try contents(name))
    }
    changed[ZipArchive.key(RelationshipsPart.resolve(stylesTarget, from: folder))] = styles.finish()
    let typesName = "[Content_Types].xml"
    guard let list = try contents(typesName) else { return nil }
    changed[ZipArchive.key(typesName)] = PackageRelationships.adding(
      types: types, needsDrawing: hasNewDrawing, to: list)
    return try write()
  }

  // MARK: One sheet

  private mutating func edit(
    _ name: String, _ sheet: WorkbookAnnotation.Sheet, block: Int, _ formulas: [String: String],
    _ styles: inout StyleBook
  ) throws(TableFileError) -> Bool {
    guard let part = try contents(name), let outline = SheetOutline(part) else { return false }
    let withNote = sheet.marks.filter { !$0.note.isEmpty }
    cellsWithoutNote += sheet.notesLeftOut + max(0, withNote.count - annotation.noteLimit)
    var notes = NotesEdit(
      author: annotation.author, templateAuthor: annotation.templateAuthor,
      notes: withNote.prefix(annotation.noteLimit).map { NotesEdit.Note(address: $0.address, text: $0.note) })
    let relationshipsName = PackageRelationships.name(of: name)
    let folder = PackageRelationships.folder(of: name)
    var relationships = RelationshipsPart()
    if archive[relationshipsName] != nil { try parse(relationshipsName, with: &relationships) }
    var newDrawing: String?
    if let comments = relationships.target(ofType: "comments").map({ RelationshipsPart.resolve($0, from: folder) }) {
      guard let old = outline.notesRelationship.flatMap({ relationships.byIdentifier[$0]?.target }),
        let texts = try contents(comments),
        let drawing = try contents(RelationshipsPart.resolve(old, from: folder)), SheetOutline.isPlain(texts),
        SheetOutline.isPlain(drawing)
      else { return false }
      changed[ZipArchive.key(comments)] = notes.texts(editing: texts)
      changed[ZipArchive.key(RelationshipsPart.resolve(old, from: folder))] = notes.shapes(
        editing: drawing, block: block)
    } else if !withNote.isEmpty {
      let texts = freePart("\(PackageRelationships.folder(of: folder))/findings-notes", "xml")
      let identifiers = Array(relationships.byIdentifier.keys)
      let textsID = Self.free("findingsNotes", among: identifiers)
      new.append((texts, notes.newTexts))
      types.append((texts, "comments"))
      var added = [(id: textsID, type: "comments", target: "/" + texts)]
      if let old = outline.notesRelationship.flatMap({ relationships.byIdentifier[$0]?.target }) {
        let drawing = RelationshipsPart.resolve(old, from: folder)
        guard let content = try contents(drawing), SheetOutline.isPlain(content) else { return false }
        changed[ZipArchive.key(drawing)] = notes.shapes(editing: content, block: block)
      } else {
        let drawing = freePart("\(PackageRelationships.folder(of: folder))/drawings/findings-notes", "vml")
        let id = Self.free("findingsDrawing", among: identifiers)
        new.append((drawing, notes.newShapes(block: block)))
        added.append((id, "vmlDrawing", "/" + drawing))
        newDrawing = id
        hasNewDrawing = true
      }
      let old = try contents(relationshipsName)
      let content = PackageRelationships.adding(added, to: old)
      if old == nil {
        new.append((relationshipsName, content))
      } else {
        changed[ZipArchive.key(relationshipsName)] = content
      }
    }
    changed[ZipArchive.key(name)] = SheetEdit.edited(
      part, sheet, outline, lists: formulas, notesRelationship: newDrawing, styles: &styles)
    return true
  }

  // MARK: Lists

  /// The formula of each list: its values, or where they stand when they are too long for a formula.
  private func lists(taken: Set<String>) -> (formulas: [String: String], long: [(name: String, values: [String])]) {
    var formulas: [String: String] = [:]
    var long: [(name: String, values: [String])] = []
    let sheet = annotation.earlierLists ?? Self.freeListsName(taken)
    for choice in annotation.sheets.flatMap(\.choices) where formulas[choice.list] == nil {
      let joined = choice.values.joined(separator: ",")
      if joined.utf16.count <= 255, !choice.values.contains(where: { $0.contains(",") || $0.contains("\"") }) {
        formulas[choice.list] = "\"\(joined)\""
      } else {
        let letters = CellAddress.columnLetters(long.count + 1)
        long.append((choice.list, choice.values))
        formulas[choice.list] =
          "'\(sheet.replacing("'", with: "''"))'!$\(letters)$2:$\(letters)$\(choice.values.count + 1)"
      }
    }
    return (formulas, long)
  }

  private func listsName(taken workbook: WorkbookPart) -> String {
    annotation.earlierLists ?? Self.freeListsName(Set(workbook.sheets.map { $0.name.lowercased() }))
  }

  private static func freeListsName(_ taken: Set<String>) -> String {
    free("Codes", among: Array(taken), separator: " ")
  }

  // MARK: Parts

  private mutating func parse(_ name: String, with handler: inout some XMLPartHandler) throws(TableFileError) {
    guard let entry = archive[name] else {
      throw .damaged(file: file, part: name, line: nil, damage: .missingPart)
    }
    try archive.parse(entry, with: &handler)
  }

  private mutating func contents(_ name: String) throws(TableFileError) -> [UInt8]? {
    guard let entry = archive[name] else { return nil }
    return try archive.contents(of: entry)
  }

  private static func isStrict(_ part: [UInt8]) -> Bool {
    String(decoding: part.prefix(2000), as: UTF8.self).contains("purl.oclc.org")
  }

  /// A name that is not in use, whatever its case: with a number behind it when it is.
  private static func free(_ name: String, among taken: [String], separator: String = "") -> String {
    let taken = Set(taken.map { $0.lowercased() })
    var number = 1
    var candidate = name
    while taken.contains(candidate.lowercased()) {
      number += 1
      candidate = "\(name)\(separator)\(number)"
    }
    return candidate
  }

  private func freePart(_ stem: String, _ ending: String) -> String {
    var number = 1
    while archive["\(stem)\(number).\(ending)"] != nil
      || new.contains(where: { $0.name == "\(stem)\(number).\(ending)" })
    {
      number += 1
    }
    return "\(stem)\(number).\(ending)"
  }

  /// The parts in their old order, the changed ones in their place, the new ones behind.
  private func write() throws(TableFileError) -> Data {
    var zip = ZipWriter(named: file)
    for (key, entry) in archive.entries.sorted(by: { $0.value.headerOffset < $1.value.headerOffset }) {
      if let part = packed[key] {
        try zip.add(entry.name, part)
      } else if let content = changed[key] {
        try zip.add(entry.name, content)
      } else {
        try zip.copy(entry, archive.packed(entry))
      }
    }
    for (name, content) in new {
      if let part = packed[name] { try zip.add(name, part) } else { try zip.add(name, content) }
    }
    return zip.finish()
  }
}
