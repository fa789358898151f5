import Foundation
import Primitives

/// Reads the tables in a CSV file, an Excel workbook, a file of SPSS or a Data Package, each cell with its address.
///
/// The content decides what a file is, never its name. Nothing is guessed in silence: whatever had to be recognised,
/// skipped or changed is a ``ReadingNote`` on the sheet. Cells keep the type the file gives them: `NA`, `NO` and `5-11`
/// stay text.
///
/// - A CSV file gives one sheet. It may be UTF-8, UTF-16 with a byte order mark, or Windows-1252; its delimiter may be
///   a comma, semicolon, tab or bar; its lines may end in LF, CR LF or CR (RFC 4180 with these liberties).
/// - A workbook gives all its worksheets in the order of their tabs, empty and hidden ones included
///   (ECMA-376, transitional and strict).
/// - A file of SPSS gives one sheet; dates, missing values and labels are those that it declares.
/// - A zip with a `datapackage.json` (Data Package 1 and 2) gives a sheet for each table that it describes, read in the
///   form that it describes.
public struct TableFileReader: Sendable {
  public var limits: ReadingLimits
  /// The SHA-256 of bytes, in hexadecimal digits, with which the sums that a Data Package names are looked at.
  public var sha256: (@Sendable (Data) -> String)?

  public init(limits: ReadingLimits = ReadingLimits(), sha256: (@Sendable (Data) -> String)? = nil) {
    self.limits = limits
    self.sha256 = sha256
  }

  /// Reads a file.
  public func read(contentsOf url: URL) throws(TableFileError) -> [RawSheet] {
    let name = url.lastPathComponent
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw .notFound(file: name)
    }
    guard !isFolder.boolValue else { throw .unreadable(file: name) }
    if let size = (try? FileManager.default.attributesOfItem(atPath: url.path))?[.size] as? Int {
      guard size <= limits.fileBytes else { throw .tooLarge(file: name, bytes: size, limit: limits.fileBytes) }
    }
    let data: Data
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw .unreadable(file: name)
    }
    return try read(data, named: name)
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameter name: the file's name; only its last part is kept.
  public func read(_ data: Data, named name: String) throws(TableFileError) -> [RawSheet] {
    let file = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? name
    guard data.count <= limits.fileBytes else {
      throw .tooLarge(file: file, bytes: data.count, limit: limits.fileBytes)
    }
    let (limits, sha256) = (limits, sha256)
    let result: Result<[RawSheet], TableFileError> = data.withUnsafeBytes { bytes in
      do throws(TableFileError) {
        return .success(try Self.read(bytes, file: file, limits: limits, sha256: sha256))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static func read(
    _ bytes: UnsafeRawBufferPointer, file: String, limits: ReadingLimits, sha256: (@Sendable (Data) -> String)?
  ) throws(TableFileError) -> [RawSheet] {
    guard !bytes.isEmpty else { throw .empty(file: file) }
    var sheets: [RawSheet]
    let expected: Set<String>
    let found: String
    switch ContentSignature(of: bytes) {
    case .zip:
      if let tables = try PackageReader.read(bytes, file: file, limits: limits, sha256: sha256) {
        (sheets, expected, found) = (tables, ["zip"], "zip")
      } else {
        sheets = try WorkbookReader.read(bytes, file: file, limits: limits)
        (expected, found) = (["xlsx", "xlsm", "xltx", "xltm"], "xlsx")
      }
    case .encryptedWorkbook: throw .encrypted(file: file)
    case .oldExcel: throw .oldExcel(file: file)
    case .spss:
      sheets = [try SpssReader.read(bytes, file: file, limits: limits)]
      (expected, found) = (["sav", "zsav"], "sav")
    case .other(let type): throw .notATable(file: file, type: type)
    case .text:
      sheets = [try DelimitedReader.read(bytes, file: file, limits: limits)]
      (expected, found) = (["csv", "tsv", "txt", "tab", "dat"], "csv")
    }
    guard sheets.contains(where: { !$0.isEmpty }) else { throw .empty(file: file) }
    let parts = file.split(separator: ".")
    if parts.count > 1, let ending = parts.last?.lowercased(), !expected.contains(ending) {
      for index in sheets.indices {
        sheets[index].notes.insert(ReadingNote(.extensionMismatch, arguments: [ending, found]), at: 0)
      }
    }
    return sheets
  }
}
