import Dispatch
import Foundation
import Synchronization

/// Where a record of a text file stands.
public struct RecordPlace: Hashable, Sendable {
  /// The bytes before it.
  public let offset: Int
  /// 1 for the first of the file, blank ones counted.
  public let record: Int
  /// The line on which it starts.
  public let line: Int
}

/// Takes blocks of records, those of one piece of a file after the other.
public protocol RecordBlockReader {
  /// What is kept of a piece.
  associatedtype Piece: Sendable
  /// Before the first block of a piece.
  mutating func begin()
  mutating func take(_ block: RecordBlock)
  /// After the last block of a piece.
  mutating func finish() -> Piece
}

/// A large CSV file in UTF-8 that is read in pieces, by several threads, without keeping its cells.
///
/// A piece ends where a record does. Where a piece begins is guessed from a line feed and is checked by the piece before
/// it; a piece that was guessed wrongly, inside a quoted cell, is read again. The outcome never depends on the number of
/// threads.
public final class DelimitedText: Sendable {
  /// One piece of the file.
  public struct Piece<Content: Sendable>: Sendable {
    public let content: Content
    /// The records before it, and the lines.
    public internal(set) var firstRecord: Int
    public internal(set) var firstLine: Int
    public let recordCount: Int
    /// Where it starts in the file, and where each of its records starts from there.
    public let start: Int
    public let starts: [UInt32]
    let end: Int
    let extraLines: [(record: Int, lines: Int)]
    let isWide: Bool

    /// Where a record of the piece stands, by its place in it.
    public func place(of record: Int) -> RecordPlace {
      var lines = 0
      for extra in extraLines where extra.record < record { lines += extra.lines }
      return RecordPlace(
        offset: start + Int(starts[record]), record: firstRecord + record + 1, line: firstLine + record + lines + 1)
    }
  }

  public let file: MappedFile
  public let headers: [RawHeader]
  public var byteCount: Int { file.bytes.count }
  let limits: ReadingLimits
  let delimiter: UInt8
  private var text: UnsafeBufferPointer<UInt8> { file.bytes.assumingMemoryBound(to: UInt8.self) }
  private let textStart: Int
  /// Where the first record below the headers stands.
  private let firstRow: RecordPlace

  /// - Returns: nil for a file that has to be read plainly: of another encoding, of one column, with columns that have
  ///   no name, or that is no text at all.
  public init?(_ file: MappedFile, limits: ReadingLimits) {
    self.file = file
    self.limits = limits
    guard case .text = ContentSignature(of: file.bytes) else { return nil }
    let name = file.name.lowercased()
    guard [".csv", ".tsv", ".txt"].contains(where: { name.hasSuffix($0) }) else { return nil }
    let text = file.bytes.assumingMemoryBound(to: UInt8.self)
    // The beginning says what the text is; each piece says later whether the rest agrees.
    let sample = text[0..<min(text.count, 65_536)]
    guard let end = sample.lastIndex(of: 0x0A),
      !sample.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }),
      let decoded = try? DecodedText(UnsafeRawBufferPointer(rebasing: file.bytes[0...end]), file: file.name),
      decoded.converted == nil, DelimitedReader.delimiterLine(text, from: decoded.start) == nil
    else { return nil }
    textStart = decoded.start
    let recognition = DelimiterRecognition(text, from: decoded.start)
    delimiter = recognition.delimiter
    guard delimiter != 0 else { return nil }
    var scanner = RecordScanner(text, from: decoded.start, delimiter: delimiter)
    while scanner.record < recognition.headerRecord { guard case .record = scanner.next() else { return nil } }
    headers = scanner.fields.enumerated().map { RawHeader(name: scanner.text(of: $1), column: $0) }
    guard headers.count > 1, headers.count <= limits.columns,
      headers.allSatisfy({ !HeaderSearch.trimmed($0.name).isEmpty })
    else { return nil }
    firstRow = RecordPlace(
      offset: scanner.position, record: scanner.record + 1, line: scanner.line + scanner.linesRead)
  }

  /// Reads all records below the headers.
  ///
  /// - Parameters:
  ///   - releases: whether the memory of a piece is let go when it was read.
  ///   - makeReader: makes a reader for a thread.
  /// - Returns: the pieces in their order; nil when the text has to be read plainly.
  public func read<Reader: RecordBlockReader>(
    threads: Int = ProcessInfo.processInfo.activeProcessorCount, pieceLength: Int = 4 << 20, releases: Bool = true,
    _ makeReader: @Sendable () -> Reader
  ) -> [Piece<Reader.Piece>]? {
    var guesses = [firstRow.offset]
    while true {
      let cut = guesses.last! + pieceLength
      guard cut < text.count, let feed = text[cut...].firstIndex(of: 0x0A), feed + 1 < text.count else { break }
      guesses.append(feed + 1)
    }
    let starts = guesses
    let found = Mutex([Piece<Reader.Piece>?](repeating: nil, count: starts.count))
    let next = Atomic<Int>(0)
    let workers = max(1, min(threads, starts.count))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      var reader = makeReader()
      let block = RecordBlock(width: headers.count, base: text.baseAddress!)
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < starts.count else { return }
        let limit = index + 1 < starts.count ? starts[index + 1] : text.count
        let piece = piece(from: starts[index], to: limit, &reader, block)
        found.withLock { $0[index] = piece }
        if releases, index > 0 { file.release(starts[index]..<limit) }
      }
    }
    return joined(found.withLock { $0 }, starts, makeReader)
  }

  /// Puts the pieces one behind the other, and reads those again that began inside a cell.
  private func joined<Reader: RecordBlockReader>(
    _ found: [Piece<Reader.Piece>?], _ starts: [Int], _ makeReader: () -> Reader
  ) -> [Piece<Reader.Piece>]? {
    var pieces: [Piece<Reader.Piece>] = []
    var place = firstRow.offset
    var records = firstRow.record - 1
    var lines = firstRow.line - 1
    var spare: (reader: Reader, block: RecordBlock)?
    for index in starts.indices {
      let limit = index + 1 < starts.count ? starts[index + 1] : text.count
      // All of it belonged to a record of the piece before.
      if place >= limit { continue }
      var piece = place == starts[index] ? found[index] : nil
      if piece == nil {
        if spare == nil { spare = (makeReader(), RecordBlock(width: headers.count, base: text.baseAddress!)) }
        piece = self.piece(from: place, to: limit, &spare!.reader, spare!.block)
      }
      guard var piece else { return nil }
      if piece.isWide,
        UTF8Check(UnsafeRawBufferPointer(rebasing: file.bytes[piece.start..<piece.end]), from: 0)
          .firstInvalid != nil
      {
        return nil
      }
      piece.firstRecord = records
      piece.firstLine = lines
      records += piece.recordCount
      lines += piece.recordCount + piece.extraLines.reduce(0) { $0 + $1.lines }
      place = piece.end
      pieces.append(piece)
    }
    return pieces
  }

  private func piece<Reader: RecordBlockReader>(
    from start: Int, to limit: Int, _ reader: inout Reader, _ block: RecordBlock
  ) -> Piece<Reader.Piece>? {
    var cutter = RecordCutter(text, from: start, delimiter: delimiter)
    var places: [UInt32] = []
    var extraLines: [(record: Int, lines: Int)] = []
    reader.begin()
    while cutter.position < limit {
      do {
        try cutter.fill(block, base: start, until: limit)
      } catch {
        return nil
      }
      for extra in block.extraLines { extraLines.append((places.count + extra.record, extra.lines)) }
      places.append(contentsOf: UnsafeBufferPointer(start: block.starts, count: block.count))
      reader.take(block)
    }
    return Piece(
      content: reader.finish(), firstRecord: 0, firstLine: 0, recordCount: places.count, start: start, starts: places,
      end: cutter.position, extraLines: extraLines, isWide: cutter.isWide)
  }

  /// Reads the records at some places as a sheet, exactly as they stand in the sheet of the whole file.
  public func sheet(of places: [RecordPlace]) throws(TableFileError) -> RawSheet {
    try DelimitedReader.read(file.bytes, textFrom: textStart, file: file.name, limits: limits, only: places)
  }
}
