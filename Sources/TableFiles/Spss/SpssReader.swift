import CReadStat
import Foundation
import Primitives

/// Reads a file of SPSS (`.sav`, `.zsav`) into a sheet, with ReadStat.
///
/// Variables are columns; the number of a row is that of the case, as SPSS shows it. Codes are read, not their labels,
/// which stand in ``RawHeader/codeLabels``. What the file declares missing is empty, and is said. Dates of all formats of
/// SPSS are dates: it counts seconds since 14 October 1582.
struct SpssReader {
  static func read(
    _ bytes: UnsafeRawBufferPointer, file: String, limits: ReadingLimits
  ) throws(TableFileError) -> RawSheet {
    guard let parser = readstat_parser_init() else {
      throw .damaged(file: file, part: nil, line: nil, damage: .corruptData)
    }
    defer { readstat_parser_free(parser) }
    let source = SpssSource(bytes)
    let collector = SpssCollector(file: file, limits: limits)
    source.connect(to: parser)
    collector.connect(to: parser)
    let status = withExtendedLifetime(source) {
      readstat_parse_sav(parser, file, Unmanaged.passUnretained(collector).toOpaque())
    }
    if let failure = collector.failure { throw failure }
    switch status {
    case READSTAT_OK: return collector.sheet
    case READSTAT_ERROR_UNSUPPORTED_CHARSET:
      throw .unsupportedEncoding(file: file, encoding: collector.encoding ?? "?")
    case READSTAT_ERROR_UNSUPPORTED_COMPRESSION, READSTAT_ERROR_UNSUPPORTED_FILE_FORMAT_VERSION:
      throw .damaged(file: file, part: nil, line: nil, damage: .unknownCompression)
    case READSTAT_ERROR_READ, READSTAT_ERROR_SEEK, READSTAT_ERROR_ROW_COUNT_MISMATCH:
      throw .damaged(file: file, part: nil, line: nil, damage: .truncated)
    default: throw .damaged(file: file, part: nil, line: nil, damage: .corruptData)
    }
  }
}

/// The bytes of a file as ReadStat reads them: in pieces, from where it left off.
private final class SpssSource {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private static func at(_ pointer: UnsafeMutableRawPointer?) -> SpssSource? {
    pointer.map { Unmanaged<SpssSource>.fromOpaque($0).takeUnretainedValue() }
  }

  func connect(to parser: UnsafeMutablePointer<readstat_parser_t>) {
    _ = readstat_set_io_ctx(parser, Unmanaged.passUnretained(self).toOpaque())
    _ = readstat_set_open_handler(parser) { _, _ in 0 }
    _ = readstat_set_close_handler(parser) { _ in 0 }
    _ = readstat_set_update_handler(parser) { _, _, _, _ in READSTAT_OK }
    _ = readstat_set_seek_handler(parser) { offset, whence, context in
      guard let source = SpssSource.at(context) else { return -1 }
      let start: Int
      switch whence {
      case READSTAT_SEEK_SET: start = 0
      case READSTAT_SEEK_CUR: start = source.position
      default: start = source.bytes.count
      }
      let (target, overflow) = start.addingReportingOverflow(Int(offset))
      guard !overflow, (0...source.bytes.count).contains(target) else { return -1 }
      source.position = target
      return readstat_off_t(target)
    }
    _ = readstat_set_read_handler(parser) { buffer, count, context in
      guard let source = SpssSource.at(context), let buffer else { return -1 }
      let length = min(count, source.bytes.count - source.position)
      guard length > 0, let base = source.bytes.baseAddress else { return 0 }
      buffer.copyMemory(from: base + source.position, byteCount: length)
      source.position += length
      return length
    }
  }
}
