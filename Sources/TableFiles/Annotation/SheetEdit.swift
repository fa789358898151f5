import Foundation

/// Edits one worksheet: marks, added columns, lists to choose from. Everything else is copied byte for byte.
struct SheetEdit {
  /// The elements of a worksheet in the order that ECMA-376 part 1, 18.3.1.99 asks for.
  private static let order = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
  ]
  private static let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })

  private let sheet: WorkbookAnnotation.Sheet
  /// The formula that names the values of a list.
  private let lists: [String: String]
  private let outline: SheetOutline
  /// The relationship of a drawing to add.
  private let notesRelationship: String?
  private var columns: SheetColumns
  private var editor: MarkupEditor
  private var prefix = ""
  private var pending: [(place: Int, markup: String)] = []

  /// - Parameter notesRelationship: of the drawing to add; nil when there is one already, or none is needed.
  static func edited(
    _ part: [UInt8], _ sheet: WorkbookAnnotation.Sheet, _ outline: SheetOutline, lists: [String: String],
    notesRelationship: String?, styles: inout StyleBook
  ) -> [UInt8] {
    part.withUnsafeBufferPointer { bytes in
      var edit = SheetEdit(
        sheet: sheet, lists: lists, outline: outline, notesRelationship: notesRelationship,
        columns: SheetColumns(added: sheet.columns), editor: MarkupEditor(bytes))
      edit.run(&styles)
      return edit.editor.finish()
    }
  }

  /// A sheet without the mark that it is selected; nil when it has none.
  static func deselected(_ part: [UInt8]) -> [UInt8]? {
    part.withUnsafeBufferPointer { bytes in
      var scanner = MarkupScanner(bytes)
      while let tag = scanner.next() {
        if scanner.isNamed("sheetData", tag) { return nil }
        guard scanner.isNamed("sheetView", tag), tag.kind != .close,
          let (_, whole) = scanner.attribute("tabSelected", of: tag)
        else { continue }
        var editor = MarkupEditor(bytes)
        editor.copy(upTo: whole.lowerBound)
        editor.leaveOut(upTo: whole.upperBound)
        return editor.finish()
      }
      return nil
    }
  }

  private init(
    sheet: WorkbookAnnotation.Sheet, lists: [String: String], outline: SheetOutline, notesRelationship: String?,
    columns: SheetColumns, editor: MarkupEditor
  ) {
    self.sheet = sheet
    self.lists = lists
    self.outline = outline
    self.notesRelationship = notesRelationship
    self.columns = columns
    self.editor = editor
  }

  private mutating func run(_ styles: inout StyleBook) {
    var scanner = MarkupScanner(editor.text)
    guard let root = scanner.next() else { return }
    prefix = scanner.prefix(of: root)
    preparePending()
    while let tag = scanner.next() {
      if tag.kind == .close {
        // The end of the worksheet itself.
        flush(before: Int.max, at: tag.range.lowerBound)
        return
      }
      let name = scanner.string(tag.name)
      let place = Self.places[name] ?? (name == "AlternateContent" ? Self.places["oleObjects"]! : Int.max)
      flush(before: place, at: tag.range.lowerBound)
      switch name {
      case "dimension":
        editor.copy(upTo: tag.range.lowerBound)
        editor.leaveOut(upTo: scanner.skip(tag))
      case "sheetViews": editViews(tag, &scanner)
      case "cols":
        let end = scanner.skip(tag)
        columns.read(MarkupScanner(editor.text, in: tag.range.upperBound..<max(tag.range.upperBound, end)))
        editor.copy(upTo: tag.range.lowerBound)
        editor.leaveOut(upTo: end)
        editor.write(columns.markup(prefix))
        pending.removeAll { $0.place == place }
      case "sheetData":
        if tag.kind == .open {
          RowEdit(sheet: sheet, columns: columns, prefix: prefix).run(&scanner, &editor, &styles)
        }
      case "dataValidations":
        editValidations(tag, &scanner)
        pending.removeAll { $0.place == place }
      default: _ = scanner.skip(tag)
      }
    }
  }

  private mutating func preparePending() {
    if !sheet.columns.isEmpty { pending.append((Self.places["cols"]!, columns.markup(prefix))) }
    let (validations, count) = validations
    if count > 0 {
      pending.append(
        (
          Self.places["dataValidations"]!,
          "<\(prefix)dataValidations count=\"\(count)\">\(validations)</\(prefix)dataValidations>"
        ))
    }
    if let notesRelationship {
      pending.append(
        (
          Self.places["legacyDrawing"]!,
          "<\(prefix)legacyDrawing xmlns:r=\"\(PackageRelationships.namespace)\" r:id=\"\(notesRelationship)\"/>"
        ))
    }
  }

  private mutating func flush(before place: Int, at position: Int) {
    guard pending.contains(where: { $0.place < place }) else { return }
    editor.copy(upTo: position)
    for item in pending where item.place < place { editor.write(item.markup) }
    pending.removeAll { $0.place < place }
  }

  /// Only the overview is selected: a change in one of several selected sheets is made in all of them.
  private mutating func editViews(_ tag: MarkupScanner.Tag, _ scanner: inout MarkupScanner) {
    guard tag.kind == .open else { return }
    while let inner = scanner.next() {
      if inner.kind == .close, scanner.isNamed("sheetViews", inner) { return }
      guard let (_, whole) = scanner.attribute("tabSelected", of: inner) else { continue }
      editor.copy(upTo: whole.lowerBound)
      editor.leaveOut(upTo: whole.upperBound)
    }
  }

  // MARK: Lists to choose from

  /// The checks to add: none where the sender's own check touches the column.
  private var validations: (markup: String, count: Int) {
    var markup = ""
    var count = 0
    for choice in sheet.choices where !outline.isValidated(choice.column) {
      guard let formula = lists[choice.list] else { continue }
      let letters = CellAddress.columnLetters(choice.column)
      markup += "<\(prefix)dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" "
      markup += "sqref=\"\(letters)\(choice.rows.lowerBound):\(letters)\(choice.rows.upperBound)\">"
      markup += "<\(prefix)formula1>\(MarkupEditor.escaped(formula))</\(prefix)formula1></\(prefix)dataValidation>"
      count += 1
    }
    return (markup, count)
  }

  private mutating func editValidations(_ tag: MarkupScanner.Tag, _ scanner: inout MarkupScanner) {
    let (added, count) = validations
    let end = scanner.skip(tag)
    guard count > 0 else { return }
    editor.copy(upTo: tag.range.lowerBound)
    editor.write("<\(prefix)dataValidations count=\"\(outline.validationCount + count)\">")
    if tag.kind == .open {
      editor.leaveOut(upTo: tag.range.upperBound)
      editor.copy(upTo: closeStart(end, scanner))
    }
    editor.write(added)
    editor.write("</\(prefix)dataValidations>")
    editor.leaveOut(upTo: end)
  }

  /// Where the tag that ends at a place begins.
  private func closeStart(_ end: Int, _ scanner: MarkupScanner) -> Int {
    var start = end - 1
    while start > 0, scanner.text[start] != 0x3C { start -= 1 }
    return start
  }
}
