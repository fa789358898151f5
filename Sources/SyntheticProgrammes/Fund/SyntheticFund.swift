import Primitives

/// A made-up outcomes fund that four projects take part in, with returns in the form of the data model `rtof`.
///
/// People are enrolled month by month. Each project has a regular and an intensive variant of its support; the intensive
/// one is meant to bring people into work sooner, and each person has a path into work under both, so the true effect
/// is a count and not an estimate. Who gets the intensive variant depends on what the baseline records, so a comparison
/// of the groups as they are is biased. Equal settings give equal bytes.
public struct SyntheticFund: Codable, Hashable, Sendable {
  public var participants: Int
  public var seed: UInt64
  /// The first month of enrolment and of returns.
  public var from: CalendarMonth
  public var enrolmentUntil: CalendarMonth
  /// The last month that a return is about.
  public var until: CalendarMonth
  /// The share of participants who get the intensive variant.
  public var intensiveShare: Double
  /// The logarithm of the hazard ratio of entering work, intensive against regular, the same in every month.
  public var effect: Double
  /// The log odds of the intensive variant per standard deviation of motivation, which is not recorded.
  public var hiddenConfounding: Double
  /// The share of the rows of the returns that get an error.
  public var errorRate: Double
  /// The share of the errors that the sender corrects in the next return.
  public var correctionRate: Double

  public init(
    participants: Int = 1200, seed: UInt64 = 2022, from: CalendarMonth = CalendarMonth(year: 2022, month: 1)!,
    enrolmentUntil: CalendarMonth = CalendarMonth(year: 2023, month: 3)!,
    until: CalendarMonth = CalendarMonth(year: 2024, month: 3)!, intensiveShare: Double = 0.45, effect: Double = 0.4,
    hiddenConfounding: Double = 0, errorRate: Double = 0.01, correctionRate: Double = 0.9
  ) {
    self.participants = participants
    self.seed = seed
    self.from = from
    self.enrolmentUntil = enrolmentUntil
    self.until = until
    self.intensiveShare = intensiveShare
    self.effect = effect
    self.hiddenConfounding = hiddenConfounding
    self.errorRate = errorRate
    self.correctionRate = correctionRate
  }

  /// The months of work that are simulated for everybody, whether or not the fund still runs then.
  var simulatedMonths: Int { max(SyntheticFundTruth.months.max()! + 1, until.months(since: from) + 1) }
}

/// A project of the fund: where it works and how it sends its returns.
enum FundProvider: Int, CaseIterable, Sendable {
  case a, b, c, d

  /// How the files of a project are laid out.
  enum FileForm: Sendable {
    /// One CSV with a row for each person.
    case wideCSV
    /// A CSV for each record.
    case singleCSVs
    /// A workbook with a sheet for each record.
    case workbook
    /// A workbook with one sheet and a row for each person.
    case wideWorkbook
  }

  var letter: String { ["A", "B", "C", "D"][rawValue] }
  var id: String { "provider-\(letter.lowercased())" }
  var weight: Double { [0.35, 0.3, 0.15, 0.2][rawValue] }
  var form: FileForm { [.wideCSV, .singleCSVs, .workbook, .wideWorkbook][rawValue] }

  /// The name that the project writes in the provider fields: which variant of the support it is.
  func team(isIntensive: Bool) -> String { "\(id)-\(isIntensive ? "intensive" : "regular")" }

  var areas: [String] {
    switch self {
    case .a: ["Birmingham City Council", "Coventry City Council", "Sandwell Council", "Wolverhampton Council"]
    case .b:
      [
        "Bolton Council", "Bury Council", "Manchester City Council", "Oldham Council", "Rochdale Borough Council",
        "Salford City Council", "Stockport Metropolitan Borough Council", "Tameside Metropolitan Borough Council",
        "Trafford Council", "Wigan Council",
      ]
    case .c: ["Plymouth City Council"]
    case .d:
      [
        "Darlington Borough Council", "Gateshead Council", "Hartlepool Borough Council", "Middlesbrough Council",
        "Newcastle City Council", "North Tyneside Council", "Northumberland County Council",
        "Redcar and Cleveland Council", "South Tyneside Council", "Stockton Council", "Sunderland City Council",
      ]
    }
  }
}
