import Foundation
import Primitives
import Reports
import Submissions
import TableFiles

/// Files about one return, for its sender: each is written when it is named.
public struct ReturnedFiles: Sendable {
  /// The folder for the annotated workbooks, one for each file of the return.
  public var annotatedFolder: String?
  /// The rows that are held: a workbook, or a CSV file when its name ends in `.csv`.
  public var heldRows: String?
  /// The page.
  public var page: String?
  /// Every finding, as CSV.
  public var findings: String?
  /// A short text to send by mail: counts and names of files, and nothing of anybody.
  public var message: String?

  public init(
    annotatedFolder: String? = nil, heldRows: String? = nil, page: String? = nil, findings: String? = nil,
    message: String? = nil
  ) {
    self.message = message
    self.annotatedFolder = annotatedFolder
    self.heldRows = heldRows
    self.page = page
    self.findings = findings
  }

  public var isEmpty: Bool {
    annotatedFolder == nil && heldRows == nil && page == nil && findings == nil && message == nil
  }

  /// The options of the command that ask for a file.
  var options: [String] {
    [
      annotatedFolder.map { _ in "--annotate" }, heldRows.map { _ in "--held" }, page.map { _ in "--html" },
      findings.map { _ in "--csv" }, message.map { _ in "--message" },
    ].compactMap(\.self)
  }
}

/// A file that was written about a return.
public struct WrittenFile: Hashable, Codable, Sendable {
  public enum Kind: String, Codable, Sendable {
    case annotated, held, findings, page, message
  }

  public let kind: Kind
  public let path: String
  /// Of an annotated workbook: the findings about the file, and how many of them its sheet of findings names.
  public var findings: Int?
  public var findingsNamed: Int?

  public init(kind: Kind, path: String, findings: Int? = nil, findingsNamed: Int? = nil) {
    self.kind = kind
    self.path = path
    self.findings = findings
    self.findingsNamed = findingsNamed
  }
}

/// Writes the files about one return.
struct ReturnedFileWriter {
  let request: ReturnedFiles
  let review: Review
  let result: CheckResult
  let files: [ProviderReturn.File]
  /// As they were read.
  let sheets: [RawSheet]
  /// Where the files of the return lie: they are never written over.
  let sources: [URL]
  var changes: ReturnPage.Changes?
  /// What can be decided about it.
  var steps: [String] = []

  private var language: Language { result.language }

  /// - Parameter aside: told what was not written as asked, and why.
  /// - Returns: what was written, the page last.
  func write(aside: (LocalizedText) -> Void) throws(WorkspaceError) -> [WrittenFile] {
    for path in [request.heldRows, request.page, request.findings, request.message].compactMap(\.self)
    where isSource(path) {
      throw .wouldOverwriteReturn(path: path)
    }
    var written: [WrittenFile] = []
    if let folder = request.annotatedFolder { written += try writeAnnotated(in: folder, aside) }
    if let path = request.heldRows { written += try writeHeldRows(path, aside) }
    if let path = request.findings {
      try write(review.findingText(language), path)
      written.append(WrittenFile(kind: .findings, path: path))
    }
    if let path = request.page {
      let page = result.page(written.map { link($0, from: path) }, changes: changes, steps: steps)
      try write(Data(page.html.utf8), path)
      written.append(WrittenFile(kind: .page, path: path))
    }
    if let path = request.message {
      try write(Data(result.mailText(written).utf8), path)
      written.append(WrittenFile(kind: .message, path: path))
    }
    return written
  }

  // MARK: Annotated workbooks

  private func writeAnnotated(
    in folder: String, _ aside: (LocalizedText) -> Void
  ) throws(WorkspaceError) -> [WrittenFile] {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .notWritable(folder)
    }
    var written: [WrittenFile] = []
    for file in files where sheets.contains(where: { $0.file == file.name }) {
      let annotated: AnnotatedFile
      do throws(TableFileError) {
        annotated = try review.annotated(
          file.content, named: file.name, sheets: sheets, verdict: lines, language: language)
      } catch {
        throw .unreadable(error)
      }
      let path = freePath(in: folder, for: file.name, besides: written)
      try write(annotated.workbook, path)
      written.append(
        WrittenFile(
          kind: .annotated, path: path, findings: annotated.findings, findingsNamed: annotated.findingsNamed))
      if annotated.findingsNamed < annotated.findings {
        func words(_ language: Language) -> (String, String) {
          (language.number(annotated.findingsNamed), language.number(annotated.findings))
        }
        let (english, dutch) = (words(.english), words(.dutch))
        aside(
          LocalizedText(
            "\(path): its sheet of findings names \(english.0) of the \(english.1) findings, the gravest first, for a sheet has no more rows; all cells are coloured, and `--csv` writes every finding.",
            nl:
              "\(path): het blad met bevindingen noemt \(dutch.0) van de \(dutch.1) bevindingen, de ernstigste eerst, want meer rijen heeft een blad niet; alle cellen hebben een kleur, en `--csv` schrijft elke bevinding."
          ))
      }
      if annotated.isRewritten {
        aside(
          LocalizedText(
            "“\(file.name)” is in a form that cannot be added to, so \(path) has its values without its formulas and formats.",
            nl:
              "“\(file.name)” heeft een vorm waaraan niets kan worden toegevoegd; \(path) heeft daarom de waarden zonder formules en opmaak."
          ))
      }
      if annotated.cellsWithoutNote > 0 {
        let count = annotated.cellsWithoutNote
        aside(
          LocalizedText(
            "\(path): \(Language.english.number(count)) coloured cells have no note, for a spreadsheet opens slowly with more; the sheet of findings names them all.",
            nl:
              "\(path): \(Language.dutch.number(count)) gekleurde cellen hebben geen notitie, want met meer opent een rekenblad traag; het blad met bevindingen noemt ze alle."
          ))
      }
    }
    return written
  }

  /// What stands above the findings.
  private var lines: [String] {
    [
      result.verdictSentences.joined(separator: " "),
      result.pick(
        "Mend the coloured cells where they are and send this workbook back as it is: this sheet and the columns that start with __ are not read.",
        "Verbeter de gekleurde cellen waar ze staan en stuur deze werkmap zo terug: dit blad en de kolommen die met __ beginnen, worden niet gelezen."
      ),
    ]
  }

  /// `return-checked.xlsx`; with a number behind it where that is taken by another, or is a file of the return.
  private func freePath(in folder: String, for name: String, besides written: [WrittenFile]) -> String {
    var stem = name
    var ending = "xlsx"
    if let point = name.lastIndex(of: "."), point != name.startIndex {
      stem = String(name[..<point])
      if name[point...].lowercased() == ".xlsm" { ending = "xlsm" }
    }
    if !stem.hasSuffix("-checked") { stem += "-checked" }
    var number = 1
    while true {
      let path = "\(folder)/\(stem)\(number == 1 ? "" : "-\(number)").\(ending)"
      if !isSource(path), !written.contains(where: { $0.path == path }) { return path }
      number += 1
    }
  }

  // MARK: Held rows

  private func writeHeldRows(
    _ path: String, _ aside: (LocalizedText) -> Void
  ) throws(WorkspaceError) -> [WrittenFile] {
    let held = review.heldRowSheets(language)
    guard !held.isEmpty else {
      aside(
        LocalizedText(
          "No row is held, so \(path) was not written.", nl: "Er wacht geen rij, dus \(path) is niet geschreven."))
      return []
    }
    if path.lowercased().hasSuffix(".csv") {
      guard let text = review.heldRowText(language) else {
        throw .heldRowsOfSeveralSheets(path: path, sheets: held.map(\.name))
      }
      try write(text, path)
    } else {
      let workbook: Data
      do throws(TableFileError) {
        workbook = try WorkbookWriter(sheets: held).data()
      } catch {
        throw .unreadable(error)
      }
      try write(workbook, path)
    }
    return [WrittenFile(kind: .held, path: path)]
  }

  // MARK: Files

  private func isSource(_ path: String) -> Bool {
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    return sources.contains { $0.resolvingSymlinksInPath().standardizedFileURL.path == real }
  }

  private func write(_ content: Data, _ path: String) throws(WorkspaceError) {
    do {
      try content.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .notWritable(path)
    }
  }

  private func link(_ file: WrittenFile, from page: String) -> ReturnPage.File {
    let folder = URL(fileURLWithPath: page).standardizedFileURL.deletingLastPathComponent().path
    let path = URL(fileURLWithPath: file.path).standardizedFileURL.path
    let root = folder.hasSuffix("/") ? folder : folder + "/"
    let address =
      path.hasPrefix(root)
      ? String(path.dropFirst(root.count)).addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) : nil
    let label =
      switch file.kind {
      case .annotated:
        result.pick("Your workbook with every finding at its cell", "Uw werkmap met elke bevinding bij haar cel")
      case .held:
        result.pick(
          "Only the held rows, to mend and send back",
          "Alleen de vastgehouden rijen, om te verbeteren en terug te sturen")
      case .findings: result.pick("All findings as a table", "Alle bevindingen als tabel")
      case .page: result.pick("This page", "Deze pagina")
      case .message: result.pick("A text to send by mail", "Een tekst om te mailen")
      }
    return ReturnPage.File(label: label, name: URL(fileURLWithPath: file.path).lastPathComponent, address: address)
  }
}
