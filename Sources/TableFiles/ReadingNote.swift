/// One thing the reader recognised, skipped or changed, said aloud so that nobody is surprised.
///
/// A note is about a file, a column or some rows: things of one kind in one column are one note with all their rows.
public struct ReadingNote: Hashable, Sendable {
  /// What was noticed. Raw values are stable.
  public enum Kind: String, CaseIterable, Codable, Sendable {
    /// A CSV file's delimiter. Arguments: its name (`comma`, `semicolon`, `tab`, `bar`, `none`).
    case delimiterRecognised
    /// Two delimiters fit equally well. Arguments: the one used, the other.
    case delimiterAmbiguous
    /// The first line is `sep=;`: Excel's way of naming the delimiter. It is not data.
    case delimiterLine
    case byteOrderMark
    /// The text was not UTF-8 and was read as Windows-1252.
    case windows1252
    case utf16
    /// The content is of another type than the name says. Arguments: the extension, the type.
    case extensionMismatch
    /// Rows above the headers with one filled cell were skipped.
    case titleRowSkipped
    /// Empty rows between the rows of data were skipped.
    case blankRowSkipped
    /// A record has fewer cells than there are headers; the rest is empty.
    case rowTooShort
    /// A record has filled cells to the right of the last header; they are in `RawRow.surplus`.
    case rowTooLong
    /// A quotation mark inside an unquoted cell, or text after a closing one; kept as written.
    case strayQuotationMark
    /// A control character that nobody can see; kept as written. Arguments: its code point, `U+000B`.
    case controlCharacter
    /// Two columns have one name. Arguments: the name.
    case duplicateHeader
    /// A column has data and no name.
    case blankHeader
    /// Cells with a formula; the value that the spreadsheet last computed was used.
    case formulaValueUsed
    /// Cells with a formula that was never computed; they are empty.
    case formulaWithoutValue
    /// A hidden sheet holds data.
    case hiddenSheet
    case hiddenRow
    case hiddenColumn
    /// Merged cells: only the first of each holds the value. Arguments: the ranges.
    case mergedCells
    /// Text that looks like a number in a column that also holds numbers; it stays text.
    case numberStoredAsText
    /// Numbers shown with leading zeros by their format; the zeros are not part of the value.
    case leadingZerosOnlyShown
    /// A date with a time of day; the time was left out.
    case timeOfDayLeftOut
    /// A time without a date; it stays a number, the part of a day.
    case timeWithoutDate
    /// A number shown as a date that no calendar has (a negative number, 29 February 1900); it stays a number.
    case impossibleDate
    /// The file gives labels to the codes of a column; the codes are read. Arguments: the number of labels.
    case codesHaveLabels
    /// Values that the file itself declares to mean “missing”; they were read as empty. Arguments: the values.
    case declaredMissing
    /// Text in the encoding that the file names, other than UTF-8. Arguments: the encoding.
    case declaredEncoding
    /// Cells were read as the type and form that the file's own description gives. Arguments: type, form.
    case declaredForm
    /// A cell does not have the type or form that the file's own description gives; it was kept as written.
    case differsFromDeclaredForm
    /// The bytes of a table are not those that the file's own description was made for. Arguments: the path.
    case changedSinceDescribed
    /// A part that the description names and that is not read. Arguments: its name.
    case partNotRead
  }

  public var kind: Kind
  /// All rows it is about, ascending, as a spreadsheet shows them; empty for a whole file, sheet or column.
  public var rows: [Int]
  /// 0 for column A; nil when it is about no single column.
  public var column: Int?
  /// The facts of this kind, in the order its description gives.
  public var arguments: [String]

  public init(_ kind: Kind, rows: [Int] = [], column: Int? = nil, arguments: [String] = []) {
    self.kind = kind
    self.rows = rows
    self.column = column
    self.arguments = arguments
  }

  /// The first place it is about, where it is about a row.
  public var row: Int? { rows.first }
}
