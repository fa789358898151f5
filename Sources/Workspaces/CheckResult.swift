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
    /// Who confirmed it before, and why; null for one that was not.
    public var confirmation: DecisionItem? = nil
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
  public let summary: ReviewSummary
  public let sheets: [SheetReading]
  /// Grave ones first, then the most frequent.
  public let causes: [Cause]
  public let findings: [Item]

  /// - Parameters:
  ///   - otherModel: a model that these files do fit, when they do not fit this one.
  ///   - confirmed: what was confirmed before, by the places of the findings.
  public init(
    _ review: Review, language: Language, skipped: [String] = [], otherModel: String? = nil,
    confirmed: [Int: DecisionItem] = [:]
  ) {
    self.language = language
    self.skipped = skipped.map { $0.shown(atMost: 255) }
    hint = otherModel.map {
      LocalizedText(
        "These look like returns of the model “\($0)”. Try `--model \($0)`.",
        nl: "Dit lijken aanleveringen van het model “\($0)”. Probeer `--model \($0)`.")[language]
    }
    model = Model(id: review.model.id, version: review.model.version, fingerprint: review.model.fingerprint)
    confirmedBefore = confirmed.keys.reduce(0) { $0 + review.findings[$1].count }
    let isAllConfirmed = confirmedBefore == review.count(.confirm)
    verdict = review.verdict == .confirmationNeeded && isAllConfirmed ? .accepted : review.verdict
    counts = Dictionary(uniqueKeysWithValues: Severity.allCases.map { ($0.rawValue, review.count($0)) })
    summary = review.summary
    sheets = review.layouts
    let items = review.findings.enumerated().map { place, finding in
      var item = Item(finding, language)
      item.confirmation = confirmed[place]
      return item
    }
    findings = items
    var order: [String] = []
    var groups: [String: [Item]] = [:]
    for item in items {
      let id = [
        item.code.rawValue, item.severity.rawValue, "\(item.pending)", item.record ?? "", item.field ?? "",
        item.rule ?? "",
      ]
      .joined(separator: "\u{1}")
      if groups[id] == nil { order.append(id) }
      groups[id, default: []].append(item)
    }
    causes = order.map { id in
      let group = groups[id]!
      return Cause(
        code: group[0].code, severity: group[0].severity, pending: group[0].pending, record: group[0].record,
        field: group[0].field, rule: group[0].rule, count: group.reduce(0) { $0 + $1.count }, example: group[0])
    }.sorted { ($0.severity, $0.count) > ($1.severity, $1.count) }
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
      value: finding.value, count: finding.count, message: finding.message[language], fix: finding.fix?[language])
  }
}
