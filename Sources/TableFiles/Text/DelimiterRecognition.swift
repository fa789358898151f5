/// The delimiter of a CSV file and the record that holds its headers.
struct DelimiterRecognition {
  /// 0 when there is one column.
  var delimiter: UInt8
  var headerRecord: Int
  /// Records above the headers that hold a title.
  var titleRecords: [Int]
  /// Another delimiter that fits as well.
  var rival: UInt8?

  static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  static func name(of delimiter: UInt8) -> String {
    switch delimiter {
    case 0x2C: "comma"
    case 0x3B: "semicolon"
    case 0x09: "tab"
    case 0x7C: "bar"
    default: "none"
    }
  }

  /// What the first records look like when cut at one delimiter.
  private struct Trial {
    var delimiter: UInt8
    var fieldCounts: [Int] = []
    var records: [Int] = []
    var rows: [HeaderSearch.Row] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, delimiter: UInt8) {
      self.delimiter = delimiter
      var scanner = RecordScanner(bytes, from: start, delimiter: delimiter)
      while fieldCounts.count < 200, scanner.position < start + (4 << 20), case .record = scanner.next() {
        let filled = scanner.fields.filter { !scanner.isBlank($0) }
        guard !filled.isEmpty else { continue }
        fieldCounts.append(scanner.fields.count)
        records.append(scanner.record)
        let numeric = filled.count { looksLikeNumber(scanner.text(of: $0).utf8) }
        rows.append(HeaderSearch.Row(filled: filled.count, numeric: numeric))
      }
    }

    var headerPosition: Int { HeaderSearch.headerPosition(in: Array(rows.prefix(HeaderSearch.sampleSize))) }

    /// The most frequent number of fields above 1, and the share of records that have it.
    var mode: (fields: Int, share: Double) {
      var counts: [Int: Int] = [:]
      for count in fieldCounts where count > 1 { counts[count, default: 0] += 1 }
      guard let best = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return (0, 0) }
      return (best.key, Double(best.value) / Double(fieldCounts.count))
    }
  }

  /// Finds the delimiter that cuts most of the first 200 records into the same number of fields, at least two.
  ///
  /// The first record must be cut too, unless it is a title above three columns or more; with a comma and two columns
  /// it could as well be a list of sentences or of decimal numbers. Where no delimiter cuts half of the records alike,
  /// the one that gives the first record most fields is taken: the rows will be ragged, and each of them is noted.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    let trials = Self.candidates.map { Trial(bytes, from: start, delimiter: $0) }
    // A file of delimiters and blanks only: there is nothing to recognise.
    if let blank = trials.first(where: \.rows.isEmpty) {
      self.init(blank)
      return
    }
    let fits = trials.compactMap { trial -> (trial: Trial, fields: Int, share: Double)? in
      let (fields, share) = trial.mode
      guard share >= 0.5, let first = trial.fieldCounts.first else { return nil }
      guard first > 1 || (trial.headerPosition > 0 && (fields > 2 || trial.delimiter != 0x2C)) else { return nil }
      return (trial, fields, share)
    }
    .sorted { ($0.share, $0.fields) > ($1.share, $1.fields) }
    if let best = fits.first {
      self.init(best.trial)
      if fits.count > 1, fits[1].share == best.share, fits[1].fields == best.fields { rival = fits[1].trial.delimiter }
      return
    }
    let ragged = trials.filter { ($0.fieldCounts.first ?? 0) > 1 }
      .max { ($0.fieldCounts.first ?? 0) < ($1.fieldCounts.first ?? 0) }
    self.init(ragged ?? Trial(bytes, from: start, delimiter: 0))
  }

  /// For a delimiter that the file itself names.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, delimiter: UInt8) {
    self.init(Trial(bytes, from: start, delimiter: delimiter))
  }

  private init(_ trial: Trial) {
    delimiter = trial.delimiter
    let position = trial.headerPosition
    headerRecord = position < trial.records.count ? trial.records[position] : 0
    titleRecords = Array(trial.records.prefix(position))
  }
}
