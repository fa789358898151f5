import DataModels
import Fingerprints
import Primitives
import Registers
import Submissions

/// What a check found, in one language, as it is printed and written as JSON.
public struct CheckResult: Encodable, Sendable {
  public struct Model: Encodable, Sendable {
    public let id: String
    public let version: String
    public let fingerprint: Fingerprint
  }

  /// One finding. Values of fields that identify, and keys, are never part of it; texts of the sender are as they may
  /// be shown (``Swift/String/shown(atMost:)``).
  public struct Item: Encodable, Sendable {
    public let code: FindingCode
    public let severity: Severity
    public let pending: Bool
    public let file: String
    public let sheet: String?
    public let row: Int?
    public let column: String?
    public let cell: String?
    public let header: String?
    public let record: String?
    public let field: String?
    public let rule: String?
    public let value: String?
    public let count: Int
    public let message: String
    public let fix: String?
    /// The result that does not count because of it; null when it costs nothing.
    public let cost: Cost?
    /// How much of the return it is about: a cell, a row, a column, a sheet, a file, or the whole return.
    public let scope: FindingPlace.Scope
    /// Who confirmed it before, and why; null for one that was not.
    public var confirmation: DecisionItem? = nil
    /// `new`, `seen` or `confirmed`; null where there is no earlier return to compare with.
    public var status: String? = nil
    /// The same in words, with when, by whom and why.
    public var statusText: String? = nil
  }

  /// A result that does not count while a finding stands.
  public struct Cost: Encodable, Sendable {
    public let outcome: String
    public let title: String
    /// `750.00 GBP`; null when the model names no price.
    public let price: String?
  }

  /// How many rows that show a result count, and how many do not.
  public struct Outcome: Encodable, Sendable {
    public let outcome: String
    public let title: String
    public let counted: Int
    public let notCounted: Int
    public let price: String?
    /// The price times the rows that do not count; null when the model names no price.
    public let amountNotCounted: String?
  }

  /// Findings with the same cause.
  public struct Cause: Encodable, Sendable {
    public let code: FindingCode
    public let severity: Severity
    public let pending: Bool
    public let record: String?
    public let field: String?
    public let rule: String?
    public let count: Int
    /// The column, when all of them are in one column of one sheet.
    public let column: String?
    /// How often it was found in the provider's return before; null when there is none to compare with.
    public let before: Int?
    /// Where the first one is.
    public let example: Item
  }

  public let schema = "meedoen-check/1"
  public let language: Language
  public let model: Model
  public let verdict: Review.Verdict
  /// What may be wrong with all of it at once, such as another model; null when nothing is.
  public let hint: String?
  /// Files in the checked folders that were not read, because they are no tables.
  public let skipped: [String]
  public let counts: [String: Int]
  /// How many of those to confirm were confirmed before, and are not asked about again.
  public let confirmedBefore: Int
  /// How many single findings the return before did not have; null where there is none to compare with.
  public let newFindings: Int?
  public let summary: ReviewSummary
  public let sheets: [SheetReading]
  /// Grave ones first, then the most frequent.
  public let causes: [Cause]
  public let findings: [Item]
  /// Checks that could not be made, and why.
  public let notChecked: [String]
  /// The results that count, in the order of the model; empty where it names none.
  public let outcomes: [Outcome]
  /// The month of the return that ``Cause/before`` speaks of.
  public let comparedWith: CalendarMonth?
  /// Causes of that return that this one has no more.
  public let solved: Int?
  /// The order of day and month that the sender said its dates have; null when nobody said.
  public var dates: DateOrder? = nil
  /// The files that were written about it.
  public var written: [WrittenFile] = []

  /// - Parameters:
  ///   - otherModel: a model that these files do fit, when they do not fit this one.
  ///   - earlier: what was found in the provider's return before.
  ///   - confirmed: what was confirmed before, by the places of the findings.
  ///   - isKnown: whether there was a register to compare with.
  public init(
    _ review: Review, language: Language, skipped: [String] = [], otherModel: String? = nil,
    earlier: EarlierFindings? = nil, confirmed: [Int: DecisionItem] = [:], isKnown: Bool = false
  ) {
    self.language = language
    self.skipped = skipped.map { $0.shown(atMost: 255) }
    hint = otherModel.map {
      LocalizedText(
        "These look like returns of the model “\($0)”. Try `--model \($0)`.",
        nl: "Dit lijken aanleveringen van het model “\($0)”. Probeer `--model \($0)`.")[language]
    }
    model = Model(id: review.model.id, version: review.model.version, fingerprint: review.model.fingerprint)
    newFindings = review.statuses.isEmpty ? nil : review.statuses.values.count { $0.name == "new" }
    confirmedBefore = confirmed.keys.reduce(0) { $0 + review.findings[$1].count }
    let isAllConfirmed = confirmedBefore == review.count(.confirm)
    verdict = review.verdict == .confirmationNeeded && isAllConfirmed ? .accepted : review.verdict
    counts = Dictionary(uniqueKeysWithValues: Severity.allCases.map { ($0.rawValue, review.count($0)) })
    notChecked = review.checksLeftOut(isKnown: isKnown).map { $0[language] }
    summary = review.summary
    sheets = review.layouts
    let items = review.findings.enumerated().map { place, finding in
      var item = Item(finding, language)
      item.confirmation = confirmed[place]
      item.status = review.statuses[place]?.name
      item.statusText = review.statuses[place]?.words[language]
      return item
    }
    findings = items
    var order: [[String]] = []
    // Places only: of a million findings no second copy is kept.
    var groups: [[Int32]] = []
    var numbers: [CauseKey: Int] = [:]
    for (place, item) in items.enumerated() {
      let key = CauseKey(item)
      if let number = numbers[key] {
        groups[number].append(Int32(place))
        continue
      }
      numbers[key] = groups.count
      groups.append([Int32(place)])
      order.append(
        [item.severity.rawValue, "\(item.pending)"]
          + EarlierFindings.cause(item.code, item.record, item.field, item.rule))
    }
    causes = zip(order, groups).map { id, group in
      let first = items[Int(group[0])]
      let isOneColumn =
        group.count > 1
        && group.allSatisfy {
          let item = items[Int($0)]
          return item.column == first.column && item.file == first.file && item.sheet == first.sheet
        }
      return Cause(
        code: first.code, severity: first.severity, pending: first.pending, record: first.record, field: first.field,
        rule: first.rule, count: group.reduce(0) { $0 + items[Int($1)].count },
        column: isOneColumn ? first.column : nil,
        before: earlier.map { $0.counts[Array(id.dropFirst(2))] ?? 0 }, example: first)
    }.sorted { ($0.severity, $0.count) > ($1.severity, $1.count) }
    let present = Set(order.map { Array($0.dropFirst(2)) })
    comparedWith = earlier?.period
    solved = earlier.map { $0.counts.keys.count { !present.contains($0) } }
    outcomes = review.outcomes.map { tally in
      Outcome(
        outcome: tally.outcome, title: tally.title[language], counted: tally.counted, notCounted: tally.notCounted,
        price: tally.price?.text,
        amountNotCounted: tally.price.map {
          Price(hundredths: $0.hundredths * tally.notCounted, currency: $0.currency).text
        })
    }
  }

  /// What makes two findings the same mistake.
  private struct CauseKey: Hashable {
    let code: FindingCode
    let severity: Severity
    let pending: Bool
    let record: String?
    let field: String?
    let rule: String?

    init(_ item: Item) {
      (code, severity, pending) = (item.code, item.severity, item.pending)
      (record, field, rule) = (item.record, item.field, item.rule)
    }
  }

  /// 1 when something is an error or worse, otherwise 0.
  public var exitCode: Int32 { verdict == .blocked || verdict == .partlyHeld ? 1 : 0 }
}

extension CheckResult.Item {
  init(_ finding: Finding, _ language: Language) {
    self.init(
      code: finding.code, severity: finding.severity, pending: finding.isPending,
      file: finding.place.file.shown(atMost: 255),
      sheet: finding.place.sheet?.shown(), row: finding.place.row, column: finding.place.column,
      cell: finding.place.cell,
      header: finding.place.header, record: finding.record, field: finding.field, rule: finding.rule,
      value: finding.value, count: finding.count, message: finding.message[language], fix: finding.fix?[language],
      cost: finding.cost.map {
        CheckResult.Cost(outcome: $0.outcome, title: $0.title[language], price: $0.price?.text)
      }, scope: finding.place.scope)
  }
}
