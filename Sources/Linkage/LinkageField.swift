import Primitives

/// What is compared of two records, and how.
public struct LinkageField: Hashable, Codable, Sendable {
  /// How two values of a field are compared. Each way has levels of agreement, counted from 0, which is “different”.
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// Different · somewhat alike (Jaro–Winkler 0.80, or 0.85 of the keys) · alike (0.92, one character off, or 0.95 of
    /// the keys) · one is part of the other · same but for the spelling, that is of one key · same.
    case name
    /// Different · two of day, month and year agree · same year, one of both on 1 January · one digit differs or two
    /// neighbours are exchanged · day and month exchanged · same.
    case date
    /// Different · one digit differs or two neighbours are exchanged · one year apart · same.
    case year
    /// Different · same.
    case code
    /// A number of one person: different · one character differs, or two neighbours are exchanged · same.
    case identifier

    /// How many levels there are.
    public var levelCount: Int { levelNames.count }

    /// The level of values that are the same.
    var sameLevel: UInt8 { UInt8(levelCount - 1) }

    /// The level of names that are the same but for the spelling.
    static let spellingLevel: UInt8 = 4
    /// From this level on names are taken to be one name.
    static let alikeLevel: UInt8 = 2

    /// What each level is called.
    public var levelNames: [LocalizedText] {
      let different = LocalizedText("different", nl: "anders")
      let same = LocalizedText("same", nl: "gelijk")
      let digit = LocalizedText("one character off", nl: "één teken anders")
      return switch self {
      case .name:
        [
          different, LocalizedText("somewhat alike", nl: "lijkt wat"), LocalizedText("alike", nl: "lijkt erop"),
          LocalizedText("part of the other", nl: "deel van de andere"),
          LocalizedText("other spelling", nl: "andere spelling"), same,
        ]
      case .date:
        [
          different, LocalizedText("two parts the same", nl: "twee delen gelijk"),
          LocalizedText("year the same, day not known", nl: "jaar gelijk, dag onbekend"), digit,
          LocalizedText("day and month exchanged", nl: "dag en maand verwisseld"), same,
        ]
      case .year: [different, digit, LocalizedText("one year apart", nl: "één jaar verschil"), same]
      case .code: [different, same]
      case .identifier: [different, digit, same]
      }
    }

    /// How often the levels occur among records of one person before any were seen: what the fit starts from.
    var expected: [Double] {
      switch self {
      case .name: [0.02, 0.03, 0.06, 0.05, 0.14, 0.70]
      case .date: [0.02, 0.03, 0.04, 0.05, 0.04, 0.82]
      case .year: [0.03, 0.03, 0.04, 0.90]
      case .code: [0.04, 0.96]
      case .identifier: [0.02, 0.05, 0.93]
      }
    }
  }

  public let name: String
  public let kind: Kind

  public init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// The records to be linked: one column for each field, nil where nothing is known.
public struct LinkageRecords: Sendable {
  public let fields: [LinkageField]
  public let columns: [[Value]]
  public let count: Int

  /// One value of a record.
  public enum Value: Hashable, Sendable {
    case missing
    case text(String)
    case date(CalendarDate)
    case year(Int)
  }

  /// - Precondition: one column for each field, all of one length, with values that fit the kind: dates for dates,
  ///   years for years, texts for the rest.
  public init(fields: [LinkageField], columns: [[Value]]) {
    precondition(fields.count == columns.count, "one column for each field")
    precondition(Set(columns.map(\.count)).count <= 1, "columns of one length")
    self.fields = fields
    self.columns = columns
    count = columns.first?.count ?? 0
  }
}
