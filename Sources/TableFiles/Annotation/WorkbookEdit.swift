import Foundation

/// Edits `workbook.xml`: the overview comes in front of the other sheets, the sheet of lists behind them, hidden.
enum WorkbookEdit {
  struct NewSheet {
    let name: String
    let relationship: String
    let isFirst: Bool
  }

  static func edited(_ part: [UInt8], adding sheets: [NewSheet]) -> [UInt8] {
    part.withUnsafeBufferPointer { bytes in
      let highest = highestIdentifier(bytes)
      let shift = sheets.contains(where: \.isFirst) ? 1 : 0
      func markup(_ isFirst: Bool, _ prefix: String) -> String {
        sheets.enumerated().filter { $0.element.isFirst == isFirst }.map { index, sheet in
          "<\(prefix)sheet xmlns:r=\"\(PackageRelationships.namespace)\" name=\"\(MarkupEditor.escaped(sheet.name))\" "
            + "sheetId=\"\(highest + 1 + index)\"\(isFirst ? "" : " state=\"hidden\"") r:id=\"\(sheet.relationship)\"/>"
        }.joined()
      }
      var editor = MarkupEditor(bytes)
      var scanner = MarkupScanner(bytes)
      var prefix = ""
      while let tag = scanner.next() {
        if scanner.isNamed("workbook", tag), tag.kind == .open { prefix = scanner.prefix(of: tag) }
        if scanner.isNamed("sheets", tag) {
          if tag.kind == .open {
            editor.copy(upTo: tag.range.upperBound)
            editor.write(markup(true, prefix))
          } else {
            editor.copy(upTo: tag.range.lowerBound)
            editor.write(markup(false, prefix))
          }
        } else if scanner.isNamed("workbookView", tag), tag.kind != .close {
          for name: StaticString in ["firstSheet", "activeTab"] { set(name, to: 0, of: tag, scanner, &editor) }
        } else if scanner.isNamed("definedName", tag), shift > 0,
          let scope = scanner.number("localSheetId", of: tag)
        {
          set("localSheetId", to: scope + shift, of: tag, scanner, &editor)
        }
      }
      return editor.finish()
    }
  }

  /// Attributes are edited in the order in which they stand, or one that was passed is left as it is.
  private static func set(
    _ name: StaticString, to value: Int, of tag: MarkupScanner.Tag, _ scanner: MarkupScanner,
    _ editor: inout MarkupEditor
  ) {
    guard let (range, _) = scanner.attribute(name, of: tag), range.lowerBound >= editor.position else { return }
    editor.copy(upTo: range.lowerBound)
    editor.write(value)
    editor.leaveOut(upTo: range.upperBound)
  }

  private static func highestIdentifier(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var scanner = MarkupScanner(bytes)
    var highest = 0
    while let tag = scanner.next() {
      if tag.kind != .close, scanner.isNamed("sheet", tag) {
        highest = max(highest, scanner.number("sheetId", of: tag) ?? 0)
      }
    }
    return highest
  }
}
