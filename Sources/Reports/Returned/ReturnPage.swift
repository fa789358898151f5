import Primitives

/// What a sender sees of a checked return, in the order in which it is asked: is it good, what changes, what are the
/// causes, which rows, and what can be done now.
///
/// Its texts are made where the check is; the page counts nothing.
public struct ReturnPage: Hashable, Sendable {
  /// How grave something is, as a sign, a word and a colour.
  public enum Gravity: String, Hashable, Sendable, CaseIterable {
    case setup, error, confirm, notice
  }

  /// Findings with one cause.
  public struct Cause: Hashable, Sendable {
    public var gravity: Gravity
    public var word: String
    public var code: String
    /// The record and field, or the file.
    public var place: String
    public var count: Int
    public var message: String
    public var example: String
    public var fix: String?
    /// Whether the return before had it; nil where there is none to compare with.
    public var news: String?

    public init(
      gravity: Gravity, word: String, code: String, place: String, count: Int, message: String, example: String,
      fix: String?, news: String? = nil
    ) {
      self.news = news
      self.gravity = gravity
      self.word = word
      self.code = code
      self.place = place
      self.count = count
      self.message = message
      self.example = example
      self.fix = fix
    }
  }

  /// One finding.
  public struct Item: Hashable, Sendable {
    public var gravity: Gravity
    public var word: String
    public var code: String
    public var place: String
    public var value: String?
    public var message: String
    public var fix: String?
    /// Whether it is new, was found before, or was confirmed, by whom and why; nil where there is nothing to compare with.
    public var status: String?
    /// What does not count because of it.
    public var cost: String?

    public init(
      gravity: Gravity, word: String, code: String, place: String, value: String?, message: String, fix: String?,
      status: String? = nil, cost: String? = nil
    ) {
      self.status = status
      self.cost = cost
      self.gravity = gravity
      self.word = word
      self.code = code
      self.place = place
      self.value = value
      self.message = message
      self.fix = fix
    }
  }

  /// A file that goes with the page.
  public struct File: Hashable, Sendable {
    public var label: String
    public var name: String
    /// Relative to the page; nil when it lies elsewhere.
    public var address: String?

    public init(label: String, name: String, address: String?) {
      self.label = label
      self.name = name
      self.address = address
    }
  }

  /// A label with its value.
  public struct Fact: Hashable, Sendable {
    public var label: String
    public var value: String

    public init(_ label: String, _ value: String) {
      self.label = label
      self.value = value
    }
  }

  /// What a return changes in the register.
  public struct Changes: Hashable, Sendable {
    public var facts: [Fact]
    /// People of the return before who are not in this one, as they may be named here.
    public var missing: [String]
    /// What studies tell without and with it.
    public var effects: [Effect]
    /// Whether ``missing`` holds numbers of people, so that the page is for their provider alone.
    public var namesPeople: Bool

    public init(facts: [Fact], missing: [String] = [], effects: [Effect] = [], namesPeople: Bool = false) {
      self.namesPeople = namesPeople
      self.facts = facts
      self.missing = missing
      self.effects = effects
    }
  }

  /// A result of a study without and with a return.
  public struct Effect: Hashable, Sendable {
    public var study: String
    public var sentence: String
    public var before: String
    public var after: String

    public init(study: String, sentence: String, before: String, after: String) {
      self.study = study
      self.sentence = sentence
      self.before = before
      self.after = after
    }
  }

  /// How many rows that show a result count, how many do not, and what those would have been paid.
  public struct Payment: Hashable, Sendable {
    public var title: String
    public var counted: Int
    public var notCounted: Int
    public var amount: String?

    public init(title: String, counted: Int, notCounted: Int, amount: String?) {
      self.title = title
      self.counted = counted
      self.notCounted = notCounted
      self.amount = amount
    }
  }

  /// How one sheet was read.
  public struct Sheet: Hashable, Sendable {
    public var name: String
    public var reading: String
    public var rows: Int

    public init(name: String, reading: String, rows: Int) {
      self.name = name
      self.reading = reading
      self.rows = rows
    }
  }

  public var language: Language
  /// What was checked, against what.
  public var kicker: String
  /// The first sentence of the verdict, and the others.
  public var verdict: String
  public var remarks: [String]
  public var facts: [Fact] = []
  /// What the return changes in the register; nil when there is none to ask.
  public var changes: Changes?
  public var payments: [Payment] = []
  public var causes: [Cause] = []
  /// The gravest first, at most ``listedAtMost``.
  public var items: [Item] = []
  /// All findings, those that are not listed too.
  public var itemCount = 0
  public var sheets: [Sheet] = []
  public var files: [File] = []
  /// What else can be done, as texts with code in backticks.
  public var steps: [String] = []
  /// Checks that could not be made, and why.
  public var notChecked: [String] = []

  /// The most findings on a page: with more it opens slowly, and nobody reads them there.
  public static let listedAtMost = 500
  /// The most missing people on a page.
  public static let missingAtMost = 100

  public init(language: Language, kicker: String, verdict: String, remarks: [String]) {
    self.language = language
    self.kicker = kicker
    self.verdict = verdict
    self.remarks = remarks
  }
}
