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

    public init(
      gravity: Gravity, word: String, code: String, place: String, count: Int, message: String, example: String,
      fix: String?
    ) {
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

    public init(
      gravity: Gravity, word: String, code: String, place: String, value: String?, message: String, fix: String?
    ) {
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
  /// What the return changes in the register; empty when it was not asked.
  public var changes: [Fact] = []
  public var causes: [Cause] = []
  /// The gravest first, at most ``listedAtMost``.
  public var items: [Item] = []
  /// All findings, those that are not listed too.
  public var itemCount = 0
  public var sheets: [Sheet] = []
  public var files: [File] = []

  /// The most findings on a page: with more it opens slowly, and nobody reads them there.
  public static let listedAtMost = 500

  public init(language: Language, kicker: String, verdict: String, remarks: [String]) {
    self.language = language
    self.kicker = kicker
    self.verdict = verdict
    self.remarks = remarks
  }
}
