import Primitives

/// One option of a method: its name, what it takes, and what it means in both languages.
public struct EstimationOption: Sendable {
  /// What an option takes.
  public enum Kind: Sendable {
    /// A column of numbers, or an expression of columns: `time`, `log(income)`, `status == 2`.
    case column
    /// A column whose values are groups: texts, or numbers that stand for groups.
    case category
    /// Names of columns, separated by commas.
    case columns
    /// `response ~ terms`.
    case formula
    /// The right side of a formula: `age + race + age:sex`.
    case terms
    case choice([EstimationChoice])
    case number(NumberLimits)
    case whole(ClosedRange<Int>)
    /// Given or not; takes no value.
    case flag
    /// Numbers, separated by commas.
    case numbers(NumberLimits)
    /// Texts, separated by commas.
    case texts
  }

  /// Without the two hyphens: `event`, `exact-on`.
  public let name: String
  public let kind: Kind
  public let help: LocalizedText
  /// As it would be typed; nil when the option may be left out without a value taking its place.
  public let standard: String?
  public let isRequired: Bool
  /// Whether rows with a missing value here are kept. Otherwise they are left out, and counted.
  public let keepsMissing: Bool

  public init(
    _ name: String, _ kind: Kind, _ help: String, nl dutch: String, standard: String? = nil, isRequired: Bool = false,
    keepsMissing: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.help = LocalizedText(help, nl: dutch)
    self.standard = standard
    self.isRequired = isRequired
    self.keepsMissing = keepsMissing
  }

  /// Whether its value names columns of the table.
  public var namesColumns: Bool {
    switch kind {
    case .column, .category, .columns, .formula, .terms: true
    default: false
    }
  }
}

/// One of the values that an option may have.
public struct EstimationChoice: Sendable {
  public let name: String
  public let help: LocalizedText

  public init(_ name: String, _ help: String, nl dutch: String) {
    self.name = name
    self.help = LocalizedText(help, nl: dutch)
  }
}

/// What numbers an option accepts.
public enum NumberLimits: String, Sendable {
  case any
  /// Zero or more.
  case zeroOrMore
  /// More than zero.
  case positive
  /// Strictly between 0 and 1.
  case probability

  func accept(_ number: Double) -> Bool {
    guard number.isFinite else { return false }
    return switch self {
    case .any: true
    case .zeroOrMore: number >= 0
    case .positive: number > 0
    case .probability: number > 0 && number < 1
    }
  }
}

/// Options that many methods have, so that they have one name and one meaning.
extension EstimationOption {
  public static let level = EstimationOption(
    "level", .number(.probability), "Level of the intervals.", nl: "Niveau van de intervallen.", standard: "0.95")
  public static let weights = EstimationOption(
    "weights", .column, "How much each row counts, zero or more.", nl: "Hoe zwaar elke rij telt, nul of meer.")
  public static let cluster = EstimationOption(
    "cluster", .category, "Rows that belong together: a person, a household, a municipality.",
    nl: "Rijen die bij elkaar horen: een persoon, een huishouden, een gemeente.")
  public static let estimates = EstimationOption(
    "estimate", .column, "The estimates.", nl: "De schattingen.", isRequired: true)
  public static let seed = EstimationOption(
    "seed", .whole(0...Int.max), "Seed of the random numbers: the same seed gives the same answer.",
    nl: "Startgetal van de toevalsgetallen: hetzelfde getal geeft hetzelfde antwoord.", standard: "2016")
}
