import Foundation
import TableFiles

/// What is fed: a reader of the product, and the way in which an input becomes a file.
enum Target: String, CaseIterable {
  /// The input is a CSV file, read cell by cell and into typed columns.
  case csv
  /// The input is the XML of a workbook's parts, one after the other with NUL between; the zip around them is sound.
  case workbook
  /// The input is a zip file: its directory, its headers, its packed parts.
  case archive
  /// The input is a `datapackage.json`, NUL, and the CSV file that it describes.
  case package
  /// The input is a file of SPSS.
  case spss

  static let chosen: Target = {
    let name = ProcessInfo.processInfo.environment["MEEDOEN_FUZZ"] ?? ""
    guard let target = Target(rawValue: name) else {
      let names = allCases.map(\.rawValue).joined(separator: ", ")
      fatalError("MEEDOEN_FUZZ names what is fed: \(names)")
    }
    return target
  }()

  func run(_ input: Data) {
    switch self {
    case .csv:
      read(input, named: "input.csv")
      readTyped(input)
    case .workbook:
      let workbook = ZipFixture(parts: Self.parts(of: input)).data
      read(workbook, named: "input.xlsx")
      annotate(workbook)
    case .archive:
      read(input, named: "input.xlsx")
      annotate(input)
    case .package:
      let pieces = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
      let table = pieces.count > 1 ? Data(pieces[1]) : Data("a,b\n1,2\n".utf8)
      do throws(TableFileError) {
        Self.check(try TableFileReader().read(package: Data(pieces[0]), files: ["a.csv": table]))
      } catch { Self.check(error) }
    case .spss:
      // Whatever does not begin so is read as something else.
      read(Data("$FL2".utf8) + input.dropFirst(4), named: "input.sav")
    }
  }

  private func read(_ file: Data, named name: String) {
    do throws(TableFileError) {
      Self.check(try TableFileReader().read(file, named: name))
    } catch { Self.check(error) }
  }

  private func readTyped(_ file: Data) {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("meedoen-fuzz-\(ProcessInfo.processInfo.processIdentifier).csv")
    guard (try? file.write(to: url)) != nil else { return }
    do throws(TableFileError) {
      for sheet in try TableFileReader().readTyped(contentsOf: url) {
        precondition(Set(sheet.table.names).count == sheet.table.names.count, "two columns have one name")
        var last = 0
        for row in 0..<sheet.table.rowCount {
          precondition(sheet.fileRow(of: row) > last, "the rows of the file are not ascending")
          last = sheet.fileRow(of: row)
        }
      }
    } catch { Self.check(error) }
  }

  private func annotate(_ workbook: Data) {
    guard let sheets = try? TableFileReader().read(workbook, named: "input.xlsx"), let first = sheets.first,
      let row = first.headerRow
    else { return }
    var sheet = WorkbookAnnotation.Sheet(name: first.sheet ?? "", headerRow: row)
    sheet.marks = [.init(CellAddress(column: 1, row: row + 1), .red, note: "A note")]
    sheet.choices = [.init(column: 1, rows: row + 1...row + 9, list: "codes", values: ["a", "b"])]
    let last = first.headers.last?.column ?? 0
    if last < 16_000 { sheet.columns = [.init(column: last + 1, header: "__finding_count", values: [row + 1: 1])] }
    let overview = WorkbookAnnotation.Overview(name: "Findings", lines: [], headers: ["Code"], widths: [9], rows: [])
    let annotation = WorkbookAnnotation(
      overview: overview, sheets: [sheet], author: "us", overviewMarker: "__o", listsMarker: "__l")
    guard let annotated = try? WorkbookAnnotator.annotate(workbook, named: "input.xlsx", with: annotation) else {
      return
    }
    read(annotated.workbook, named: "input.xlsx")
  }

  // MARK: What holds for whatever was read

  private static func check(_ sheets: [RawSheet]) {
    for sheet in sheets {
      let columns = sheet.headers.map(\.column)
      precondition(columns == columns.sorted() && Set(columns).count == columns.count, "columns from left to right")
      var last = sheet.headerRow ?? 0
      for row in sheet.rows {
        precondition(row.cells.count == sheet.headers.count, "one cell for each header")
        precondition(row.number > last, "the rows of the file are ascending")
        last = row.number
        precondition(row.cells.contains { !$0.isBlank } || !row.surplus.isEmpty, "a blank row is left out")
        for cell in row.cells { _ = cell.text }
      }
      for note in sheet.notes {
        precondition(note.rows == note.rows.sorted() && note.rows.allSatisfy { $0 > 0 }, "notes have their rows")
        _ = note.message
      }
    }
  }

  private static func check(_ error: TableFileError) {
    precondition(!error.code.isEmpty && !error.message.english.isEmpty)
  }
}
