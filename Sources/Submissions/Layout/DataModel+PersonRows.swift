import DataModels
import Primitives
import TableFiles

extension DataModel {
  /// The places in `sheet.rows` of rows about some people, however the sheet is read: those that have one of the numbers
  /// in a column headed like the person's field or, in a sheet without such a column, in any cell.
  ///
  /// - Parameter isWanted: asked of a number without blanks around it.
  public func places(ofRowsIn sheet: RawSheet, whosePerson isWanted: (String) -> Bool) -> [Int] {
    let name = comparable(personField)
    let columns = sheet.headers.indices.filter { position in
      let header = comparable(sheet.headers[position].name)
      return header == name || header.hasSuffix("." + name)
    }
    return sheet.rows.indices.filter { place in
      let row = sheet.rows[place]
      let cells = columns.isEmpty ? row.cells + row.surplus : columns.map { row.cells[$0] }
      return cells.contains { cell in
        let text = cell.text.withoutInvisibleCharacters.trimmingWhitespace
        return !text.isEmpty && isWanted(text)
      }
    }
  }
}
