import Foundation
import Primitives
import TableFiles
import Tables

extension Target {
  /// The inputs to start from, each with a file name; all invented.
  func seeds() throws -> [(name: String, data: Data)] {
    switch self {
    case .csv: Self.texts.enumerated().map { ("seed-\($0)", $1) }
    case .workbook: Self.markup.enumerated().map { ("seed-\($0)", Data($1.utf8)) }
    case .archive: try Self.archives().enumerated().map { ("seed-\($0)", $1) }
    case .package: Self.packages.enumerated().map { ("seed-\($0)", Data($1.utf8)) }
    case .spss: try Self.spssFiles().enumerated().map { ("seed-\($0)", $1) }
    }
  }

  private static var texts: [Data] {
    let plain = [
      "person_id,sex,born,note\nP1,F,1990-02-03,\"a \"\"b\"\", c\"\nP2,M,,\"two\nlines\"\n",
      "sep=;\r\npersoon;bedrag;datum\r\nP1;1.234,50;03/04/2026\r\nP2;0,5;31-12-2026\r\n",
      "Title\n\na\tb\tc\n1\t2\t3\n\n4\t5\n6\t7\t8\t9\n", "a|b|a|\n007|NA|5-11|x\n=1+1|\u{B}|\u{7F}|\n",
      "a\n1\n\n.\n1e400\n",
      "\u{FEFF}naam,plaats\r\nZoë,\u{A0}Ürümqi \r\n", "a,b\r1,2\r\"3\r4\",5\r", "\"open,b\n1,2\n",
      "a,b\n\"x\"y,1\n1\"2,3\n",
    ]
    var files = plain.map { Data($0.utf8) }
    files.append(Data("a,b\nZo\u{EB},\u{80}5\n".unicodeScalars.map { UInt8($0.value) }))
    var little = Data([0xFF, 0xFE])
    var big = Data([0xFE, 0xFF])
    for unit in "a;b\r\n1;\u{1F600}\r\n".utf16 {
      little.append(contentsOf: [UInt8(unit & 255), UInt8(unit >> 8)])
      big.append(contentsOf: [UInt8(unit >> 8), UInt8(unit & 255)])
    }
    return files + [little, big]
  }

  /// The names of the parts in an input, in its order; the first holds the worksheet.
  private static let partNames = [
    "xl/worksheets/sheet1.xml", "xl/texts.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
    "_rels/.rels", "xl/worksheets/_rels/sheet1.xml.rels", "[Content_Types].xml",
  ]

  /// The parts of a sound workbook, replaced in order by the pieces of the input that are not empty.
  static func parts(of input: Data) -> [ZipFixture.Part] {
    var parts = WorkbookFixture("<sheetData/>", sharedStrings: "<si><t>a</t></si>", styles: styles).parts
    parts.append(
      .init("[Content_Types].xml", "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"))
    let pieces = input.split(separator: 0, maxSplits: partNames.count - 1, omittingEmptySubsequences: false)
    for (name, piece) in zip(partNames, pieces) where !piece.isEmpty {
      if let position = parts.firstIndex(where: { $0.name == name }) {
        parts[position].content = Array(piece)
      } else {
        parts.append(.init(name, Array(piece)))
      }
    }
    return parts
  }

  private static let styles = """
    <numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/><numFmt numFmtId="165" formatCode="00000"/></numFmts>
    <fonts count="1"><font/></fonts><fills count="1"><fill/></fills><cellXfs count="4"><xf numFmtId="0"/>
    <xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>
    """

  private static var markup: [String] {
    let relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let sheet = """
      <worksheet xmlns="x"><sheetViews><sheetView tabSelected="1"/></sheetViews><cols><col min="2" max="3" hidden="1"/></cols>
      <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>day_x0041_</t></is></c></row>
      <row r="3" hidden="1"><c r="A3" s="1"><v>42460.5</v></c><c r="B3" t="str"><f>1+1</f><v>2</v></c></row>
      <row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-01-02T03:04</v></c><c s="3"><v>7</v></c></row>
      </sheetData><mergeCells><mergeCell ref="A3:B3"/></mergeCells><dataValidations count="1"><dataValidation sqref="A1:A9"/>
      </dataValidations><conditionalFormatting/><legacyDrawing r:id="r1" xmlns:r="\(relationship)"/></worksheet>
      """
    let texts = "<sst><si><t>a</t></si><si><r><t>b</t></r><rPh><t>c</t></rPh><r><t>d</t></r></si></sst>"
    let workbook = """
      <workbook xmlns:r="\(relationship)"><workbookPr date1904="1"/><sheets><sheet name="one" sheetId="1" r:id="s0"
       state="hidden"/></sheets><definedNames><definedName name="n">one!$A$1</definedName></definedNames></workbook>
      """
    return [
      sheet, sheet + "\0" + texts, "\0\0<styleSheet>" + styles + "</styleSheet>", sheet + "\0\0\0" + workbook,
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
      "<worksheet><![CDATA[<row>]]><!-- <c> --><sheetData/><?p i?></worksheet>",
      "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet>&b;</worksheet>",
    ]
  }

  private static func archives() throws -> [Data] {
    let sheets = [
      WorkbookSheet(
        name: "one", headers: ["id", "day"], rows: [[.text("P1"), .date(CalendarDate(daysSinceEpoch: 20_000))]]),
      WorkbookSheet(name: "two", headers: ["a"], rows: [[.number(1.5)], [.boolean(true)]]),
    ]
    return [
      try WorkbookWriter(sheets: sheets).data(),
      ZipFixture(parts: parts(of: Data(markup[0].utf8))).data,
      ZipFixture(parts: [.init("datapackage.json", packages[0]), .init("a.csv", "a,b\n1,2\n")]).data,
    ]
  }

  private static var packages: [String] {
    [
      """
      {"name":"p","resources":[{"name":"a","path":"a.csv","dialect":{"delimiter":";","header":true},"bytes":8,"schema":
      {"missingValues":["","-"],"primaryKey":["a"],"fields":[{"name":"a","type":"integer","bareNumber":false},{"name":"b",
      "type":"date","format":"%d/%m/%Y","constraints":{"enum":["x"]}},{"name":"c","type":"boolean","trueValues":["ja"]},
      {"name":"d","type":"number","decimalChar":",","groupChar":"."}]}}]}\0a;b;c;d
      1%;31/12/2026;ja;1.234,5
      -;x;nee;NaN
      """,
      """
      {"$schema":"https://datapackage.org/profiles/2.0/datapackage.json","resources":[{"name":"a","path":["a.csv"],
      "dialect":{"header":false},"schema":{"fields":[{"name":"a","type":"string","categories":[{"value":"1","label":"x"}]},
      {"name":"b","type":"datetime","format":"default"}]}}]}\0x,2026-01-02T03:04:05Z
      """,
    ]
  }

  private static func spssFiles() throws -> [Data] {
    typealias Column = DescribedTable.Column
    let columns = [
      Column("person-id", .text, label: "Person's number"),
      Column("sex", .code, label: "Sex", codes: [.init("F", label: "Female"), .init("M", label: "Male")]),
      Column("born", .date, label: "Born on"), Column("hours", .number, label: "Hours"),
      Column("remark", .text, label: "A longer text"),
    ]
    let rows: [[Value]] = [
      [
        .text("P1"), .text("F"), .date(CalendarDate(daysSinceEpoch: 7000)), .number(12.5),
        .text(String(repeating: "é", count: 200)),
      ],
      [.text("P2"), .text("M"), .missing, .missing, .missing],
      [.text("P3"), .missing, .missing, .number(-1), .text("x")],
    ]
    let kinds: [ColumnBuilder.Kind] = [.texts, .categories, .dates, .numbers, .texts]
    let filled = columns.indices.map { column in
      var builder = ColumnBuilder(kinds[column])
      for row in rows { builder.append(row[column]) }
      return builder.finish()
    }
    let table = Table(names: columns.map(\.name), columns: filled)
    let described = DescribedTable(name: "people", title: "People", columns: columns, table: table)
    return [try SpssWriter(described).data(), try SpssWriter(described, isPacked: true).data()]
  }
}
